"""A station's own register comes in by file: every wrong row is told, nothing is doubled, and a code on paper works."""

import re
from pathlib import Path

from tests.documents.paper import Paper
from tests.trips.journeys import join
from tests.trips.programs import Ended, cradle, surroundings
from tests.trips.village import Person, Village

STATION = "Trạm Y tế Suối Mơ"
HEADINGS = "Họ tên trẻ;Ngày sinh;Giới tính;Điện thoại mẹ;Ghi chú"
CODE = re.compile(r"(?:[2-9B-Z] ?){4}- ?(?:[2-9B-Z] ?){4}")


def register(*rows: str) -> str:
    return "\n".join((HEADINGS, *rows)) + "\n"


def good_rows() -> list[str]:
    sexes = ("nữ", "nam")
    return [
        f"Nguyễn Văn {chr(65 + place)}{chr(97 + place)};{1 + place % 28}/{1 + place % 10}/2026;{sexes[place % 2]};"
        f"0912{340000 + place};không"
        for place in range(30)
    ]


def with_three_bad_rows() -> list[str]:
    rows = good_rows()
    for place, wrong in ((4, ("5/5/2026", "31/2/2026")), (11, ("nam", "trau")), (20, ("0912340020", "12"))):
        rows[place] = rows[place].replace(*wrong)
    return rows


async def bring_in(village: Village, folder: Path, rows: list[str], *more: str) -> Ended:
    file = folder / "register.csv"
    file.write_text(register(*rows), encoding="utf-8")
    settings = surroundings(village.simulator.base_url, CRADLE_DATABASE_URL=str(village.settings.database_url))
    who = ("--facility", STATION, "--by", "Minh", "--language", "vi")
    return await cradle("families", "import", str(file), *who, *more, at=folder, settings=settings)


async def families(village: Village) -> int:
    return int((await village.rows("SELECT count(*) FROM families"))[0][0])


async def test_thirty_families_come_in_once_the_three_bad_rows_are_mended(
    village: Village, minh: Person, lan: Person, tmp_path: Path
) -> None:
    ended = await bring_in(village, tmp_path, with_three_bad_rows(), "--cards", "cards.pdf")
    assert ended.code == 1
    assert all(f"line {line}" in ended.said for line in (6, 13, 22))
    assert "Nothing was saved" in ended.said
    assert "Nguyễn" not in ended.said
    assert await families(village) == 0

    ended = await bring_in(village, tmp_path, good_rows(), "--dry-run")
    assert (ended.code, await families(village)) == (0, 0), ended.said
    assert "child_name: “Họ tên trẻ”" in ended.said
    assert "not read: “Ghi chú”" in ended.said
    assert "30 families" in ended.said

    ended = await bring_in(village, tmp_path, good_rows(), "--cards", "cards.pdf", "--list", "list.pdf")
    assert (ended.code, await families(village)) == (0, 30), ended.said
    assert await village.rows("SELECT id FROM consents") == []
    cards = Paper((tmp_path / "cards.pdf").read_bytes())
    assert (cards.pages, len(cards.codes())) == (4, 8)

    ended = await bring_in(village, tmp_path, good_rows(), "--list", "again.pdf")
    assert (ended.code, await families(village)) == (0, 30), ended.said
    assert "line 2, 3, 4" in ended.said
    await one_mother_types_her_code(village, lan, Paper((tmp_path / "list.pdf").read_bytes()))
    assert minh.name in ended.said


async def one_mother_types_her_code(village: Village, lan: Person, paper: Paper) -> None:
    found = CODE.search(paper.words())
    assert found is not None, paper.words()
    code = found.group().replace(" ", "")
    await lan.starts()
    assert await lan.types("K7QM-3F9D") == lan.words("claim.paper_code_wrong", tries_left=4)
    await village.pass_time(days=29)
    assert await lan.types(code.lower().replace("-", " ")) == lan.as_mother.words("form.joining.language")
    assert "Nguyễn Văn Aa" in await join(lan)


async def test_whoever_has_no_right_there_brings_nobody_in(village: Village, minh: Person, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text(register(*good_rows()[:2]), encoding="utf-8")
    settings = surroundings(village.simulator.base_url, CRADLE_DATABASE_URL=str(village.settings.database_url))
    for who, words in ((("--by", "Hùng"), "Nobody who may enrol there"), (("--by", minh.name), "No facility")):
        place = STATION if who[1] == "Hùng" else "Trạm Y tế Không Có"
        ended = await cradle(
            *("families", "import", str(file), "--facility", place, *who, "--language", "vi", "--list", "list.pdf"),
            at=tmp_path,
            settings=settings,
        )
        assert (ended.code, words in ended.said) == (1, True), ended.said
    ended = await cradle(
        *("families", "import", str(file), "--facility", STATION, "--by", minh.name), at=tmp_path, settings=settings
    )
    assert ended.code == 2
    assert await families(village) == 0
