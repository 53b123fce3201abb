"""Debian's Chromium: where it is, and how it is started without calling home."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

MISSING = (
    "Chromium is not here, so nobody looked at the page of phones: "
    "install it with 'apt-get install chromium fonts-noto-cjk'."
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The program's path, or None when it is not installed."""
    return shutil.which("chromium")


@asynccontextmanager
async def running_chromium(program: str) -> AsyncIterator[Browser]:
    """A browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=QUIET)
        try:
            yield browser
        finally:
            await browser.close()
