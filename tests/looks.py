"""`make looks`: a short life on the page of phones, photographed at three widths, light and dark, in each language."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Browser, Page

from domain.people import ActorRole
from tests.browser.cast import add_person, add_worker
from tests.browser.chromium import MISSING, find_chromium, running_chromium
from tests.fakes.databases import migrate_at
from tests.trips.village import ROOT, Person, Village, open_village, words_of

FOLDER = ROOT / "var" / "looks"
SIZES = {390: 844, 820: 1180, 1440: 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CAUGHT_UP = """async (rev) => {
  const { state } = await import("/page/js/state.js");
  return state().rev >= rev && [...document.images].every((image) => image.complete);
}"""
NAMES = {
    "vi": ("Tiếng Việt", {"minh": "Minh", "lan": "Lan", "hoa": "Hoa", "binh": "Bình"}),
    "zh": ("中文", {"minh": "小敏", "lan": "兰", "hoa": "华", "binh": "平"}),
    "en": ("English", {"minh": "Minh", "lan": "Lan", "hoa": "Hoa", "binh": "Binh"}),
}
LABELS = {
    "vi": ("Cộng tác viên", "Mẹ", "Điều dưỡng", "Người lạ"),
    "zh": ("志愿者", "妈妈", "护士", "陌生人"),
    "en": ("Volunteer", "Mother", "Nurse", "Stranger"),
}


@dataclass(frozen=True)
class Window:
    """One visitor's window onto the page."""

    page: Page
    width: int
    scheme: str


