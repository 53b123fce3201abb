"""What the spreadsheet of Hoa's register says: its columns, its days, its children, and what is wrong with a cell."""

from collections.abc import Mapping
from datetime import date

import pytest

from domain.register_columns import RegisterColumns, find_columns, flaws_of
from domain.register_days import DAY_ZERO, NotADay, read_cell_day
from domain.register_guesses import Origin, guess_columns, guess_vaccine, propose_columns, propose_words
from domain.register_rows import RegisterChild, RegisterSheet, Rules, SheetRow, read_register
from domain.sex import Sex

TODAY, BORN = date(2026, 11, 22), date(2026, 1, 5)
VIETNAM = frozenset(
    "HEPB0 BCG PENTA HEXA OPV IPV ROTA2 PCV MEASLES MR MMR DPT JE_INACT TD HPV".split()  # noqa: SIM905 - as one reads
)
CHINA = frozenset(
    "HEPB BCG IPV BOPV DTAP DTAP_IPV_HIB DT MMR JE_LIVE JE_INACT MPSV_A MPSV_AC HEPA_LIVE HEPA_INACT HPV2".split()  # noqa: SIM905
)
WIDE = {
    "name": "Họ tên trẻ",
    "birth_date": "Ngày sinh",
    "sex": "Giới",
    "phone": "SĐT mẹ",
    "card": "Mã số",
    "BCG.1": "Lao",
    "PENTA.1": "5 trong 1 mũi 1",
    "PENTA.2": "5 trong 1 mũi 2",
}
LONG = {
    "name": "姓名",
    "birth_date": "出生日期",
    "vaccine": "疫苗名称",
    "given_on": "接种日期",
    "word.HEPB.1": "乙肝①",
    "word.HEPB.2": "乙肝②",
    "word.BCG.1": "卡介苗",
}
AN = ("Nguyễn Văn An", "5/1/2026", "nam", "0912345678", "TC-1", "6/1/2026", "3/3/2026", "3/4/2026")
PENTA_1 = date(2026, 3, 3)


def columns(mapping: Mapping[str, str] = WIDE) -> RegisterColumns:
    headings = [heading for field, heading in mapping.items() if not field.startswith("word.")]
    found = find_columns(headings, mapping)
    assert isinstance(found, RegisterColumns)
    return found


def read(
    *rows: tuple[str, ...], mapping: Mapping[str, str] = WIDE
) -> tuple[tuple[RegisterChild, ...], tuple[str, ...]]:
    taken = columns(mapping)
    sheet = RegisterSheet(taken.headings, 1, tuple(SheetRow(line, row) for line, row in enumerate(rows, start=2)))
    rules = Rules(TODAY, lambda typed: f"+84{typed.strip()[1:]}" if typed.strip().startswith("09") else None)
    children, problems = read_register(sheet, taken, rules)
    return children, tuple(map(str, problems))


def changed(**cells: str) -> tuple[str, ...]:
    """An's row with some other cells, by field without its point."""
    fields = [field.replace(".", "").lower() for field in WIDE]
    return tuple(cells.get(field, cell) for field, cell in zip(fields, AN, strict=True))


def wrong(*rows: tuple[str, ...], mapping: Mapping[str, str] = WIDE) -> str:
    _children, problems = read(*rows, mapping=mapping)
    assert len(problems) == 1, problems
    return problems[0]


def test_a_row_gives_a_child_with_everything_that_the_register_says() -> None:
    ((an,), problems) = read(AN)
    assert problems == ()
    assert (an.line, an.name, an.birth_date, an.sex) == (2, "Nguyễn Văn An", BORN, Sex.MALE)
    assert (set(an.phones), an.card) == ({"+84912345678"}, "TC-1")
    given = [(dose.vaccine, dose.given_on) for dose in an.doses]
    assert given == [("BCG", date(2026, 1, 6)), ("PENTA", PENTA_1), ("PENTA", date(2026, 4, 3))]


