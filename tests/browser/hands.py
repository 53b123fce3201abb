"""What people do with the page of phones: they look, tap, type, point the camera, and let time pass."""

import re
from dataclasses import dataclass, replace

from playwright.async_api import Locator, Page, expect

from tests.trips.village import Person


@dataclass(frozen=True)
class Hand:
    """Somebody's hand on her phone; words are given by their key or as they stand."""

    page: Page
    owner: Person

    @property
    def as_mother(self) -> "Hand":
        """She is addressed as a mother from the moment she claimed her invite."""
        return replace(self, owner=self.owner.as_mother)

    @property
    def phone(self) -> Locator:
        return self.page.locator(f'[data-phone-id="{self.owner.phone}"]')

    @property
    def picture(self) -> Locator:
        return self.phone.get_by_test_id("photo").last

    @property
    def tab(self) -> Locator:
        return self.page.locator(f'[data-tab="{self.owner.phone}"]')

    @property
    def keys(self) -> Locator:
        return self.phone.get_by_test_id("key")

    @property
    def bubbles(self) -> Locator:
        """What the bot wrote to her."""
        return self.phone.locator(".message.bot")

    def says(self, words: str) -> str:
        """The first line of a text, as it stands on the screen."""
        return re.sub("<[^>]+>", "", self.owner.words(words)).split("\n")[0]

    def button(self, label: str) -> Locator:
        """The newest button under a message with this label."""
        return self.phone.get_by_test_id("inline-button").filter(has_text=self.says(label)).last

    def bubble(self, words: str) -> Locator:
        """The newest message of the bot that holds these words."""
        return self.bubbles.filter(has_text=self.says(words)).last

    async def reads(self, words: str) -> None:
        await expect(self.bubble(words)).to_be_visible()

    async def taps(self, label: str, *, reads: str) -> None:
        await self.button(label).click()
        await self.reads(reads)

    async def presses(self, key: str, *, reads: str) -> None:
        await self.keys.filter(has_text=self.says(key)).click()
        await self.reads(reads)

    async def types(self, words: str, *, reads: str) -> None:
        await self.phone.get_by_test_id("compose").fill(words)
        await self.phone.get_by_test_id("send").click()
        await self.reads(reads)

    async def scans(self, other: "Hand") -> None:
        """Her camera is pointed at the newest picture on somebody's screen."""
        await self.phone.get_by_test_id("scan").click()
        await other.picture.click()


@dataclass(frozen=True)
class ClockOfThePage:
    """The clock above the phones."""

    page: Page

    @property
    def face(self) -> Locator:
        return self.page.get_by_test_id("clock-now")

    async def moves(self, button: str) -> None:
        """Press `move-day`, `move-week` …, and wait until the clock stands still again."""
        before = await self._now()
        await self.page.get_by_test_id(button).click()
        await self._stands_still(before)

    async def goes_to(self, wall: str) -> None:
        """Go to a day and hour, as the wall clock of the village shows it."""
        before = await self._now()
        await self.page.get_by_test_id("move-date").click()
        await self.page.get_by_test_id("move-date-input").fill(wall)
        await self.page.get_by_test_id("dialog-submit").click()
        await self._stands_still(before)

    async def _now(self) -> str:
        return await self.face.get_attribute("data-now") or ""

    async def _stands_still(self, before: str) -> None:
        await expect(self.face).not_to_have_attribute("data-now", before)
        await expect(self.face).to_have_attribute("data-moving", "false")
