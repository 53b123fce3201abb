"""The day after a vaccination day: Lan is asked what became of it, and whatever she taps has its kind answer."""

from datetime import date

import pytest

from domain.people import ActorRole
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, told
from tests.trips.village import Json, Person, Village

# Suối Mơ vaccinates on the 5th and the 20th; two months after this birth is a vaccination day.
BORN = "5/10/2026"
ON, NEXT = date(2026, 12, 5), date(2026, 12, 20)
VACCINATED, TURNED = "missed.choice.vaccinated", "missed.choice.turned"
STAYED, UNWANTED = "missed.choice.stayed", "missed.choice.unwanted"


@pytest.fixture
async def asked(village: Village, minh: Person, hoa: Person, lan: Person) -> Person:
    """Lan on the evening of the day after; nobody at the station has written anything down."""
    assert hoa.village is village
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(date(2026, 12, 6), "20:30"))
    return lan


async def question(lan: Person, key: str = "missed.ask") -> Json:
    """The newest question, as it stands on her phone before she answers."""
    first_words = told(lan, key, on=ON, child="An", next="").split("\n")[0]
    return [one for one in await lan.messages() if one.get("text", "").startswith(first_words[:10])][-1]


async def doses(village: Village) -> list[str]:
    return [row[0] for row in await village.rows("SELECT source FROM vaccinations WHERE withdrawn_at IS NULL")]


async def open_tasks(village: Village) -> list[str]:
    rows = await village.rows("SELECT kind FROM tasks WHERE closed_at IS NULL ORDER BY id")
    return [row[0] for row in rows if row[0] in ("missed_visit", "call")]


async def test_turned_away_is_the_stations_failure_and_hoa_sees_it(
    village: Village, asked: Person, hoa: Person, minh: Person
) -> None:
    sorry = await asked.taps(TURNED)
    assert "20" in sorry
    assert await asked.taps("missed.turned.choice.too_many") == told(
        asked, "missed.answered.turned_why", next=told_next(asked)
    )
    assert await open_tasks(village) == []
    line = {"total": 1, "no_vaccine": 0, "postponed": 0, "too_many": 1, "not_said": 0}
    report = await hoa.forges("v1:turned_away")
    assert hoa.words("turned_away.line", facility="Trạm Y tế Suối Mơ", **line) in report
    assert hoa.words("turned_away.none", first=date(2026, 11, 1), last=date(2026, 11, 30)) == await hoa.taps(
        "turned_away.choice.earlier"
    )
    for stranger in (minh, asked):
        assert await stranger.forges("v1:turned_away") == stranger.words("refused")


async def test_lan_did_not_come_and_minh_calls_without_knowing_why(
    village: Village, asked: Person, minh: Person
) -> None:
    await asked.taps(STAYED)
    assert await asked.taps("missed.stayed.choice.afraid") == told(
        asked, "missed.answered.stayed_afraid", facility="Trạm Y tế Suối Mơ", next=told_next(asked)
    )
    assert await open_tasks(village) == ["missed_visit"]
    await village.pass_time(to=at_home(date(2026, 12, 7), "08:30"))  # no colleague is written to at night
    assert minh.words("missed.please_call") in await minh.reads()
    assert minh.words("families.action.missed_visit") in await minh.taps("menu.families")
    page = await minh.taps("☎️ 1")
    assert "20" in page
    for reason in ("tiêm", "sợ", "lo", "vắc-xin"):
        assert reason not in page.replace("Trạm Y tế", "")
    await minh.taps("tasks.choice.reached")
    assert await open_tasks(village) == []


async def test_her_word_that_an_was_vaccinated_counts_until_she_says_otherwise(village: Village, asked: Person) -> None:
    before = await question(asked)
    thanks = told(asked, "missed.answered.vaccinated", children=("An",))
    assert await asked.taps(VACCINATED) == thanks
    assert await asked.taps_in(before, VACCINATED) == thanks
    assert set(await doses(village)) == {"reported"}
    await asked.taps("missed.choice.change")
    await asked.taps(UNWANTED)
    assert await asked.reads() == told(asked, "missed.answered.unwanted", facility="Trạm Y tế Suối Mơ")
    assert (await doses(village), await open_tasks(village)) == ([], ["call"])

    await village.pass_time(to=at_home(date(2026, 12, 21), "21:00"))
    reminders = [words for words in await asked.has_read() if "Ngày: thứ Bảy, ngày 5 tháng 12" in words]
    assert len(reminders) == 2, reminders
    assert await asked.taps_in(before, VACCINATED) == thanks
    assert (set(await doses(village)), await open_tasks(village)) == ({"reported"}, [])


async def test_once_hoa_has_closed_the_session_she_is_missed_kindly(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(ON, "10:00"))
    await hoa.presses("menu.session")
    await hoa.taps("1 · An")
    await hoa.taps("session.choice.close")
    await hoa.taps("session.choice.close_yes")
    assert await open_tasks(village) == ["missed_visit"]

    await village.pass_time(to=at_home(date(2026, 12, 6), "20:30"))
    said = await lan.reads()
    assert said.startswith(told(lan, "missed.we_missed", on=ON, words="", next="").splitlines()[0])
    assert told_next(lan).replace("em bé", "An") in said
    answer = await lan.taps(VACCINATED)
    assert answer == told(lan, "missed.answered.vaccinated", children=("An",))
    assert await open_tasks(village) == []


async def test_nobody_answers_for_lan(village: Village, asked: Person, minh: Person, binh: Person) -> None:
    await binh.types("/start")
    other = await village.actor("Mai", ActorRole.HEALTH_WORKER, communes=("Đảo Sao",))
    for stranger in (binh, minh, other):
        assert stranger.words("refused") in await stranger.forges(f"v1:missed:1:1:{ON}:vaccinated")
    for forged in (f"1:1:{ON}:never", f"1:1:{NEXT}:vaccinated", f"1:2:{ON}:stayed", f"1:1:{ON}:stayed:fever", "1:1"):
        assert asked.words("refused") in await asked.forges(f"v1:missed:{forged}")
    assert (await doses(village), await village.rows("SELECT 1 FROM attendances")) == ([], [])


def told_next(lan: Person) -> str:
    """The next day that is offered, as it is said to a mother."""
    return told(lan, "missed.next", next_on=NEXT)