def test_rows_of_doses_are_joined_to_their_child() -> None:
    rows = [("王小明", "2026年1月5日", word, day) for word, day in (("卡介苗", "2026-01-06"), ("乙肝①", "2026.1.5"))]
    ((child,), problems) = read(*rows, ("王小明", "2026-01-05", "乙肝 ①", "2026-1-5"), mapping=LONG)
    assert problems == ()
    assert {(dose.vaccine, dose.given_on) for dose in child.doses} == {("BCG", date(2026, 1, 6)), ("HEPB", BORN)}


@pytest.mark.parametrize(
    "text", ["3/3/2026", "03.03.2026", "2026-03-03", "3-3-26", "2026年3月3日", "46084", "3/3/2026 (bệnh viện)"]
)
def test_the_same_day_is_read_however_it_is_written(text: str) -> None:
    assert read_cell_day(text, day_zero=DAY_ZERO, first=BORN, last=TODAY) == PENTA_1


def test_a_workbook_that_counts_from_1904_says_other_days() -> None:
    assert read_cell_day("44622", day_zero=date(1904, 1, 1), first=BORN, last=TODAY) == PENTA_1


@pytest.mark.parametrize(
    "text", ["x", "3/3", "31/2/2026", "3/3/2026 4/4/2026", "3/3/2026 lô 123", "hôm qua", "12/3 âm"]
)
def test_what_is_no_single_day_with_its_year_is_not_guessed(text: str) -> None:
    assert isinstance(read_cell_day(text, day_zero=DAY_ZERO, first=BORN, last=TODAY), NotADay)


def test_a_short_year_that_could_be_the_day_must_be_written_out() -> None:
    older = date(2024, 5, 1)
    assert isinstance(read_cell_day("25/3/26", day_zero=DAY_ZERO, first=older, last=TODAY), NotADay)
    assert read_cell_day("25/3/26", day_zero=DAY_ZERO, first=BORN, last=TODAY) == date(2026, 3, 25)


def test_a_short_year_of_birth_is_that_of_a_child_whom_the_programme_can_know() -> None:
    ((an,), problems) = read(changed(birth_date="12/03/26", bcg1="", penta1="", penta2=""))
    assert (an.birth_date, problems) == (date(2026, 3, 12), ())
    assert "write the year with four digits" in wrong(changed(birth_date="24/03/26", bcg1="", penta1="", penta2=""))


@pytest.mark.parametrize("cell", ["", "-", "chưa tiêm", "Không", "未种", "/"])
def test_a_cell_that_says_no_is_no_dose(cell: str) -> None:
    ((an,), problems) = read(changed(penta2=cell))
    assert (problems, [dose.vaccine for dose in an.doses]) == ((), ["BCG", "PENTA"])


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"penta1": "22/12/2026"}, "line 2, 5 trong 1 mũi 1: 2026-12-22 is still to come."),
        ({"bcg1": "4/1/2026"}, "line 2, Lao: 2026-01-04 is before the birth date, 2026-01-05."),
        ({"penta1": "x"}, "line 2, 5 trong 1 mũi 1: “x”: this is not a date; expected a date like"),
        ({"penta1": "03/05/2026"}, "line 2, 5 trong 1 mũi 2: 2026-04-03 is not in order with 2026-05-03 in “5 trong"),
        ({"penta2": "3/3/2026"}, "line 2, 5 trong 1 mũi 2: 2026-03-03 does not go with 2026-03-03 in “5 trong 1 mũi"),
        ({"sex": "?"}, "line 2, Giới: “?”; expected nam, nữ"),
        ({"name": ""}, "line 2, Họ tên trẻ: there is no name here"),
        ({"birth_date": ""}, "line 2, Ngày sinh: it is empty; expected a date."),
        ({"birth_date": "5/1/1926"}, "line 2, Ngày sinh: 1926-01-05 is more than 18 years ago."),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_its_column_and_what_was_expected(cells: dict[str, str], told: str) -> None:
    assert wrong(changed(**cells)).startswith(told)


