"""Minh sees that a child may have been enrolled twice, by initials only; a shared phone alone is no reason."""

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duplicates import FamilyTraits, Likeness, Reason, initials_of, likeness
from domain.identifiers import CommuneId, FamilyId
from domain.sex import Sex

HA_LONG, CAM_PHA = CommuneId(1), CommuneId(2)
BORN = date(2026, 3, 11)
PHONE = "+84912000001"
GRANDMOTHERS_PHONE = "+84912000009"
AN = FamilyTraits(
    family=FamilyId(1),
    commune=HA_LONG,
    birth_date=BORN,
    child_name="Nguyễn Thị An",
    sex=Sex.FEMALE,
    phones=frozenset({PHONE, GRANDMOTHERS_PHONE}),
    mother_phone=PHONE,
)
AN_AGAIN = replace(AN, family=FamilyId(2))
AN_WITHOUT_PHONE = replace(AN_AGAIN, phones=frozenset(), mother_phone="")
AWAITED = FamilyTraits(
    family=FamilyId(3),
    commune=HA_LONG,
    due_on=BORN,
    phones=frozenset({PHONE, GRANDMOTHERS_PHONE}),
    mother_phone=PHONE,
)


def test_an_enrolled_twice_is_found_with_every_reason() -> None:
    assert likeness(AN, AN_AGAIN) == Likeness(
        frozenset({Reason.SAME_PHONE, Reason.SAME_NAME, Reason.SAME_BIRTH_DATE, Reason.SAME_SEX})
    )


@pytest.mark.parametrize(
    "name",
    [
        "nguyen thi an",
        "NGUYỄN THỊ AN",
        "An Nguyễn Thị",
        "  Nguyễn  Thị An 😊",
        unicodedata.normalize("NFD", "Nguyễn Thị An"),
        "An",
        "Bé An Nguyễn Thị",
        "Thị An",
    ],
)
def test_an_is_found_however_her_name_is_written_and_without_a_phone(name: str) -> None:
    found = likeness(AN, replace(AN_WITHOUT_PHONE, child_name=name))
    assert found == Likeness(frozenset({Reason.SAME_NAME, Reason.SAME_BIRTH_DATE, Reason.SAME_SEX}))


def test_a_chinese_name_is_found_by_its_given_part() -> None:
    xiaoming = replace(AN, child_name="王小明")
    assert likeness(xiaoming, replace(AN_WITHOUT_PHONE, child_name="小明"))
    assert likeness(xiaoming, replace(AN_WITHOUT_PHONE, child_name="王小红")) is None


@pytest.mark.parametrize("name", ["", "  ", "bé", "Em bé", "宝宝", "👶"])
def test_a_child_without_a_name_matches_weakly(name: str) -> None:
    found = likeness(AN, replace(AN_WITHOUT_PHONE, child_name=name))
    assert found == Likeness(frozenset({Reason.SAME_BIRTH_DATE, Reason.SAME_SEX}), is_weak=True)


def test_a_sex_that_nobody_wrote_down_matches_weakly_and_only_with_a_name() -> None:
    found = likeness(AN, replace(AN_WITHOUT_PHONE, sex=None))
    assert found is not None
    assert found.is_weak
    assert likeness(AN, replace(AN_AGAIN, sex=None, child_name="")) is None


def test_a_nickname_on_the_same_phone_date_and_sex_matches_weakly() -> None:
    found = likeness(AN, replace(AN_AGAIN, child_name="Tôm"))
    assert found == Likeness(frozenset({Reason.SAME_PHONE, Reason.SAME_BIRTH_DATE, Reason.SAME_SEX}), is_weak=True)
    assert likeness(AN, replace(AN_WITHOUT_PHONE, child_name="Tôm")) is None


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (BORN + timedelta(days=1), Reason.ONE_DAY_APART),
        (BORN - timedelta(days=1), Reason.ONE_DAY_APART),
        (date(2026, 11, 3), Reason.DAY_AND_MONTH_SWAPPED),
    ],
)
def test_a_slip_in_the_date_is_found_with_the_same_phone_and_name_only(day: date, reason: Reason) -> None:
    found = likeness(AN, replace(AN_AGAIN, birth_date=day))
    assert found == Likeness(frozenset({Reason.SAME_PHONE, Reason.SAME_NAME, reason, Reason.SAME_SEX}))
    assert likeness(AN, replace(AN_WITHOUT_PHONE, birth_date=day)) is None
    assert likeness(AN, replace(AN_AGAIN, birth_date=day, child_name="Bình")) is None
    assert likeness(AN, replace(AN_AGAIN, birth_date=day, child_name="")) is None


@pytest.mark.parametrize(
    "day", [BORN + timedelta(days=2), BORN - timedelta(days=2), date(2025, 3, 11), date(2025, 11, 3)]
)
def test_a_sibling_of_the_same_phone_and_name_born_on_another_day_is_somebody_else(day: date) -> None:
    assert likeness(AN, replace(AN_AGAIN, birth_date=day)) is None


