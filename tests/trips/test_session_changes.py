"""Hoa changes a vaccination day in three taps, and Lan and Minh hear of it at once."""

from datetime import date

import pytest

from domain.people import ActorRole
from domain.sending.outbox import Lane
from tests.trips.journeys import Beginning, are_with_us, enrol_and_join
from tests.trips.letters import at_home, sent, told
from tests.trips.village import Person, Village

BORN = "5/10/2026"
FIRST, NEW, SECOND = date(2026, 12, 5), date(2026, 12, 7), date(2026, 12, 20)
STATION = "Trạm Y tế Suối Mơ"


@pytest.fixture
async def family(village: Village, minh: Person, hoa: Person, lan: Person) -> Person:
    """Lan, whose An is expected on the 5th of December; Hoa works at the station."""
    await enrol_and_join(minh, lan, born=BORN)
    return lan


def label(hoa: Person, key: str, on: date) -> str:
    return hoa.words(f"session_days.choice.{key}", on=on)


async def changes(village: Village) -> list[tuple[str, str, str]]:
    rows = await village.rows("SELECT session_on, kind, moved_to FROM session_changes WHERE undone_at IS NULL")
    return [(str(on), kind, str(to)) for on, kind, to in rows]


async def test_hoa_moves_a_day_in_three_taps_and_lan_reads_the_new_one(
    village: Village, hoa: Person, family: Person
) -> None:
    await hoa.presses("menu.session")
    await hoa.taps("session_days.choice.list")
    await hoa.taps(label(hoa, "day", FIRST))
    await hoa.taps("session_days.choice.move")
    done = await hoa.taps(label(hoa, "to", NEW))

    assert hoa.words("session_days.concerns", count=1) in done
    assert hoa.words("session_days.told", count=1) in done
    assert await changes(village) == [(str(FIRST), "moved", str(NEW))]
    news = await family.reads()
    assert "An" in news
    assert (
        told(family, "session_change.moved", who="", facility=STATION, old=FIRST, on=NEW, where=STATION, hours="")[-20:]
        == news[-20:]
    )
    await family.taps("visit.choice.coming")
    assert len(await village.rows("SELECT 1 FROM visit_answers WHERE answer = 'coming'")) == 1

    await village.pass_time(to=at_home(NEW, "12:00"))
    occasions = [row.occasion for row in sent(await village.ledger(family), Lane.VISIT)]
    assert occasions[0].startswith(f"session:1:{FIRST}:")
    assert [one for one in occasions if one.startswith("visit:") and str(FIRST) in one] == []
    assert [one for one in occasions if one.startswith(f"visit:1:{NEW}")] != []


async def test_hoa_cancels_a_day_minh_calls_whom_no_chat_reaches_and_hoa_takes_it_back(
    village: Village, minh: Person, hoa: Person, family: Person
) -> None:
    tam = await village.person("Tâm")
    await are_with_us(minh, tam, Beginning(BORN, ("Bi",), phone="+84912340001"))
    await tam.blocks()
    await hoa.types("/session_days")
    await hoa.taps(label(hoa, "day", FIRST))
    sure = await hoa.taps("session_days.choice.cancel")
    assert hoa.words("session_days.concerns", count=2) in sure
    assert hoa.words("session_days.come_on", on=SECOND, count=2) in sure
    assert await changes(village) == []

    done = await hoa.taps("session_days.choice.cancel_yes")
    assert hoa.words("session_days.calls", volunteers=1, station=0) in done
    await minh.presses("menu.families")
    page = await minh.taps("☎️")
    assert minh.words("tasks.tell_change.moved", old=FIRST, on=SECOND) in page
    noted = await minh.taps("tasks.choice.reached")
    assert "Bi" in noted

    await hoa.taps(label(hoa, "back_to_day", FIRST))
    await hoa.taps("session_days.choice.undo")
    assert await changes(village) == []
    assert told(family, "session_change.again", who="", on=FIRST, where="", hours="").split("\n")[1] in (
        await family.reads()
    )
    assert len(await village.rows("SELECT 1 FROM tasks WHERE kind = 'tell_change' AND closed_at IS NULL")) == 1


async def test_hoa_types_the_new_day_and_adds_an_extra_one_in_the_hamlet(
    village: Village, hoa: Person, family: Person
) -> None:
    await hoa.types("/session_days")
    await hoa.taps(label(hoa, "day", FIRST))
    await hoa.taps("session_days.choice.move")
    await hoa.taps("session_days.choice.other_day")
    assert hoa.words("problem.back_on") in await hoa.types("hôm nọ")
    await hoa.types("9/12")
    assert await changes(village) == [(str(FIRST), "moved", "2026-12-09")]

    await hoa.taps("session_days.choice.list")
    await hoa.taps("session_days.choice.add")
    await hoa.types("16/12")
    await hoa.types("Nhà văn hóa Khe Sím")
    assert hoa.words("problem.session_hours") in await hoa.types("sáng")
    added = await hoa.types("8:00-9:30")
    assert "Khe Sím" in added
    assert "08:00-09:30" in added
    assert "Khe Sím" in await hoa.taps("session_days.choice.list")


async def test_a_vaccine_that_is_missing_is_said_in_three_taps(village: Village, hoa: Person, family: Person) -> None:
    await hoa.types("/session_days")
    await hoa.taps(label(hoa, "day", FIRST))
    await hoa.taps("session_days.choice.short")
    buttons = [one["text"] for row in (await hoa.messages())[-1]["reply_markup"]["inline_keyboard"] for one in row]
    done = await hoa.taps(buttons[0])
    assert hoa.words("session_days.told", count=1) in done
    assert (await family.reads()).startswith("💉")
    assert await village.rows("SELECT until_on FROM stock_outs") != []


async def test_nobody_else_changes_a_day_of_the_station(
    village: Village, minh: Person, hoa: Person, family: Person, binh: Person
) -> None:
    await binh.types("/start")
    mai = await village.actor("Mai", ActorRole.HEALTH_WORKER, communes=("Đảo Sao",))
    taps = (
        "session_days:1",
        f"session_day:1:{FIRST}",
        f"session_move:1:{FIRST}",
        f"session_moved:1:{FIRST}:{NEW}",
        f"session_move_date:1:{FIRST}",
        f"session_cancel:1:{FIRST}",
        f"session_cancelled:1:{FIRST}",
        f"session_undo:1:{FIRST}",
        f"session_short:1:{FIRST}",
        f"session_out:1:{FIRST}:OPV:day",
        f"session_there:1:{FIRST}:OPV",
        "session_add:1",
        f"session_keep:1:{FIRST}",
    )
    for person in (binh, mai, minh, family):
        for data in taps:
            assert await person.forges(f"v1:{data}") == person.words("refused"), (person.name, data)
    assert await changes(village) == []
    for nonsense in ("session_moved:1:2026-12-05:never", "session_out:1:2026-12-05:OPV:ever", "session_day:1"):
        assert await hoa.forges(f"v1:{nonsense}") == hoa.words("refused")
