"""What may help after a loss: for whose body, for whose ears, and until when."""

from datetime import date

import pytest

from domain.loss_care import Care, Listener, care_after_child, care_after_mother, care_after_pregnancy
from domain.reader import Role

LAN, TUAN = Listener(Role.MOTHER), Listener(Role.FATHER)
BORN = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("weeks", "offered"),
    [
        (8, (Care.MISCARRIAGE, Care.GRIEF)),
        (15, (Care.MISCARRIAGE, Care.GRIEF)),
        (16, (Care.MISCARRIAGE, Care.MILK_RELIEF)),
        (21, (Care.MISCARRIAGE, Care.MILK_RELIEF)),
        (22, (Care.AFTER_BIRTH, Care.MILK_RELIEF)),
        (41, (Care.AFTER_BIRTH, Care.MILK_RELIEF)),
    ],
)
def test_a_mother_after_a_pregnancy(weeks: int, offered: tuple[Care, ...]) -> None:
    assert care_after_pregnancy(weeks, LAN) == offered


@pytest.mark.parametrize(
    ("today", "offered"),
    [
        (date(2026, 1, 10), (Care.AFTER_BIRTH, Care.MILK_RELIEF)),
        (date(2026, 1, 24), (Care.AFTER_BIRTH, Care.MILK_LATER)),
        (date(2026, 2, 20), (Care.AFTER_BIRTH, Care.MILK_LATER)),
        (date(2026, 2, 21), (Care.MILK_LATER,)),
        (date(2027, 1, 9), (Care.MILK_LATER,)),
        (date(2027, 1, 10), (Care.GRIEF,)),
    ],
)
def test_a_mother_after_her_childs_death(today: date, offered: tuple[Care, ...]) -> None:
    assert care_after_child(BORN, today, LAN) == offered


def test_others_are_told_how_to_help_her() -> None:
    assert care_after_child(BORN, BORN, TUAN) == (Care.AFTER_BIRTH, Care.HELPING_HER)
    assert care_after_pregnancy(30, TUAN) == (Care.AFTER_BIRTH, Care.HELPING_HER)


def test_where_no_mother_is_there_is_nobody_to_help_but_oneself() -> None:
    assert care_after_pregnancy(10, Listener(Role.FATHER, with_mother=False)) == (Care.MISCARRIAGE, Care.GRIEF)
    assert care_after_mother(TUAN) == (Care.GRIEF,)


@pytest.mark.parametrize("role", list(Role))
def test_the_heart_is_not_spoken_of_where_others_read(role: Role) -> None:
    shared = Listener(role, shared=True)
    offered = {
        *care_after_pregnancy(30, shared),
        *care_after_child(BORN, date(2028, 1, 1), shared),
        *care_after_mother(shared),
    }
    assert not offered & {Care.GRIEF, Care.HELPING_HER}


@pytest.mark.parametrize("care", list(Care))
def test_every_offer_is_a_message_of_the_catalogue(care: Care) -> None:
    assert care.key.startswith("loss.")
