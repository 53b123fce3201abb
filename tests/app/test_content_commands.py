"""`cradle content …` as editors, clinicians and translators use it, on a shelf of three messages."""

import asyncio
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from app.clock import SystemClock
from app.command_line import program
from content.approvals import load_approvals
from content.library import ROOT
from storage.engine import open_database
from tests.content.shelf import MESSAGES, TODAY, TWO_WEEKS, VI, Shelf, small_shelf
from tests.fakes.databases import migrated_sqlite
from tests.storage.village import NOW, add_caregiver, settle

__all__ = ["migrated_sqlite"]

SKIN, HELP, DANGER = "breastfeeding.week01.skin", "breastfeeding.week02.help", "breastfeeding.week02.danger"
HOA = "BS Nguyễn Thị Hoa"
PLAN = f"{TWO_WEEKS}longest_gaps: {{before_12_months: 400, before_24_months: 400, later: 400}}\n"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The commands work on this shelf; it is 22 November, and a terminal of 100 columns."""
    shelf = small_shelf(tmp_path / "shelf")
    shutil.copy(ROOT / "content" / "interface" / "review.yaml", shelf.root / "content" / "interface")
    shelf.update()
    monkeypatch.setattr("content.library.ROOT", shelf.root)
    monkeypatch.setattr(SystemClock, "today", lambda: TODAY)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return shelf


@pytest.fixture
def revision(shelf: Shelf) -> Shelf:
    """The shelf is kept by git as it is."""
    for words in (
        ("init", "-q"),
        ("add", "."),
        ("-c", "user.name=Hoa", "-c", "user.email=hoa@example.org", "commit", "-qm", "As it is"),
    ):
        subprocess.run(("git", "-C", str(shelf.root), *words), check=True)
    return shelf


def asked(*words: str) -> Result:
    return CliRunner().invoke(program, ["content", *words])


def plain(result: Result) -> str:
    """What was said, tables and all, on one line."""
    return " ".join("".join(" " if sign in "│┃━┏┓┡┩╭╮╰╯─" else sign for sign in result.output).split())


def test_findings_are_told_to_a_program_too(shelf: Shelf) -> None:
    shelf.spoil(VI, "Gọi {{ emergency_phone }}", "Gọi 115")
    (found,) = [one for one in json.loads(asked("check", "--json").stdout) if "placeholders" in one["problem"]]
    assert found["file"] == VI
    assert asked("check", "--json").exit_code == 1
    assert f"{DANGER}: The placeholders differ" in asked("check").output


@pytest.mark.parametrize("columns", ["80", "120"])
def test_a_message_is_shown_whole(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shelf.spoil(
        MESSAGES,
        "review_by: 2027-11-22\n    note",
        "review_by: 2027-11-22\n    ask: do\n    doubt: Is it so?\n    note",
    )
    assert asked("approve", SKIN, "--language", "zh", "--clinician", "华医生").exit_code == 0
    done = asked("show", SKIN)
    for words in (
        "week 1 of life (days 0 to 6)",
        "1, essential",
        "replacement_feeding",
        "adequate nutrition",
        "Breastfeeding (WHO, 2023; knowledge)",
        "Is it so?",
        "The first message a family gets.",
        "2027-11-22",
    ):
        assert words in plain(done)
    assert "da kề da" in plain(done)
    assert "肌肤相贴" in plain(done)
    assert "letters; draft, nobody" in plain(done)
    assert "approved by 华医生" in plain(done)
    assert "on 22 Nov 2026" in plain(done)
    assert max(len(line) for line in done.output.splitlines()) <= int(columns)


def test_a_key_that_is_not_there_is_answered_with_the_nearest(shelf: Shelf) -> None:
    done = asked("show", "breastfeeding.week1.skn")
    assert (done.exit_code, SKIN in done.output) == (2, True)
    assert HELP in asked("show", "help").output
    assert asked("show", "").exit_code == 2


def test_who_reads_sees_her_next_days(shelf: Shelf) -> None:
    done = asked("preview", "--child-age", "0", "--role", "father", "--tier", "some", "--name", "Bé Na")
    told = plain(done)
    assert "father, Tiếng Việt, some: 22 Nov 2026 to 21 Dec 2026" in told
    assert "+0, Sun 22 Nov 2026: day 0 of life, week 1" in told
    assert "Bố ôm Bé Na da kề da nhé." in told
    assert told.index(SKIN) < told.index(DANGER) < told.index(HELP)
    assert HELP not in plain(asked("preview", "--child-age", "0", "--role", "father", "--tier", "few"))


def test_a_preview_for_a_document_is_markdown(shelf: Shelf) -> None:
    done = asked("preview", "--child-age", "0", "--language", "en", "--name", "*An*", "--days", "3", "--markdown")
    assert done.output.startswith("# mother, English, all: 22 Nov 2026 to 24 Nov 2026\n")
    assert "> Hold \\*An\\* skin to skin.  \n> **Offer the breast 8 to 12 times.**\n" in done.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Say how old the child is"),
        (("--child-age", "3", "--language", "xx"), "not in content/languages.yaml"),
        (("--child-age", "-1"), "--child-age"),
        (("--child-age", "3", "--track", "triplets"), "triplets"),
    ],
)
def test_a_preview_of_nobody_is_refused(shelf: Shelf, words: tuple[str, ...], told: str) -> None:
    done = asked("preview", *words)
    assert (done.exit_code, told in done.output) == (2, True), done.output


def test_days_without_a_message_are_said_to_be_so(shelf: Shelf) -> None:
    assert "Nothing begins in these days." in asked("preview", "--child-age", "900").output
    assert "Nothing begins in these days." in asked("preview", "--pregnancy-week", "20", "--markdown").output


@pytest.mark.parametrize("columns", ["80", "100", "120"])
def test_figures_fit_the_paper(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    shelf.write("content/matrix.yaml", PLAN)
    monkeypatch.setenv("COLUMNS", columns)
    done = asked("stats")
    told = plain(done)
    assert "breastfeeding 2/3" in told
    assert "illness 0/1" in told
    assert "in the matrix 2 2 2 2" in told
    assert "vi 3 3 0 0" in told
    assert max(len(line) for line in done.output.splitlines()) <= min(int(columns), 100)


def test_figures_of_the_real_catalogue_fit_a_hundred_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (80, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        done = asked("stats")
        assert "…" not in done.output
        assert max(len(line) for line in done.output.splitlines()) <= columns


def test_figures_are_told_to_a_program(shelf: Shelf) -> None:
    shelf.write("content/matrix.yaml", PLAN)
    told = json.loads(asked("stats", "--json").stdout)
    cell = told["matrix"]["breastfeeding"]["the first two weeks"]
    assert cell == {"planned": 3, "there": 2, "written": {"vi": 2, "zh": 2, "en": 2}}
    assert told["tiers"] == {"1": 2, "2": 1}
    assert told["languages"]["vi"]["drafts"] == 3


def test_another_language_gets_its_place_once(shelf: Shelf) -> None:
    done = asked("languages", "add", "tyz")
    assert "Made: locales/tyz/LC_MESSAGES/content.po" in done.output
    again, unknown = asked("languages", "add", "tyz"), asked("languages", "add", "xx")
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    assert (unknown.exit_code, "  - tag: xx" in unknown.output) == (2, True)


def exported(*words: str, file: str = "sheet.xlsx", language: str = "vi") -> Path:
    done = asked("export", "--language", language, *words, file)
    assert done.exit_code == 0, done.output
    return Path(file)


def test_a_sheet_goes_out_comes_back_and_counts(shelf: Shelf) -> None:
    file = exported()
    book = load_workbook(file)
    page = book["Batch 1"]
    assert [page.cell(row, 1).value for row in (3, 4, 5)] == [SKIN, HELP, DANGER]
    page["I3"], page["H5"], page["J4"] = "có", "{{ child }} bỏ bú? Gọi {{ emergency_phone }}.", "Ai hỏi?"
    page["I4"] = "maybe"
    book.save(file)
    dry = asked("import", str(file), "--clinician", HOA, "--dry-run")
    assert "Would be kept for vi: 1 changed texts, 1 approvals." in dry.output
    assert load_approvals(shelf.root).entries == ()
    done = asked("import", str(file), "--clinician", HOA)
    assert done.exit_code == 1
    assert f"Batch 1, line 4, {HELP}: “maybe” is neither yes nor no." in done.output
    assert f"Batch 1, line 4, {HELP}: Ai hỏi?" in done.output
    assert "Kept for vi: 1 changed texts, 1 approvals." in done.output
    assert [(one.key, one.clinician, one.approved_on) for one in load_approvals(shelf.root).entries] == [
        (SKIN, HOA, TODAY)
    ]
    assert "bỏ bú?" in shelf.read(VI)
    assert "Nothing changes." in asked("import", str(file), "--clinician", HOA).output


def test_a_gettext_file_goes_out_and_comes_back(shelf: Shelf) -> None:
    file = exported(file="sheet.po")
    file.write_text(file.read_text("utf-8").replace("# approved:", "# approved: yes"), encoding="utf-8")
    done = asked("import", str(file), "--clinician", HOA)
    assert (done.exit_code, "0 changed texts, 3 approvals" in done.output) == (0, True)


def test_what_is_approved_may_be_left_out(shelf: Shelf) -> None:
    asked("approve", SKIN, "--language", "vi", "--clinician", HOA)
    done = asked("export", "--language", "vi", "--draft-only", "sheet.xlsx")
    assert "2 texts in batch 1." in done.output
    for key in (HELP, DANGER):
        asked("approve", key, "--language", "vi", "--clinician", HOA)
    done = asked("export", "--language", "vi", "--draft-only", "other.xlsx")
    assert ("Nothing is left" in done.output, Path("other.xlsx").exists()) == (True, False)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--language", "xx", "a.xlsx"), "not in content/languages.yaml"),
        (("--language", "tyz", "a.xlsx"), "cradle content languages add tyz"),
        (("--language", "vi", "a.csv"), "must end in .xlsx or .po"),
        (("--language", "vi", "--topic", "sleeping", "a.xlsx"), "There are: breastfeeding."),
        (("--language", "vi", "nowhere/a.xlsx"), "Nothing can be written"),
        (("--language", "vi", "--batch", "7", "a.xlsx"), "Nothing is left"),
    ],
)
def test_what_cannot_be_exported_is_told(shelf: Shelf, words: tuple[str, ...], told: str) -> None:
    done = asked("export", *words)
    assert told in done.output
    assert not Path("a.xlsx").exists()


@pytest.mark.parametrize("raw", [b"", b"not a workbook", b"PK\x03\x04"])
def test_a_file_that_is_no_sheet_changes_nothing(shelf: Shelf, raw: bytes) -> None:
    Path("back.xlsx").write_bytes(raw)
    done = asked("import", "back.xlsx", "--clinician", HOA)
    assert (done.exit_code, "the file: " in done.output) == (1, True)


def test_an_approval_names_its_clinician_and_a_message_that_is_there(shelf: Shelf) -> None:
    assert asked("approve", SKIN, "--language", "vi", "--clinician", "  ").exit_code == 2
    assert asked("approve", "breastfeeding.gone", "--language", "vi", "--clinician", HOA).exit_code == 2
    assert load_approvals(shelf.root).entries == ()


def test_one_message_is_approved_and_taken_back(shelf: Shelf) -> None:
    done = asked("approve", DANGER, "--language", "vi", "--clinician", f" {HOA} ")
    assert "không bú? Gọi {{ emergency_phone }}" in done.output
    assert [one.clinician for one in load_approvals(shelf.root).entries] == [HOA]
    assert asked("revoke", DANGER, "--language", "vi").exit_code == 0
    assert load_approvals(shelf.root).entries == ()
    again = asked("revoke", DANGER, "--language", "vi")
    assert (again.exit_code, "Nobody has approved" in again.output) == (1, True)


def test_what_breaks_the_rules_is_not_approved(shelf: Shelf) -> None:
    shelf.spoil(VI, "không bú?", "khát? Cho bé uống nước.")
    done = asked("approve", DANGER, "--language", "vi", "--clinician", HOA)
    assert (done.exit_code, "WATER_U6M" in done.output) == (1, True)
    assert load_approvals(shelf.root).entries == ()


def test_without_a_database_the_differences_are_told_all_the_same(
    revision: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CRADLE_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")
    assert "No message differs from HEAD." in asked("diff", "HEAD").output
    revision.spoil(VI, "không bú?", "bỏ bú?")
    revision.spoil(MESSAGES, "from: 0 days, to: 7 days", "from: 0 days, to: 9 days")
    told = plain(asked("diff", "HEAD", "--words"))
    assert f"~ {DANGER} vi" in told
    assert "window: birth 0–6 → birth 0–8" in told
    assert "- {{ child }} không bú?" in told
    assert "Messages: 0 added, 0 removed, 2 changed." in told
    assert "There is no database yet" in told
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("name", ["nonsense", "--output=x", "HEAD:content"])
def test_a_revision_that_is_none_is_told(revision: Shelf, name: str) -> None:
    done = asked("diff", "--", name)
    assert (done.exit_code, "does not give the content" in done.output) == (2, True), done.output


def test_a_folder_without_git_is_told(shelf: Shelf) -> None:
    done = asked("diff", "HEAD")
    assert (done.exit_code, "does not give the content" in done.output) == (2, True)


async def _settle(url: str) -> None:
    database = open_database(url)
    await settle(database)
    await database.close()


@pytest.mark.parametrize(("born_ago", "families"), [(4, 1), (6, 1), (7, 0), (52, 0)])
def test_families_of_a_touched_age_are_counted(  # noqa: PLR0917 - fixtures
    revision: Shelf,
    migrated_sqlite: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    born_ago: int,
    families: int,
) -> None:
    url = f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}"
    asyncio.run(_settle(url))
    monkeypatch.setenv("CRADLE_DATABASE_URL", url)
    an_was_born = date(2026, 10, 1).toordinal()
    monkeypatch.setattr(SystemClock, "today", lambda: date.fromordinal(an_was_born + born_ago))
    revision.spoil(VI, "{{ You }} ôm", "{{ You }} hãy ôm")
    done = asked("diff", "HEAD")
    assert done.output.rstrip().endswith(f"of an age that is touched today: {families}."), done.output


def test_content_that_cannot_be_loaded_is_told_by_every_command(shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "tier: 2", "tier: 7")
    for words in (("show", SKIN), ("stats",), ("export", "--language", "vi", "a.xlsx"), ("diff", "HEAD")):
        done = asked(*words)
        assert (done.exit_code, "the tier must be 1, 2 or 3" in done.output) == (1, True), words


async def _mark(url: str) -> None:
    """Lan says that one did not help, that another did, and keeps it; a father who reads Chinese is wrong about one."""
    database = open_database(url)
    village = await settle(database)
    async with database.begin() as uow:
        tuan = await add_caregiver(uow, village)
        await uow.families.change_caregiver(tuan, language="zh")
        await uow.message_marks.vote(village.lan, HELP, helpful=True, at=NOW)
        await uow.message_marks.keep(village.lan, HELP, NOW)
        await uow.message_marks.vote(village.lan, SKIN, helpful=False, at=NOW)
        await uow.message_marks.vote(tuan, SKIN, helpful=True, at=NOW)
        await uow.message_marks.answer(tuan, "sleep.week09.gone_since", 1, NOW)
    await database.close()


@pytest.fixture
def marked(shelf: Shelf, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shelf:
    url = f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}"
    asyncio.run(_mark(url))
    monkeypatch.setenv("CRADLE_DATABASE_URL", url)
    return shelf


@pytest.mark.usefixtures("marked")
def test_editors_see_first_what_did_not_help() -> None:
    lines = asked("votes").output.splitlines()
    assert [line.split() for line in lines[1:]] == [
        [SKIN, "vi", "0", "1", "0"],
        ["sleep.week09.gone_since", "zh", "0", "0", "0", "0", "of", "1"],
        [SKIN, "zh", "1", "0", "0"],
        [HELP, "vi", "1", "0", "1"],
    ]


@pytest.mark.usefixtures("marked")
def test_editors_ask_of_one_message_in_one_language() -> None:
    (one,) = json.loads(asked("votes", SKIN, "--language", "vi", "--json").output)
    quiz = {"answered": 0, "right": 0}
    assert one == {"key": SKIN, "language": "vi", "helpful": 0, "not_helpful": 1, "kept": 0, "quiz": quiz}
    assert "Of no message have 2 readers spoken yet." in asked("votes", "--least", "2").output
    assert "Nobody has spoken of a message yet." in asked("votes", DANGER).output


@pytest.mark.usefixtures("shelf")
def test_votes_without_a_database_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CRADLE_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")
    assert "There is no database yet" in str(asked("votes").exception)
    assert not (tmp_path / "none.db").exists()
