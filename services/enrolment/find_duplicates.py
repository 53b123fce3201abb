"""Children of a commune who may be the same as one that is being enrolled; what is shown of them is initials only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.duplicates import DAYS_AROUND_DUE, FamilyTraits, initials_of, likeness
from domain.forms.enrolment import ENROLMENT, is_born, is_twins
from domain.forms.form import Answers, next_question
from domain.identifiers import CaregiverId, CommuneId, FacilityId, FamilyId
from domain.moment import local_day
from domain.people import Actor
from domain.reader import Role
from domain.sex import Sex
from services.access import Permission, access_actor, access_facilities, access_facility
from services.forms.answer_form import find_draft
from services.forms.surroundings import place_row
from services.ports.families import NewChild
from services.ports.merges import KnownChild
from services.turn import Turn, Work

NOBODYS = FamilyId(0)
"""The family of one who is not enrolled yet."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lookalike:
    """A child who may be the same: its initials, the month of birth or of the due date, and since when it is with us.

    `caregiver` is whose entry can be opened; None when the family is not in the speaker's places.
    """

    initials: str
    day: date
    awaited: bool
    enrolled_on: date
    caregiver: CaregiverId | None


async def lookalikes_of_draft(turn: Turn) -> tuple[Lookalike, ...]:
    """Who may be the same as the family of the complete enrolment; nobody when it is not complete."""
    access_actor(turn.speaker, Permission.ENROL)
    draft = await find_draft(turn, ENROLMENT.name)
    if draft is None or next_question(ENROLMENT, draft.answers) is not None:
        return ()
    place = FacilityId(place_row(draft.answers["facility"] or ""))
    _actor, facility = await access_facility(turn.uow, turn.speaker, place, Permission.ENROL)
    commune = facility.commune.id
    return await find_lookalikes(turn, commune, traits_of_answers(draft.answers, commune))


async def find_lookalikes(turn: Turn, commune: CommuneId, mine: Sequence[FamilyTraits]) -> tuple[Lookalike, ...]:
    """The likely duplicates among the commune's children, each once."""
    actor = access_actor(turn.speaker, Permission.ENROL)
    return tuple([await _lookalike(turn, actor, one) for one in await likely_same(turn, commune, mine)])


async def likely_same(
    work: Work, commune: CommuneId, mine: Sequence[FamilyTraits], *, with_ended: bool = False
) -> tuple[KnownChild, ...]:
    """The children who are likely one of `mine`; only those near their days are looked at."""
    born_on, due_on = days_around(mine)
    if not born_on and not due_on:
        return ()
    near = await work.uow.merges.near(commune, born_on=born_on, due_on=due_on, with_ended=with_ended)
    return tuple(one for one in near if any(likeness(own, one.traits) for own in mine))


def days_around(mine: Sequence[FamilyTraits]) -> tuple[frozenset[date], frozenset[date]]:
    """The days of birth and the due dates on which a likely duplicate of one of these can lie."""
    births: set[date] = set()
    dues: set[date] = set()
    for own in mine:
        day = own.birth_date or own.due_on
        if day is None:
            continue
        window = {day + timedelta(days=days) for days in range(-DAYS_AROUND_DUE, DAYS_AROUND_DUE + 1)}
        dues |= window
        births |= window if own.birth_date is None else {day - ONE_DAY, day, day + ONE_DAY, *_swapped(day)}
    return frozenset(births), frozenset(dues)


def _swapped(day: date) -> tuple[date, ...]:
    return (day.replace(month=day.day, day=day.month),) if day.day <= 12 else ()


def traits_of_answers(answers: Answers, commune: CommuneId) -> tuple[FamilyTraits, ...]:
    """The children, or the pregnancy, that these answers of an enrolment tell of."""
    phone = answers.get("phone") or ""
    common = _Common(commune, phone, answers.get("role") == Role.MOTHER)
    if not is_born(answers):
        due_on = answers.get("due_date")
        return (common.awaited(date.fromisoformat(due_on)),) if due_on else ()
    born_on = date.fromisoformat(answers["birth_date"] or "")
    suffixes = ("", "2") if is_twins(answers) else ("",)
    return tuple(
        common.born(born_on, answers[f"name{suffix}"] or "", Sex(answers[f"sex{suffix}"] or "")) for suffix in suffixes
    )


@dataclass(frozen=True)
class _Common:
    """What all children of one enrolment share."""

    commune: CommuneId
    phone: str
    is_mothers: bool

    @property
    def _phones(self) -> frozenset[str]:
        return frozenset({self.phone} - {""})

    def awaited(self, due_on: date) -> FamilyTraits:
        mothers = self.phone if self.is_mothers else ""
        return FamilyTraits(NOBODYS, self.commune, due_on=due_on, phones=self._phones, mother_phone=mothers)

    def born(self, born_on: date, name: str, sex: Sex) -> FamilyTraits:
        return FamilyTraits(
            NOBODYS,
            self.commune,
            birth_date=born_on,
            child_name=name,
            sex=sex,
            phones=self._phones,
            mother_phone=self.phone if self.is_mothers else "",
        )


def traits_of_family(
    commune: CommuneId, *, role: Role, phone: str | None, children: Collection[NewChild], due_on: date | None
) -> tuple[FamilyTraits, ...]:
    """The same for a family that comes in by file."""
    common = _Common(commune, phone or "", role is Role.MOTHER)
    born = tuple(common.born(child.birth_date, child.name, child.sex) for child in children)
    return (*born, common.awaited(due_on)) if due_on is not None else born


async def _lookalike(turn: Turn, actor: Actor, known: KnownChild) -> Lookalike:
    places = {facility.id for facility in await access_facilities(turn.uow, actor)}
    may_open = known.facility in places
    return Lookalike(
        initials=initials_of(known.traits.child_name),
        day=known.traits.birth_date or known.traits.due_on or known.enrolled_at.date(),
        awaited=known.traits.birth_date is None,
        enrolled_on=local_day(known.enrolled_at, known.zone),
        caregiver=await turn.uow.merges.first_caregiver(known.traits.family) if may_open else None,
    )
