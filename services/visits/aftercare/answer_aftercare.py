"""A family tells how the child is after a vaccination: answered at once, and told to whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.aftercare import (
    SPANS,
    Advice,
    Answer,
    Need,
    Watch,
    is_late,
    is_young,
    kept_answer,
    need_of,
)
from domain.area import Facility
from domain.identifiers import CaregiverId, ChildId
from domain.people import Caregiver, Child
from services.access import Refused, access_own
from services.ports.contacts import Colleague
from services.ports.reactions import Reaction
from services.turn import Turn
from services.visits.aftercare.alarm import Sign, raise_alarm
from services.visits.aftercare.duty import find_on_duty
from services.visits.aftercare.plan_aftercare import find_groups


class Follows(StrEnum):
    """What is said to it."""

    WELL = "well"
    WELL_AFTER_DANGER = "well_after_danger"
    FEVER = "fever"
    SIGNS = "signs"
    NOTED = "noted"
    GO_NOW = "go_now"
    LATE = "late"


@dataclass(frozen=True)
class Asked:
    """What a button says: whose it is, and about whose doses of which day."""

    caregiver: CaregiverId
    child: ChildId
    given_on: date
    watch: Watch


@dataclass(frozen=True)
class AftercareAnswered:
    """What follows. `advice` only where a clinician released its words; `told` is who was told of a danger
    sign, or who reads the rest in the morning."""

    asked: Asked
    children: tuple[Child, ...]
    facility: Facility
    follows: Follows
    young: bool
    advice: Advice | None = None
    told: Colleague | None = None


@dataclass(frozen=True)
class _Case:
    turn: Turn
    asked: Asked
    caregiver: Caregiver
    children: tuple[Child, ...]
    facility: Facility

    @property
    def today(self) -> date:
        return self.turn.moment.today(self.facility.zone)

    @property
    def young(self) -> bool:
        return any(is_young(child.birth_date, self.today) for child in self.children)


async def answer_aftercare(turn: Turn, asked: Asked, answer: Answer) -> AftercareAnswered:
    """Keep her word. The same tap again gives the same answer; a danger sign is heard however late it comes."""
    case = await _access(turn, asked)
    if need_of(answer, young=case.young) is Need.ALARM:
        sign = Sign(answer, asked.watch, asked.given_on)
        told = await raise_alarm(turn, case.caregiver, case.children, case.facility, sign=sign)
        return _answered(case, Follows.GO_NOW, told=told)
    if is_late(asked.watch, asked.given_on, case.today):
        return _answered(case, Follows.LATE)
    kept = await _keep(case, answer)
    if answer is Answer.WELL:
        return _answered(case, Follows.WELL_AFTER_DANGER if Need.ALARM in kept else Follows.WELL)
    if answer is Answer.FEVER:
        return _answered(case, Follows.FEVER, advice=Advice.FEVER)
    if answer is Answer.ELSE:
        return _answered(case, Follows.SIGNS)
    reads = await find_on_duty(turn.uow, case.facility, on_call=False)
    return _answered(case, Follows.NOTED, advice=_ADVICE.get(answer), told=reads.colleague if reads else None)


_ADVICE = {
    Answer.SORE: Advice.SORE,
    Answer.RASH: Advice.MEASLES,
    Answer.LUMP: Advice.BCG,
    Answer.BIG_SORE: Advice.BCG,
}


async def access_aftercare(turn: Turn, asked: Asked) -> AftercareAnswered:
    """The question once more, for one who wants to change her answer."""
    return _answered(await _access(turn, asked), Follows.SIGNS)


def _answered(
    case: _Case, follows: Follows, *, advice: Advice | None = None, told: Colleague | None = None
) -> AftercareAnswered:
    released = advice is not None and case.turn.programme.may_send(advice.key, case.caregiver.language)
    shown = advice if released else None
    return AftercareAnswered(case.asked, case.children, case.facility, follows, case.young, shown, told)


async def _access(turn: Turn, asked: Asked) -> _Case:
    """One who speaks from this chat, and a child of hers; with it those who share the question."""
    caregiver = access_own(turn.speaker, asked.caregiver)
    hers = {child.id: child for child in await turn.uow.families.children_of(caregiver.id)}
    facility = await turn.uow.area.facility(hers[asked.child].facility) if asked.child in hers else None
    if facility is None or asked.watch not in SPANS or asked.given_on > turn.moment.today(facility.zone):
        raise Refused("answer_aftercare", f"child:{asked.child}")

    def same(watch: Watch, given_on: date, _today: date) -> bool:
        return (watch, given_on) == (asked.watch, asked.given_on)

    groups = [one.occasion.children for one in await find_groups(turn, caregiver, same)]
    together: Sequence[ChildId] = next((one for one in groups if asked.child in one), (asked.child,))
    return _Case(turn, asked, caregiver, tuple(hers[child] for child in together), facility)


async def _keep(case: _Case, answer: Answer) -> frozenset[Need]:
    """Her word about each of the children; gives what it asks of the station now."""
    asked, reactions = case.asked, case.turn.uow.reactions
    told = await reactions.of_children([child.id for child in case.children], asked.given_on)
    hers = {one.child: one for one in told if (one.caregiver, one.watch) == (asked.caregiver, asked.watch)}
    words = [_word(case, child, answer, hers.get(child.id)) for child in case.children]
    await reactions.note(words)
    return frozenset(word.need for word in words)


def _word(case: _Case, child: Child, answer: Answer, earlier: Reaction | None) -> Reaction:
    asked = case.asked
    was_alarm = earlier is not None and earlier.need is Need.ALARM
    if earlier is not None and was_alarm:
        return earlier
    kept = kept_answer(earlier.answer if earlier else None, answer, young=case.young)
    need = need_of(kept, young=case.young)
    at = case.turn.moment.now
    return Reaction(child.id, asked.caregiver, case.facility.id, asked.given_on, asked.watch, kept, need, at)
