"""Whom a row of the register means, and what its doses change in our record: never by a guess."""

from datetime import date

import pytest

from domain.duplicates import FamilyTraits
from domain.identifiers import ChildId, CommuneId, FamilyId
from domain.register_doses import Change, DoseComparison, WrittenDose, compare_doses
from domain.register_match import Match, OwnChild, Unknown, Unsure, Verdict, find_child, settle_claims
from domain.register_rows import RegisterChild
from domain.sex import Sex

BORN = date(2026, 1, 5)
PENTA_1, PENTA_2 = date(2026, 3, 3), date(2026, 4, 3)
HERE = CommuneId(1)
PHONE = "+84912345678"


def own(number: int, name: str, born: date = BORN, phone: str = "", sex: Sex = Sex.MALE) -> OwnChild:
    phones = frozenset({phone} - {""})
    traits = FamilyTraits(FamilyId(number), HERE, birth_date=born, child_name=name, sex=sex, phones=phones)
    return OwnChild(ChildId(number), traits)


def verdict(*ours: OwnChild, name: str = "Nguyễn Văn An", phone: str = "", sex: Sex | None = Sex.MALE) -> Verdict:
    row = RegisterChild(2, name, BORN, sex, frozenset({phone} - {""}))
    return find_child(row, HERE, ours)


def test_a_child_is_found_by_its_birth_date_and_the_short_name_of_home() -> None:
    assert verdict(own(1, "An"), own(2, "Bình")) == Match(ChildId(1), by_name=True, same_phone=False)
    assert verdict(own(1, "an", born=date(2026, 1, 8))) == Unknown()


def test_of_two_children_who_fit_the_telephone_decides_and_without_it_nobody() -> None:
    ours = (own(1, "An"), own(2, "Văn An", phone=PHONE))
    assert verdict(*ours, phone=PHONE) == Match(ChildId(2), by_name=True, same_phone=True)
    unsure = verdict(*ours)
    assert isinstance(unsure, Unsure)
    assert unsure.sentence.startswith("two children fit (child 1, child 2)")


def test_a_nickname_is_seen_through_by_telephone_birth_date_and_sex_only_for_one_child() -> None:
    tom = own(1, "Tôm", phone=PHONE)
    assert verdict(tom, phone=PHONE) == Match(ChildId(1), by_name=False, same_phone=True)
    assert isinstance(verdict(tom, own(2, "Cua", phone=PHONE), phone=PHONE), Unsure)
    assert verdict(tom, phone=PHONE, sex=None) == Unknown()
    assert verdict(tom) == Unknown()


def test_another_sex_is_another_child() -> None:
    assert verdict(own(1, "An", sex=Sex.FEMALE)) == Unknown()


def test_a_child_without_a_name_is_only_pointed_at() -> None:
    assert verdict(own(1, "")) == Unknown((ChildId(1),))


def test_a_birth_date_with_a_slip_is_told_and_not_passed_over() -> None:
    unsure = verdict(own(1, "An", born=date(2026, 5, 1), phone=PHONE), phone=PHONE)
    assert isinstance(unsure, Unsure)
    assert "another birth date here (child 1)" in unsure.sentence


def test_two_rows_never_mean_one_child() -> None:
    by_name = Match(ChildId(1), by_name=True, same_phone=False)
    settled = settle_claims({2: by_name, 3: by_name})
    assert settled[2] == by_name
    assert isinstance(settled[3], Unsure)
    with_phone = Match(ChildId(1), by_name=True, same_phone=True)
    assert settle_claims({2: by_name, 3: with_phone}) == {2: Unknown((ChildId(1),)), 3: with_phone}


def written(row: int, on: date, *, known: bool = True, report: bool = False, vaccine: str = "PENTA") -> WrittenDose:
    return WrittenDose(row, vaccine, on, known, report)


def compared(days: tuple[date, ...], *doses: WrittenDose) -> DoseComparison:
    return compare_doses([("PENTA", day) for day in days], doses, {"PENTA"})


def test_a_dose_that_is_on_record_already_changes_nothing() -> None:
    assert compared((PENTA_1,), written(1, PENTA_1)) == DoseComparison()


def test_a_dose_that_nobody_wrote_down_is_new() -> None:
    (change,) = compared((PENTA_1,)).changes
    assert (change.what, change.given_on, change.instead_of) == (Change.NEW, PENTA_1, None)


@pytest.mark.parametrize(("on", "what"), [(date(2026, 3, 30), Change.CORRECTED), (date(2026, 3, 31), Change.NEW)])
def test_a_day_within_twenty_seven_is_put_right_and_one_further_is_another_dose(on: date, what: Change) -> None:
    compared_ = compared((PENTA_1,), written(1, on))
    assert [change.what for change in compared_.changes] == [what]
    assert [one.row for one in compared_.only_ours] == ([] if what is Change.CORRECTED else [1])


def test_each_row_is_put_right_by_the_nearest_day() -> None:
    found = compared((PENTA_1, PENTA_2), written(1, date(2026, 3, 25)), written(2, date(2026, 3, 5)))
    assert {(one.given_on, one.instead_of and one.instead_of.row) for one in found.changes} == {
        (PENTA_1, 2),
        (PENTA_2, 1),
    }


def test_a_day_that_was_not_known_is_known_now() -> None:
    found = compared((PENTA_1, PENTA_2), written(1, PENTA_2, known=False), written(2, PENTA_1))
    assert [(one.what, one.given_on, one.instead_of and one.instead_of.row) for one in found.changes] == [
        (Change.CORRECTED, PENTA_2, 1)
    ]


def test_a_report_of_the_very_day_stays_and_another_day_gives_way() -> None:
    for on, gone in ((PENTA_1, None), (date(2026, 3, 10), 1)):
        (change,) = compared((PENTA_1,), written(1, on, report=True)).changes
        assert (change.what, change.instead_of and change.instead_of.row) == (Change.CONFIRMED, gone)


def test_what_the_register_does_not_have_is_told_only_where_it_has_a_column() -> None:
    doses = [written(1, PENTA_1), written(2, PENTA_1, vaccine="ROTA2"), written(3, PENTA_2, report=True)]
    assert [one.row for one in compared((), *doses).only_ours] == [1]
