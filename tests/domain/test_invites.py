"""What Lan's link and her six digits are worth, and for how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.identifiers import ActorId, CaregiverId, InviteId
from domain.invite import (
    CODE_LIFE,
    LINK_LIFE,
    Invite,
    InviteState,
    looks_like_code,
    normalise_code,
    state_of_code,
    state_of_link,
)

MADE = datetime(2026, 3, 1, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LANS = Invite(
    id=InviteId(1),
    caregiver=CaregiverId(1),
    actor_place=None,
    created_by=ActorId(1),
    expires_at=MADE + LINK_LIFE,
    code_expires_at=MADE + CODE_LIFE,
    claimed_at=None,
    withdrawn_at=None,
)


@pytest.mark.parametrize(
    ("after", "link", "code"),
    [
        (timedelta(0), InviteState.OPEN, InviteState.OPEN),
        (CODE_LIFE - SECOND, InviteState.OPEN, InviteState.OPEN),
        (CODE_LIFE, InviteState.OPEN, InviteState.EXPIRED),
        (LINK_LIFE - SECOND, InviteState.OPEN, InviteState.EXPIRED),
        (LINK_LIFE, InviteState.EXPIRED, InviteState.EXPIRED),
    ],
)
def test_the_code_lives_for_a_day_and_the_link_for_a_month(
    after: timedelta, link: InviteState, code: InviteState
) -> None:
    assert (state_of_link(LANS, MADE + after), state_of_code(LANS, MADE + after)) == (link, code)


@pytest.mark.parametrize("used", [replace(LANS, claimed_at=MADE), replace(LANS, withdrawn_at=MADE)])
def test_a_used_link_and_one_with_a_newer_in_its_place_stay_used_for_ever(used: Invite) -> None:
    for now in (MADE, MADE + 2 * LINK_LIFE):
        assert state_of_link(used, now) is InviteState.USED
        assert state_of_code(used, now) is InviteState.USED


def test_what_nobody_made_is_unknown() -> None:
    assert state_of_link(None, MADE) is InviteState.UNKNOWN
    assert state_of_code(None, MADE) is InviteState.UNKNOWN


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "12.34.56", "123–456"])
def test_six_digits_are_a_code_however_she_groups_them(typed: str) -> None:
    assert looks_like_code(typed)
    assert normalise_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["12345", "1234567", "12a456", "", "one two", "15/3/2026", "²²²²²²", "٠١٢٣٤٥"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert not looks_like_code(typed)