def test_every_wrong_cell_is_told_at_once() -> None:
    _children, problems = read(changed(sex="?", penta1="x"), AN[:1], changed(name="Bé", card="", penta2="2027-01-01"))
    assert [problem.partition(":")[0] for problem in problems] == [
        "line 2, 5 trong 1 mũi 1",
        "line 2, Giới",
        "line 3, Ngày sinh",
        "line 4, 5 trong 1 mũi 2",
    ]


def test_lines_without_anything_of_ours_are_passed_over() -> None:
    children, problems = read(AN, (), ("", "", "", "", "", "", ""))
    assert (len(children), problems) == (1, ())


def test_a_register_without_children_is_told() -> None:
    assert "no row with a child" in wrong(())


def test_two_lines_of_one_child_must_not_contradict_each_other() -> None:
    assert "does not go with 2026-03-03 in “5 trong 1 mũi 1” on line 2" in wrong(AN, changed(penta1="4/3/2026"))
    assert "line 2 has another sex" in wrong(AN, changed(sex="nữ"))
    assert read(AN, AN)[1] == ()


def test_the_number_of_a_card_belongs_to_one_child() -> None:
    assert wrong(AN, changed(name="Bình")).startswith("line 3, Mã số: line 2 has this number")


def test_a_telephone_that_cannot_be_read_is_none_and_two_in_a_cell_are_two() -> None:
    ((an,), problems) = read(changed(phone="0912345678 / 0987654321; mẹ"))
    assert (set(an.phones), problems) == ({"+84912345678", "+84987654321"}, ())


def test_a_word_that_nobody_explained_is_asked_about() -> None:
    told = wrong(("王小明", "2026-01-05", "五联", "2026-03-05"), mapping=LONG)
    assert told.startswith("line 2, 疫苗名称: nobody has said yet which vaccine “五联” is")
    assert "it is empty, and there is a date" in wrong(("王小明", "2026-01-05", "", "2026-03-05"), mapping=LONG)


def test_a_heading_that_changed_is_said_with_what_it_may_be_now() -> None:
    headings = [heading.replace("5 trong 1 mũi 2", "5 trong 1 (mũi thứ 2)") for heading in WIDE.values()]
    found = find_columns(headings, WIDE, line=4)
    assert isinstance(found, tuple)
    told = "this heading (PENTA.2) is not in the file any more; is it “5 trong 1 (mũi thứ 2)” now?"
    assert [str(one) for one in found] == [f"line 4, 5 trong 1 mũi 2: {told}"]


def test_capitals_marks_and_spaces_do_not_change_a_heading() -> None:
    found = find_columns([f" {heading.upper()} " for heading in WIDE.values()], WIDE)
    assert isinstance(found, RegisterColumns)


def test_two_columns_with_one_heading_are_not_guessed_between() -> None:
    found = find_columns([*WIDE.values(), "Lao"], WIDE)
    assert isinstance(found, tuple)
    assert "2 columns have this heading (BCG.1)" in str(found[0])


@pytest.mark.parametrize(
    ("mapping", "flaw"),
    [
        ({"birth_date": "b", "BCG.1": "c"}, "say which column is name"),
        ({"name": "a", "birth_date": "b"}, "say the column of each dose"),
        ({**WIDE, "WATER.1": "w"}, "WATER.1: the schedule has no vaccine WATER"),
        ({**WIDE, "birthdate": "w"}, "birthdate: no such field is known; did you mean birth_date?"),
        ({**WIDE, "OPV.1": "lao"}, "“lao” is said to be BCG.1 and OPV.1"),
        ({**WIDE, "vaccine": "v"}, "there are columns of doses and vaccine"),
        ({**LONG, "word.BCG.2": "乙肝①"}, "“乙肝①” is said to be word.HEPB.1 and word.BCG.2"),
    ],
)
def test_a_mapping_by_which_no_register_can_be_read_is_refused(mapping: dict[str, str], flaw: str) -> None:
    assert any(one.startswith(flaw) for one in flaws_of(mapping, VIETNAM | CHINA))


