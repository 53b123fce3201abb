"""Pause, stop and come back: asked for in a tap, kept to the day, and answered with what matters now."""

from datetime import date

import pytest

from domain.sending.outbox import Lane, OutboxState, Reason
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, local, sent
from tests.trips.village import Person, Village

BORN = "1/11/2026"


async def ask_for_pause(lan: Person, scope: str, span: str) -> str:
    await lan.presses("menu.stop")
    await lan.taps("pause.choice.ask")
    await lan.taps(f"pause.choice.{scope}")
    return await lan.taps(f"pause.choice.{span}")


async def days_of(village: Village, lan: Person, lane: Lane) -> list[date]:
    return [local(row).date() for row in sent(await village.ledger(lan), lane)]


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_a_pause_of_the_advice_leaves_the_vaccination_days(
    village: Village, minh: Person, lan: Person, language: str
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    reader = Person("Lan", lan.phone, village, language)
    await lan.forges(f"v1:language:{language}")
    said = await ask_for_pause(reader, "tips", "days_30")
    assert reader.words("menu.come_back") in await lan.keys()
    assert "22/12/2026" in said or "2026" in said
    await village.pass_time(to=at_home(date(2026, 12, 21), "21:00"))
    assert await days_of(village, lan, Lane.TIP) == []
    assert await days_of(village, lan, Lane.VISIT)

    await village.pass_time(to=at_home(date(2026, 12, 26), "21:00"))
    after = await days_of(village, lan, Lane.TIP)
    assert after
    assert min(after) >= date(2026, 12, 22)
    assert len(after) == len(set(after))


async def test_a_pause_of_everything_silences_visits_too_and_says_where_to_ask(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    said = await ask_for_pause(lan, "all", "days_0")
    assert "0203 555 0101" in said
    await village.pass_time(to=at_home(date(2026, 12, 21), "21:00"))
    rows = await village.ledger(lan)
    assert sent(rows) == []
    assert {row.reason for row in rows if row.state is OutboxState.CLOSED} <= {Reason.PAUSED, Reason.EXPIRED}


async def test_back_from_a_pause_she_reads_what_matters_now_and_no_backlog(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await ask_for_pause(lan, "all", "days_90")
    await village.pass_time(to=at_home(date(2026, 12, 11), "12:00"))
    await lan.presses("menu.come_back")
    hello, digest = (await lan.has_read())[-2:]
    assert hello == lan.as_mother.words("stop.back")
    assert "An" in digest

    await village.pass_time(days=1)
    late = sent(await village.ledger(lan), Lane.TIP)
    assert len(late) <= 1
    assert lan.words("menu.come_back") not in await lan.keys()
    assert {row.reason for row in await village.ledger(lan) if row.lane is Lane.TIP} >= {Reason.SUPERSEDED}


async def test_stop_is_one_tap_confirmed_once_and_back_at_any_time(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(days=2)
    before = sent(await village.ledger(lan))
    await lan.presses("menu.stop")
    question = (await lan.messages())[-1]
    await lan.taps("stop.choice.yes")
    assert lan.words("menu.come_back") in await lan.keys()
    assert [row for row in await village.ledger(lan) if row.state is OutboxState.PLANNED] == []
    await lan.taps_in(question, "stop.choice.yes")
    await village.pass_time(days=20)
    assert sent(await village.ledger(lan)) == before

    await lan.presses("menu.come_back")
    assert "An" in await lan.reads()
    await village.pass_time(days=5)
    assert len(sent(await village.ledger(lan))) > len(before)


async def test_a_forged_pause_of_somebody_else_is_refused(
    village: Village, minh: Person, lan: Person, binh: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    mother = await village.caregiver_of(lan)
    await binh.starts()
    for asked in (f"pause:{mother}:all:0", f"stop:{mother}:yes", f"back:{mother}", f"settings:{mother}:hour"):
        assert await binh.forges(f"v1:{asked}") == binh.words("refused")
    for asked in (f"pause:{mother}:ever:0", f"pause:{mother}:all:-3", "pause:x:y:z", f"hour:{mother}:3"):
        assert await lan.forges(f"v1:{asked}") == lan.words("refused")
    assert await village.rows("SELECT pause_covers, stopped_at FROM caregivers") == [(None, None)]
