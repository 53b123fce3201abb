"""What a printed card is worth, and which of the many numbers on paper and screens is which."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.cards import (
    APPLICATION_LIFE,
    CARD_LIFE,
    Application,
    CardState,
    PrintedCard,
    is_applications_number,
    looks_like_card,
    shown_number,
    state_of_card,
)
from domain.identifiers import AddressId, ApplicationId, CardId, FacilityId
from domain.invite import PAPER_CODE_LETTERS, looks_like_code, looks_like_paper_code, normalise_code, shown_paper_code

PRINTED = datetime(2026, 11, 22, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CARD = PrintedCard(CardId(1), FacilityId(1), "20487316", PRINTED, None, None)
LANS = Application(ApplicationId(1), AddressId(1), FacilityId(1), None, "4831", {}, PRINTED, PRINTED + APPLICATION_LIFE)


def test_a_card_is_good_once_for_three_years() -> None:
    assert state_of_card(CARD, PRINTED + CARD_LIFE - SECOND) is CardState.OPEN
    assert state_of_card(CARD, PRINTED + CARD_LIFE) is CardState.EXPIRED
    assert state_of_card(replace(CARD, used_at=PRINTED), PRINTED) is CardState.USED
    assert state_of_card(replace(CARD, used_at=PRINTED, withdrawn_at=PRINTED), PRINTED) is CardState.WITHDRAWN


def test_an_application_waits_thirty_days_for_a_person() -> None:
    assert LANS.waits(LANS.expires_at - SECOND)
    assert not LANS.waits(LANS.expires_at)
    assert not replace(LANS, answers=None).waits(PRINTED)
    assert not replace(LANS, settled_at=PRINTED).waits(PRINTED)


@pytest.mark.parametrize("typed", ["20487316", "2048 7316", " 2048-7316 ", "2048\u00a07316"])
def test_a_cards_number_is_read_however_it_is_typed(typed: str) -> None:
    assert looks_like_card(typed)
    assert not looks_like_code(typed)


@pytest.mark.parametrize("typed", ["123 456", "2048731", "204873160", "K7QM-3F9D", "22/11/2026", "xin chào", "4831"])
def test_nothing_else_is_taken_for_a_cards_number(typed: str) -> None:
    assert not looks_like_card(typed)


@pytest.mark.parametrize("typed", ["K7QM-3F9D", "k7qm 3f9d", "K7QM3F9D", "k7qm–3f9d"])
def test_a_code_from_paper_is_read_however_it_is_typed(typed: str) -> None:
    assert looks_like_code(typed)
    assert looks_like_paper_code(typed)
    assert shown_paper_code(normalise_code(typed)) == "K7QM-3F9D"


@pytest.mark.parametrize(
    "typed",
    ["xin chào", "cảm ơn em", "mat trung", "thanks!!", "22334455", "BCDFGHJK", "K7QM-3F9", "O7QM-3F9D", "K7QM-3F9DD"],
)
def test_words_and_other_numbers_are_no_code_from_paper(typed: str) -> None:
    assert not looks_like_paper_code(typed)


def test_no_word_of_a_language_can_be_spelt_with_the_letters_of_codes() -> None:
    assert not set("AEIOUY01L") & set(PAPER_CODE_LETTERS)


def test_numbers_are_shown_as_people_read_them_aloud() -> None:
    assert (shown_number("20487316"), shown_number("4831")) == ("2048 7316", "4831")


@pytest.mark.parametrize(("digits", "is_one"), [("4831", True), ("20487316", True), ("123456", False), ("", False)])
def test_a_volunteer_types_four_digits_or_eight(digits: str, is_one: bool) -> None:
    assert is_applications_number(digits) is is_one
