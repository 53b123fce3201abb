"""In the evening after a vaccination: the words of the visit in place of the general ones, and no danger sign lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.aftercare import AftercareOccasion, Watch, parse_aftercare_occasion
from domain.area import Facility
from domain.message import OutgoingMessage, Text
from domain.people import Caregiver, Child
from domain.sending.outbox import OutboxRow
from domain.vaccination.forecast import DoseForecast
from domain.visit_texts import ChildAtVisit, VisitStep, text_key
from domain.visits import Needs
from services.ports.visits import Vaccination
from services.turn import Work
from services.visits.find_needs import Place, needs_of_child, place_of, read_children
from services.visits.missed.past_sessions import as_of


async def with_own_advice(work: Work, row: OutboxRow, caregiver: Caregiver) -> OutgoingMessage:
    """The question as it was planned, or with the advice of the visit to which the doses of that day belong.

    What a special watch says (BCG, measles, drops only, the day after) stays as it is.
    """
    message, occasion = row.planned.message, parse_aftercare_occasion(row.planned.occasion)
    if occasion is None or occasion.watch is not Watch.EVENING or not work.programme.visit_texts.leaves_out:
        return message
    advice = await _own_advice(work, occasion, caregiver)
    if advice is None:
        return message
    return replace(message, body=Text(message.body.key, {**message.body.values, "advice": advice}))


async def _own_advice(work: Work, occasion: AftercareOccasion, caregiver: Caregiver) -> Text | None:
    hers = await work.uow.families.children_of(caregiver.id)
    children = [child for child in hers if child.id in occasion.children]
    facility = await work.uow.area.facility(children[0].facility) if children else None
    if facility is None:
        return None
    texts, country = work.programme.visit_texts, facility.commune.province.country
    visit = texts.find(country, await _as_they_came(work, facility, children, occasion.given_on))
    key = text_key(country, visit, VisitStep.AFTERCARE)
    left_out = texts.leaves_out.get(key, {}).get(occasion.advice)
    if left_out is None or not work.programme.may_join(key, caregiver.language):
        return None
    if not left_out:
        return Text(key)
    signs = tuple(Text("after.sign_line", {"sign": Text(f"after.choice.{sign}")}) for sign in left_out)
    return Text("after.and_signs", {"advice": Text(key), "signs": signs})


async def _as_they_came(work: Work, facility: Facility, children: Sequence[Child], on: date) -> list[ChildAtVisit]:
    """Each child with the doses as which it was given what it got on that day, and the check-ups that it had."""
    then = as_of(work, facility, on)
    place, records = await place_of(then, facility), await read_children(then, children, on)
    found = []
    for child in children:
        that_day = [dose for dose in records.given[child.id] if dose.date_known and dose.given_on == on]
        before = [dose for dose in records.given[child.id] if dose not in that_day]
        earlier = {item: day for item, day in records.done[child.id].items() if day != on}
        had = records.done[child.id].keys() - earlier.keys()
        untouched = replace(records, given={child.id: before}, done={child.id: earlier})
        needs = needs_of_child(then, place, child, untouched)
        of_that_day = Needs(_next_doses(place, needs, that_day), tuple(one for one in needs.care if one.key in had))
        found.append(ChildAtVisit(child.birth_date, on, of_that_day))
    return found


def _next_doses(place: Place, needs: Needs, given: Sequence[Vaccination]) -> tuple[DoseForecast, ...]:
    """Those that were next before what was given, of the same groups."""
    if place.forecaster is None:
        return ()
    groups_of = place.forecaster.schedule.groups_of
    groups = {group for dose in given for group in groups_of.get(dose.vaccine, ())}
    return tuple(dose for dose in needs.doses if dose.group in groups)
