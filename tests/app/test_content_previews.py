"""The months that are kept in docs/ are those that families read."""

from pathlib import Path

import pytest

from app.content_previews import MONTHS, ROLES, all_pages
from content.desk import Desk, load_desk
from content.library import ROOT

FOLDER = ROOT / "docs" / "previews"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return load_desk(ROOT)


def test_the_pages_in_docs_are_what_families_read_today(desk: Desk) -> None:
    stale = [name for name, page in all_pages(desk) if _kept(FOLDER / name) != page]
    assert stale == [], "run `make previews`"


def test_there_is_a_page_for_each_language_and_role_and_no_other(desk: Desk) -> None:
    kept = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")}
    assert kept == {f"{tag}/{role.value}.md" for tag in desk.tags for role in ROLES}


def test_each_month_of_a_page_has_messages(desk: Desk) -> None:
    for name, page in all_pages(desk):
        months = page.split("\n## Month ")[1:]
        assert [int(month.partition(",")[0]) for month in months] == list(MONTHS), name
        assert all(month.count("**Day ") >= 2 for month in months), name
        assert "{{" not in page, name


def _kept(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
