"""Which child of ours a row of the register is about: by birth date and likeness of the name, never by a guess."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from domain.duplicates import FamilyTraits, Likeness, Reason, likeness
from domain.identifiers import ChildId, CommuneId, FamilyId
from domain.register_rows import RegisterChild

NOT_OURS = FamilyId(0)


@dataclass(frozen=True)
class OwnChild:
    """A child of the facility as it is compared."""

    child: ChildId
    traits: FamilyTraits


@dataclass(frozen=True)
class Match:
    """The child that is meant. `by_name` is False where telephone, birth date and sex say so and the name does not."""

    child: ChildId
    by_name: bool
    same_phone: bool


@dataclass(frozen=True)
class Unsure:
    """More than one could be meant, or one with a slip: a person decides."""

    sentence: str


@dataclass(frozen=True)
class Unknown:
    """No child of ours. `alike` are those with this birth date, of whom too little is known to say more."""

    alike: tuple[ChildId, ...] = ()


Verdict: TypeAlias = Match | Unsure | Unknown


def near_days(birth: date) -> tuple[date, ...]:
    """The day itself and those that a slip makes of it: one day off, day and month exchanged."""
    around = (birth, birth - timedelta(days=1), birth + timedelta(days=1))
    exchanged = birth.day <= 12 and birth.day != birth.month
    return (*around, date(birth.year, birth.day, birth.month)) if exchanged else around


def find_child(row: RegisterChild, commune: CommuneId, ours: Sequence[OwnChild]) -> Verdict:
    """The child of ours whom the row is about. `ours` may be all children of the facility, or those born near."""
    traits = FamilyTraits(
        NOT_OURS, commune, birth_date=row.birth_date, child_name=row.name, sex=row.sex, phones=row.phones
    )
    alike = {one.child: found for one in ours if (found := likeness(traits, one.traits)) is not None}
    born_then = {child: found for child, found in alike.items() if Reason.SAME_BIRTH_DATE in found.reasons}
    named = _with(born_then, Reason.SAME_NAME)
    if named:
        return _decide(named, by_name=True)
    with_phone = _with(born_then, Reason.SAME_PHONE)
    if with_phone:
        return _decide(with_phone, by_name=False)
    if len(alike) > len(born_then):
        return Unsure(_slipped(alike.keys() - born_then.keys()))
    return Unknown(tuple(born_then))


def _with(alike: Mapping[ChildId, Likeness], reason: Reason) -> dict[ChildId, bool]:
    """Those for whom this speaks, each with whether the telephone is the same."""
    return {child: Reason.SAME_PHONE in one.reasons for child, one in alike.items() if reason in one.reasons}


def _decide(fitting: Mapping[ChildId, bool], *, by_name: bool) -> Match | Unsure:
    chosen = fitting
    if len(fitting) > 1 and by_name:
        chosen = {child: True for child, same_phone in fitting.items() if same_phone} or fitting
    if len(chosen) == 1:
        ((child, same_phone),) = chosen.items()
        return Match(child, by_name, same_phone)
    count = "two" if len(chosen) == 2 else str(len(chosen))
    return Unsure(f"{count} children fit ({_numbers(chosen)}); write the full name, or the caregiver's telephone")


def _slipped(children: Iterable[ChildId]) -> str:
    return (
        f"a child of this name and telephone stands with another birth date here ({_numbers(children)}); one of the "
        "two dates is wrong, mend it"
    )


def _numbers(children: Iterable[ChildId]) -> str:
    return ", ".join(f"child {child}" for child in sorted(children))


def settle_claims(found: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """Two rows never mean one child. The telephone decides between them; without one, the later row is unsure."""
    settled = dict(found)
    matches = {line: one for line, one in found.items() if isinstance(one, Match)}
    holders: dict[ChildId, int] = {}
    for line in sorted(matches, key=lambda number: (not matches[number].same_phone, number)):
        mine = matches[line]
        holder = holders.setdefault(mine.child, line)
        if holder != line and matches[holder].same_phone and not mine.same_phone:
            settled[line] = Unknown((mine.child,))
        elif holder != line:
            sentence = f"line {holder} fits the same child ({_numbers([mine.child])}); take one of the two rows out"
            settled[line] = Unsure(sentence)
    return settled
