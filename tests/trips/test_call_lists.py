"""Families whom no message reaches: on Minh's list, on Hoa's paper, and off both when their reason is gone."""

from datetime import date

from domain.people import ActorRole
from domain.tasks import TaskOutcome
from tests.trips.journeys import Beginning, are_with_us
from tests.trips.letters import at_home
from tests.trips.traces import paper_of, words_on
from tests.trips.village import Person, Village

BORN = "5/10/2026"
SESSION, THREE_BEFORE = date(2026, 12, 5), date(2026, 12, 2)


async def unreached(village: Village, minh: Person, lan: Person) -> None:
    """Lan blocked the bot; three days before the session nobody else reads for An."""
    await are_with_us(minh, lan, Beginning(BORN, phone="+84912345678"))
    await lan.blocks()
    await village.pass_time(to=at_home(THREE_BEFORE, "09:00"))


async def test_minh_is_asked_to_tell_lan_of_the_day_and_never_why(village: Village, minh: Person, lan: Person) -> None:
    await unreached(village, minh, lan)
    assert minh.words("families.action.remind_visit") in await minh.presses("menu.families")
    page = await minh.taps("☎️ 1")
    assert minh.words("call_list.tell_day", on=SESSION, where="Trạm Y tế Suối Mơ", hours="07:30-10:30") in page
    assert "912" in page
    for code in ("penta", "opv", "bcg"):
        assert minh.words(f"vaccine.{code}.short") not in page
    await minh.taps(f"tasks.choice.{TaskOutcome.REACHED}")
    assert minh.words("families.action.remind_visit") not in await minh.presses("menu.families")


async def test_hoa_prints_whom_to_call_and_a_stranger_never(
    village: Village, minh: Person, lan: Person, binh: Person
) -> None:
    hoa = await village.actor("Hoa", ActorRole.HEALTH_WORKER)
    await unreached(village, minh, lan)
    await hoa.presses("menu.session")
    assert hoa.words("call_list.caption", on=SESSION, count=1) == await hoa.taps("call_list.choice.print")
    printed = words_on(await paper_of(hoa))
    assert "An" in printed
    assert "912" in printed
    assert "PENTA" not in printed.upper()

    await binh.types("/start")
    other = await village.actor("Mai", ActorRole.HEALTH_WORKER, communes=("Đảo Sao",))
    for stranger in (minh, binh, other):
        assert stranger.words("refused") == await stranger.forges("v1:call_list:1")


async def test_when_lan_is_back_nobody_has_to_call(village: Village, minh: Person, lan: Person) -> None:
    await unreached(village, minh, lan)
    await lan.unblocks()
    assert minh.words("families.action.remind_visit") not in await minh.presses("menu.families")
