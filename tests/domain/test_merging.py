"""Two files of Lan's family: who is one person in both, and what of the messages counts as said."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.ends import CaregiverEnd, ChildEnd
from domain.identifiers import AddressId, CaregiverId, ChildId, FacilityId, FamilyId
from domain.merging import Reachable, child, is_quieter, lets_back_in, occasions_of, same_people, silence_of
from domain.people import Caregiver, Child
from domain.reader import Role
from domain.sex import Sex

JOINED = datetime(2026, 11, 22, 2, tzinfo=UTC)
LAN = Caregiver(CaregiverId(1), FamilyId(1), Role.MOTHER, "vi", "+84912345678", joined_at=JOINED)
AGAIN = replace(LAN, id=CaregiverId(2), family=FamilyId(2))
AN = Child(ChildId(1), FamilyId(1), FacilityId(1), "An", date(2026, 11, 1), Sex.FEMALE)
AN_AGAIN = replace(AN, id=ChildId(2), family=FamilyId(2))


def reached(caregiver: Caregiver, *addresses: int) -> Reachable:
    return Reachable(caregiver, frozenset(AddressId(one) for one in addresses))


def test_one_role_and_one_phone_is_one_person_and_the_older_file_goes_on() -> None:
    assert same_people([reached(LAN)], [reached(AGAIN)]) == {AGAIN.id: LAN.id}


def test_whoever_has_joined_goes_on() -> None:
    waiting = replace(LAN, joined_at=None)
    assert same_people([reached(waiting)], [reached(AGAIN)]) == {LAN.id: AGAIN.id}


def test_one_chat_is_one_person_without_a_phone_too() -> None:
    without = replace(AGAIN, phone=None)
    assert same_people([reached(LAN, 7)], [reached(without, 7)]) == {AGAIN.id: LAN.id}
    assert same_people([reached(LAN, 7)], [reached(without, 8)]) == {}


def test_father_and_mother_on_one_phone_are_two_people() -> None:
    assert same_people([reached(LAN, 7)], [reached(replace(AGAIN, role=Role.FATHER), 7)]) == {}


def test_nobody_is_joined_with_two_others() -> None:
    third = replace(AGAIN, id=CaregiverId(3))
    assert same_people([reached(LAN)], [reached(AGAIN), reached(third)]) == {AGAIN.id: LAN.id}


def test_what_was_said_of_one_child_counts_for_the_one_that_goes_on() -> None:
    ended = replace(AN_AGAIN, ended_as=ChildEnd.MERGED)
    assert occasions_of([AN_AGAIN], [AN], {child(ended.id): child(AN.id)}) == {"child:2": "child:1"}


def test_nothing_changes_for_one_who_cared_for_that_child_before() -> None:
    assert occasions_of([AN], [AN], {child(AN_AGAIN.id): child(AN.id)}) == {}


def test_twins_of_whom_one_was_in_the_other_file_share_the_occasion_of_the_first() -> None:
    twin = replace(AN, id=ChildId(3), family=FamilyId(2), name="Bé")
    subjects = {child(AN_AGAIN.id): child(AN.id)}
    assert occasions_of([AN_AGAIN, twin], [AN, twin], subjects) == {"child:2": "child:1"}


def test_who_was_removed_is_let_in_by_role_or_phone_of_one_who_is_spoken_to() -> None:
    removed = replace(LAN, ended_as=CaregiverEnd.REMOVED)
    assert lets_back_in([removed], [AGAIN])
    assert lets_back_in([AGAIN], [replace(removed, phone=None)])
    assert lets_back_in([removed], [replace(AGAIN, role=Role.FATHER)])
    assert not lets_back_in([removed], [replace(AGAIN, role=Role.FATHER, phone=None)])
    assert not lets_back_in([removed], [replace(AGAIN, ended_as=CaregiverEnd.REMOVED)])
    assert not lets_back_in([replace(LAN, ended_as=CaregiverEnd.DIED)], [AGAIN])


def test_what_was_silent_before_is_no_new_silence() -> None:
    stopped = replace(LAN, stopped_at=JOINED)
    assert is_quieter(silence_of(LAN), silence_of(stopped))
    assert not is_quieter(silence_of(stopped), silence_of(stopped))
    assert not is_quieter(silence_of(stopped), silence_of(LAN))
    assert is_quieter(silence_of(AN), silence_of(replace(AN, ended_as=ChildEnd.DIED)))