@dataclass(frozen=True)
class Camera:
    """Photographs the page in every window, and writes down the chats."""

    village: Village
    language: str
    windows: Sequence[Window]

    async def takes(self, scene: str, person: Person, *, at: str = "") -> None:
        """A picture with this person's phone in view; `at`: with the message that holds these words at the top."""
        await self.village.settled()
        rev = (await self.village.stage.state())["rev"]
        for window in self.windows:
            await window.page.wait_for_function(CAUGHT_UP, arg=rev)
            await _point(window, person, person.words(at) if at else "")
            path = FOLDER / f"{self.language}-{scene}-{window.width}-{window.scheme}.png"
            await window.page.screenshot(path=path, animations="disabled")
        sys.stdout.write(f"{self.language}-{scene}: {len(self.windows)} pictures\n")

    async def writes_down(self, person: Person, *, scene: str = "") -> None:
        """Her whole chat as text, with its buttons and keys."""
        phone = await self.village.stage.phone(person.phone)
        keys = [" | ".join(key["text"] for key in row) for row in (phone["keyboard"] or {"keyboard": []})["keyboard"]]
        blocks = [_written(message) for message in phone["messages"] if not message["deleted"]]
        path = FOLDER / f"{'-'.join(filter(None, (self.language, scene, person.name)))}.txt"
        path.write_text("\n\n".join([*blocks, "KEYS", *keys]) + "\n", encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


@dataclass(frozen=True)
class Life:
    """Minh, Lan, Hoa and a stranger in one language, before the camera."""

    village: Village
    camera: Camera
    minh: Person
    lan: Person
    hoa: Person
    binh: Person

    async def play(self) -> None:
        await self.enrol()
        await self.join()
        await self.ask()
        await self.enrol_a_pregnancy()
        await self.be_reminded()
        await self.vaccinate()
        await self.be_unreachable()
        await self.ask_as_a_stranger()
        for person in (self.minh, self.lan, self.hoa, self.binh):
            await self.camera.writes_down(person)

    async def enrol(self) -> None:
        """Minh enrols a child of seven weeks, with a day that does not exist on the way."""
        minh = self.minh
        await self.camera.takes("01-welcome", minh)
        await minh.presses("menu.enrol")
        await self.camera.takes("02-first-question", minh)
        await _answer(minh, "choice.role.mother", NAMES[minh.language][0])
        await minh.types("0912 345 678")
        await _answer(minh, "choice.stage.born", "choice.number.1")
        await minh.types("31/2")
        await self.camera.takes("03-no-such-day", minh)
        await minh.types("5/10/2026")
        await minh.types("An")
        await _answer(minh, "choice.sex.female")
        await minh.types("3.2")
        await minh.types("39")
        await self.camera.takes("04-summary", minh)
        await minh.taps("choice.save")
        await self.camera.takes("05-picture", minh)

    async def join(self) -> None:
        lan = self.lan
        await lan.scans(self.minh)
        await self.camera.takes("06-hello", lan)
        await lan.taps(NAMES[lan.language][0])
        await self.camera.takes("07-consent", lan)
        await lan.taps("choice.yes")
        await lan.taps("choice.yes")
        await self.camera.takes("08-hour", lan)
        await _answer(lan, "19:00", "choice.amount.3")
        await self.camera.takes("09-joined", lan)

    async def ask(self) -> None:
        """Lan tries every key of hers."""
        lan = self.lan
        await lan.presses("menu.child")
        await lan.presses("menu.tip")
        await self.camera.takes("10-child-and-tip", lan)
        await lan.presses("menu.settings")
        await self.camera.takes("11-settings", lan)
        await lan.taps("settings.choice.hour")
        await lan.taps("18:00")
        await lan.presses("menu.known")
        await self.camera.takes("12-known", lan)
        await lan.presses("menu.stop")
        await self.camera.takes("13-stop", lan)
        await lan.taps("stop.choice.no")

    async def enrol_a_pregnancy(self) -> None:
        minh = self.minh
        await minh.presses("menu.enrol")
        await _answer(minh, "choice.role.father", NAMES[minh.language][0], "choice.skip", "choice.stage.pregnant")
        await minh.types("15/3/2027")
        await self.camera.takes("14-pregnancy", minh)
        await minh.taps("choice.save")
        await minh.presses("menu.families")
        await self.camera.takes("15-families", minh)

    async def be_reminded(self) -> None:
        lan = self.lan
        await self.village.pass_time(days=7)
        await self.camera.takes("16-week", lan)
        await self.hoa.presses("menu.session")
        await self.camera.takes("17-before-the-day", self.hoa)
        await lan.taps("visit.choice.coming")
        await self.camera.takes("18-coming", lan)
        await self.village.pass_time(to="2026-12-05T01:00:00Z")
        await self.camera.takes("19-evening-before", lan)

    async def vaccinate(self) -> None:
        hoa = self.hoa
        await hoa.presses("menu.session")
        await self.camera.takes("20-the-day", hoa)
        await hoa.taps("✅ An")
        await self.camera.takes("21-recorded", hoa)
        await self.lan.presses("menu.child")
        await self.lan.presses("menu.known")
        await self.camera.takes("22-after-the-visit", self.lan)

    async def be_unreachable(self) -> None:
        await self.lan.blocks()
        await self.village.pass_time(days=4)
        await self.minh.presses("menu.families")
        await self.camera.takes("23-unreachable", self.minh)
        await self.lan.unblocks()
        await self.camera.takes("24-back-again", self.lan)

    async def ask_as_a_stranger(self) -> None:
        binh = self.binh
        await binh.types("/start")
        await self.camera.takes("25-stranger", binh)
        await binh.taps("public.choice.danger")
        await self.camera.takes("26-danger", binh)
        await binh.types("Bé bị sốt")
        await self.camera.takes("27-nobody-reads", binh)


async def _answer(person: Person, *labels: str) -> None:
    for label in labels:
        await person.taps(label)


async def _point(window: Window, person: Person, words: str) -> None:
    phone = window.page.locator(f'[data-phone-id="{person.phone}"]')
    await phone.evaluate("element => element.scrollIntoView({ inline: 'center', block: 'nearest' })")
    if words:
        bubble = phone.locator("[data-message-id]").filter(has_text=words).last
        await bubble.evaluate("element => element.scrollIntoView({ block: 'start' })")


def _written(message: dict[str, Any]) -> str:
    lines = [
        ("BOT" if message["outgoing"] else "SHE") + (" (picture)" if "photo" in message else ""),
        words_of(message),
    ]
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    lines += [" ".join(f"[{button['text']}]" for button in row) for row in rows]
    return "\n".join(lines)


@asynccontextmanager
async def open_windows(
    browser: Browser,
    address: str,
    language: str,
    *,
    sizes: Mapping[int, int],
    schemes: Sequence[Literal["light", "dark"]] = SCHEMES,
) -> AsyncIterator[list[Window]]:
    """The page of phones in windows of these sizes, each width with its height."""
    async with AsyncExitStack() as stack:
        windows = []
        for width, height in sizes.items():
            for scheme in schemes:
                page = await browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                )
                stack.push_async_callback(page.close)
                await page.goto(f"{address}/?lang={language}")
                windows.append(Window(page, width, scheme))
        yield windows


async def _look(browser: Browser, language: str, database: Path, folder: Path) -> None:
    own = folder / language
    own.mkdir()
    url = f"sqlite+aiosqlite:///{shutil.copy(database, own / 'cradle.db')}"
    async with open_village(url, own) as village:
        names, labels = NAMES[language][1], LABELS[language]
        minh = await add_worker(village, names["minh"], labels[0], ActorRole.VOLUNTEER, language=language)
        lan = await add_person(village, names["lan"], labels[1], language=language)
        hoa = await add_worker(village, names["hoa"], labels[2], ActorRole.HEALTH_WORKER, language=language)
        binh = await add_person(village, names["binh"], labels[3], language=language)
        async with open_windows(browser, village.simulator.base_url, language, sizes=SIZES) as windows:
            await Life(village, Camera(village, language, windows), minh, lan, hoa, binh).play()


async def _look_at_all(program: str, languages: Sequence[str], database: Path, folder: Path) -> None:
    async with running_chromium(program) as browser:
        for language in languages:
            await _look(browser, language, database, folder)


def main(languages: Sequence[str]) -> int:
    """Write the pictures of these languages, or of all."""
    program = find_chromium()
    if program is None:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        migrate_at(f"sqlite+aiosqlite:///{folder / 'migrated.db'}")
        asyncio.run(_look_at_all(program, languages or tuple(NAMES), folder / "migrated.db", folder))
    sys.stdout.write(f"The pictures are in {FOLDER.relative_to(ROOT)}/\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
