"""Who calls the families whom no message reaches: each volunteer at most ten, her own first, the rest the station."""

from collections import Counter
from datetime import date

import pytest

from domain.absence import Duty, Presence
from domain.call_list import MOST_CALLS, CallOccasion, caller_of, parse_call_occasion, share_calls
from domain.identifiers import ActorId, CommuneId, FacilityId, FamilyId

MINH, MAI, TU = ActorId(1), ActorId(2), ActorId(3)
HERE = frozenset({CommuneId(1)})


def families(count: int, own: ActorId | None, first: int = 1) -> list[tuple[FamilyId, ActorId | None]]:
    return [(FamilyId(number), own) for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("count", "minh", "mai", "station"), [(0, 0, 0, 0), (10, 10, 0, 0), (11, 10, 1, 0), (25, 10, 10, 5)]
)
def test_two_volunteers_take_ten_names_each_and_the_station_the_rest(
    count: int, minh: int, mai: int, station: int
) -> None:
    shared = Counter(share_calls(families(count, MINH), {MINH: MOST_CALLS, MAI: MOST_CALLS}).values())
    assert (shared[MINH], shared[MAI], shared[None]) == (minh, mai, station)


def test_her_own_families_go_before_those_of_others() -> None:
    mixed = [*families(10, MINH), *families(10, MAI, first=11), *families(3, None, first=21)]
    shared = share_calls(mixed, {MINH: MOST_CALLS, MAI: MOST_CALLS})
    assert all(shared[family] == own for family, own in mixed[:20])
    assert all(shared[family] is None for family, _own in mixed[20:])


def test_who_has_ten_names_already_gets_no_more() -> None:
    assert share_calls(families(1, MINH), {MINH: 0}) == {FamilyId(1): None}
    assert share_calls(families(1, MINH), {}) == {FamilyId(1): None}


def test_a_volunteer_who_is_away_is_stood_in_for_and_a_silent_one_is_not_counted_on() -> None:
    away = Duty(MINH, "Minh", HERE, Presence.AWAY, stand_in=MAI)
    mai, silent = Duty(MAI, "Mai", HERE), Duty(TU, "Tú", HERE, Presence.SILENT)
    duties = (away, mai, silent)
    assert [caller_of(one, duties) for one in (MINH, MAI, TU, None)] == [MAI, MAI, None, None]
    assert caller_of(MINH, (away, Duty(MAI, "Mai", HERE, Presence.SILENT))) is None


def test_the_occasion_of_a_call_says_which_session_and_whom() -> None:
    occasion = CallOccasion(FacilityId(1), date(2026, 12, 5), FamilyId(7))
    assert str(occasion) == "remind:1:2026-12-05:7"
    assert parse_call_occasion(str(occasion)) == occasion
    assert parse_call_occasion("urgent:1:rota:2") is None
