"""Chromium drives the page of phones as a person does: an enrolment, a first month, a block, and a small screen."""

import re
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.browser.hands import ClockOfThePage, Hand
from tests.trips.journeys import enrol_and_join

pytestmark = [pytest.mark.browser]

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
QR_IS_DRAWN = "image => image.complete && image.naturalWidth > 100"


async def enrol(minh: Hand, *, born: str) -> None:
    """Minh enrols An by tapping; only the date and the name are typed."""
    await minh.presses("menu.enrol", reads="form.enrolment.role")
    await minh.taps("choice.role.mother", reads="form.enrolment.language")
    await minh.taps("Tiếng Việt", reads="form.enrolment.phone")
    await minh.taps("choice.skip", reads="form.enrolment.stage")
    await minh.taps("choice.stage.born", reads="form.enrolment.number")
    await minh.taps("choice.number.1", reads="form.enrolment.birth_date")
    await minh.types(born, reads="form.enrolment.name")
    await minh.types("An", reads="form.enrolment.sex")
    await minh.taps("choice.sex.female", reads="form.enrolment.weight")
    await minh.taps("choice.skip", reads="form.enrolment.gestation")
    await minh.button("choice.skip").click()
    await minh.button("choice.save").click()
    await expect(minh.picture).to_be_visible()


async def join(lan: Hand) -> None:
    """Lan agrees to both purposes, and chooses hour and amount."""
    await lan.taps("Tiếng Việt", reads="form.joining.consent_messages")
    await lan.taps("choice.yes", reads="form.joining.consent_file")
    await lan.taps("choice.yes", reads="form.joining.hour")
    await lan.taps("19:00", reads="form.joining.amount")
    await lan.taps("choice.amount.3", reads="Việc cần nhớ lúc này")
    await lan.reads("19:00")


async def test_minh_enrols_lan_and_the_first_month_comes_to_her_phone(
    page: Page, minh: Hand, lan: Hand, hoa: Hand
) -> None:
    clock = ClockOfThePage(page)
    await enrol(minh, born="5/10/2026")
    assert await minh.picture.locator("img").evaluate(QR_IS_DRAWN)

    await lan.scans(minh)
    lan = lan.as_mother
    await join(lan)
    await expect(lan.keys).to_have_count(8)
    joined = await lan.bubbles.count()

    await clock.moves("move-next")
    await expect(lan.bubbles).to_have_count(joined + 1)
    await clock.moves("move-week")
    await lan.taps("visit.choice.coming", reads="Cảm ơn mẹ")

    await clock.goes_to("2026-12-05T08:00")
    await hoa.presses("menu.session", reads="Trạm Y tế Suối Mơ")
    await hoa.taps("session.choice.one", reads="Bấm vào một tên")
    await hoa.taps("1 · An", reads="Sẽ ghi")
    await hoa.button("session.choice.record").click()
    await expect(hoa.button("session.choice.take_back")).to_be_visible()
    await lan.presses("menu.child", reads="thứ Ba, ngày 5 tháng 1")

    await clock.moves("move-day")
    await expect(clock.face).to_contain_text("6 December 2026")


async def test_lan_blocks_the_bot_and_comes_back(page: Page, minh: Hand, lan: Hand) -> None:
    await enrol_and_join(minh.owner, lan.owner)

    await lan.phone.get_by_test_id("block").click()
    await expect(lan.phone).to_have_class(re.compile("is-blocked"))
    await expect(lan.phone.get_by_test_id("compose")).to_be_hidden()

    await lan.phone.get_by_test_id("unblock").click()
    await lan.reads("menu.hello")
    await expect(lan.keys).to_have_count(8)


async def test_lan_joins_on_a_small_screen_where_tabs_lead_from_phone_to_phone(
    page: Page, minh: Hand, lan: Hand
) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await minh.tab.click()
    await enrol(minh, born="hôm qua")

    await lan.tab.click()
    await expect(lan.tab).to_have_attribute("aria-current", "true")
    await lan.phone.get_by_test_id("scan").click()
    await minh.tab.click()
    await minh.picture.click()

    await expect(lan.tab).to_have_attribute("aria-current", "true")
    await join(lan.as_mother)
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_axe_finds_no_barrier_on_the_page(page: Page, minh: Hand, lan: Hand) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright", reason="axe is not installed").Axe()
    await enrol_and_join(minh.owner, lan.owner)
    await expect(lan.keys).to_have_count(8)

    for width in (390, 1440):
        await page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            found = (await axe.run(page)).response
            assert found["passes"]
            barriers = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]
            assert barriers == [], f"{width} px, {scheme}"