def test_sound_mappings_of_both_shapes_are_taken() -> None:
    assert (flaws_of(WIDE, VIETNAM), flaws_of(LONG, CHINA)) == ((), ())


@pytest.mark.parametrize(
    ("heading", "codes", "code"),
    [
        ("BCG", VIETNAM, "BCG"),
        ("Lao (BCG)", VIETNAM, "BCG"),
        ("VGB sơ sinh", VIETNAM, "HEPB0"),
        ("Viêm gan B 24 giờ", VIETNAM, "HEPB0"),
        ("DPT-VGB-Hib 1", VIETNAM, "PENTA"),
        ("5 trong 1 mũi 1", VIETNAM, "PENTA"),
        ("6 trong 1 (Hexaxim) mũi 2", VIETNAM, "HEXA"),
        ("OPV1", VIETNAM, "OPV"),
        ("Sởi", VIETNAM, "MEASLES"),
        ("Sởi - Rubella", VIETNAM, "MR"),
        ("VNNB mũi 2", VIETNAM, "JE_INACT"),
        ("乙肝①", CHINA, "HEPB"),
        ("百白破第一针", CHINA, "DTAP"),
        ("A+C群流脑1", CHINA, "MPSV_AC"),
        ("A群流脑 第2剂", CHINA, "MPSV_A"),
        ("脊灰", CHINA, None),
        ("乙脑", CHINA, None),
        ("Ghi chú", VIETNAM, None),
    ],
)
def test_a_vaccine_is_guessed_by_the_longest_word_and_not_where_it_could_be_two(
    heading: str, codes: frozenset[str], code: str | None
) -> None:
    assert guess_vaccine(heading, codes) == code


def test_a_whole_register_is_guessed_with_the_numbers_of_its_doses() -> None:
    headings = ["STT", "Họ và tên trẻ", "Ngày sinh", "VGB sơ sinh", "Lao", "5 trong 1 mũi 1", "5 trong 1 mũi 2"]
    assert guess_columns(
        [*headings, "Sởi 9 tháng", "Sởi - Rubella", "OPV", "OPV 2", "Số lô OPV", "Ghi chú"], VIETNAM
    ) == {
        "name": "Họ và tên trẻ",
        "birth_date": "Ngày sinh",
        "HEPB0.1": "VGB sơ sinh",
        "BCG.1": "Lao",
        "PENTA.1": "5 trong 1 mũi 1",
        "PENTA.2": "5 trong 1 mũi 2",
        "MEASLES.1": "Sởi 9 tháng",
        "MR.1": "Sởi - Rubella",
        "OPV.1": "OPV",
        "OPV.2": "OPV 2",
    }


def test_what_a_person_says_outweighs_what_was_said_before_and_that_a_guess() -> None:
    proposed = propose_columns(
        ["Tên trẻ", "Họ tên", "Ngày sinh", "Mũi A", "Lao", "BCG"],
        VIETNAM,
        known={"name": "Họ tên", "PENTA.1": "Mũi cũ", "BCG.1": "Lao"},
        said={"PENTA.2": "Mũi A", "BCG.1": ""},
    )
    assert {field: (one.heading, one.origin) for field, one in proposed.items()} == {
        "PENTA.2": ("Mũi A", Origin.SAID),
        "name": ("Họ tên", Origin.KNOWN),
        "birth_date": ("Ngày sinh", Origin.GUESSED),
    }


def test_words_of_vaccines_are_offered_and_numbered() -> None:
    words = propose_words(
        ["乙肝①", "乙肝②", "五联", "??"], CHINA, known={"word.BCG.1": "卡"}, said=[("DTAP_IPV_HIB", "五联")]
    )
    assert {field: one.heading for field, one in words.items()} == {
        "word.DTAP_IPV_HIB.1": "五联",
        "word.BCG.1": "卡",
        "word.HEPB.1": "乙肝①",
        "word.HEPB.2": "乙肝②",
    }