def test_a_shared_phone_alone_is_no_duplicate() -> None:
    neighbour = replace(AN_AGAIN, child_name="Trần Văn Bình", sex=Sex.MALE, birth_date=date(2025, 6, 1))
    assert likeness(AN, neighbour) is None
    assert likeness(AN, replace(neighbour, birth_date=BORN)) is None


def test_twins_and_siblings_of_one_family_are_never_duplicates() -> None:
    assert likeness(AN, replace(AN, child_name="Nguyễn Thị Bình")) is None
    assert likeness(AN, replace(AN, child_name="")) is None
    assert likeness(AN, AN) is None


def test_an_in_another_commune_is_somebody_else() -> None:
    assert likeness(AN, replace(AN_AGAIN, commune=CAM_PHA)) is None


def test_empty_phones_are_not_a_shared_phone() -> None:
    no_phone = replace(AN, phones=frozenset({""}), mother_phone="")
    found = likeness(no_phone, replace(no_phone, family=FamilyId(2)))
    assert found is not None
    assert Reason.SAME_PHONE not in found.reasons
    assert likeness(no_phone, replace(AWAITED, phones=frozenset({""}), mother_phone="")) is None


@pytest.mark.parametrize(("days", "is_found"), [(0, True), (35, True), (-35, True), (36, False), (-36, False)])
def test_a_newborn_is_found_beside_the_pregnancy_of_the_same_mother(days: int, is_found: bool) -> None:
    found = likeness(AWAITED, replace(AN, birth_date=BORN + timedelta(days=days)))
    expected = Likeness(frozenset({Reason.SAME_MOTHER_PHONE, Reason.BIRTH_NEAR_DUE_DATE}))
    assert found == (expected if is_found else None)


def test_two_mothers_who_share_a_grandmothers_phone_are_two() -> None:
    assert likeness(replace(AWAITED, mother_phone="+84912000002"), AN) is None
    assert likeness(replace(AWAITED, mother_phone=""), AN) is None


def test_a_pregnancy_enrolled_twice_is_found() -> None:
    again = replace(AWAITED, family=FamilyId(4), due_on=BORN + timedelta(days=14))
    assert likeness(AWAITED, again) == Likeness(frozenset({Reason.SAME_MOTHER_PHONE, Reason.SAME_PREGNANCY}))
    assert likeness(AWAITED, replace(again, due_on=BORN + timedelta(days=60))) is None


@pytest.mark.parametrize(("birth_date", "due_on"), [(None, None), (BORN, BORN)])
def test_a_child_is_either_born_or_awaited(birth_date: date | None, due_on: date | None) -> None:
    with pytest.raises(ValueError, match="born or awaited"):
        FamilyTraits(FamilyId(1), HA_LONG, birth_date=birth_date, due_on=due_on)


traits = st.builds(
    FamilyTraits,
    family=st.sampled_from([FamilyId(1), FamilyId(2)]),
    commune=st.just(HA_LONG),
    birth_date=st.dates(date(2026, 3, 1), date(2026, 3, 12)),
    child_name=st.sampled_from(["", "An", "Nguyễn An", "Bình", "王小明"]) | st.text(max_size=4),
    sex=st.sampled_from([None, *Sex]),
    phones=st.frozensets(st.sampled_from([PHONE, GRANDMOTHERS_PHONE])),
)


@given(traits, traits)
def test_likeness_is_the_same_both_ways_and_never_a_phone_alone(a: FamilyTraits, b: FamilyTraits) -> None:
    found = likeness(a, b)
    assert found == likeness(b, a)
    assert found is None or found.reasons - {Reason.SAME_PHONE}
    assert found is None or a.family != b.family


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Thị An", "N. T. A."),
        (unicodedata.normalize("NFD", "Ân Đào"), "Â. Đ."),
        ("An", "A."),
        ("an", "A."),
        ("王小明", "王**"),
        ("王 小明", "王**"),
        ("王芳", "王*"),
        ("小明 Tom", "小* T."),
        ("Anne-Marie", "A. M."),
        ("👶 An 😊 2", "A."),
        ("An\u200b\u202e\tBình\n", "A. B."),
        ("", "…"),
        ("   ", "…"),
        ("👶👶", "…"),
        ("123", "…"),
    ],
)
def test_minh_sees_initials_only(name: str, shown: str) -> None:
    assert initials_of(name) == shown


@given(st.text(max_size=200))
def test_initials_never_show_two_letters_of_a_word(name: str) -> None:
    shown = initials_of(name)
    assert shown
    assert all(sum(letter.isalpha() for letter in part) <= 1 for part in shown.split(" "))


def test_names_are_not_read_where_the_days_differ_already(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr("domain.duplicates._names", lambda *names: read.extend(names))
    assert likeness(AN, replace(AN_AGAIN, birth_date=BORN + timedelta(days=40))) is None
    assert likeness(AN, replace(AN_AGAIN, sex=Sex.MALE)) is None
    assert read == []
