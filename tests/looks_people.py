"""The second half of `make looks`: people as they are, chapter by chapter, on a phone and on a desk."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from playwright.async_api import Browser

from tests.browser.chromium import MISSING, find_chromium, running_chromium
from tests.chapters import (
    after_visits,
    at_birth,
    at_enrolment_history,
    at_home,
    at_work,
    in_grief,
    of_oneself,
    of_reading,
    of_visits,
    on_paper,
    on_the_day,
)
from tests.chapters.scene import Scene
from tests.fakes.databases import migrate_at
from tests.looks import FOLDER, NAMES, Camera, open_windows
from tests.trips.village import ROOT, open_village

SIZES = {360: 740, 412: 892, 1280: 900}
CHAPTERS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "home": at_home.play,
    "grief": in_grief.play,
    "birth": at_birth.play,
    "oneself": of_oneself.play,
    "work": at_work.play,
    "paper": on_paper.play,
    "history": at_enrolment_history.play,
    "visits": of_visits.play,
    "day": on_the_day.play,
    "after": after_visits.play,
    "read": of_reading.play,
}


async def _play(browser: Browser, language: str, chapter: str, folder: Path) -> None:
    own = folder / f"{language}-{chapter}"
    own.mkdir()
    database = shutil.copy(folder / "migrated.db", own / "cradle.db")
    async with open_village(f"sqlite+aiosqlite:///{database}", own) as village:
        address = village.simulator.base_url
        async with open_windows(browser, address, language, sizes=SIZES, schemes=("light",)) as windows:
            await CHAPTERS[chapter](Scene(village, Camera(village, language, windows)))


async def _play_all(program: str, languages: Sequence[str], chapters: Sequence[str], folder: Path) -> None:
    async with running_chromium(program) as browser:
        for language in languages:
            for chapter in chapters:
                await _play(browser, language, chapter, folder)


def main(wanted: Sequence[str]) -> int:
    """Write the pictures of these languages and chapters, or of all."""
    program = find_chromium()
    if program is None:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    languages = [one for one in NAMES if one in wanted] or list(NAMES)
    chapters = [one for one in CHAPTERS if one in wanted] or list(CHAPTERS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        migrate_at(f"sqlite+aiosqlite:///{Path(name) / 'migrated.db'}")
        asyncio.run(_play_all(program, languages, chapters, Path(name)))
    sys.stdout.write(f"The pictures are in {FOLDER.relative_to(ROOT)}/\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
