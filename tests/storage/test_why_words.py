"""Lan asks what An's visit is for: its own words first, then what was given and from which rule; nothing to others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.drawing.child_record import draw_family_why
from domain.message import OutgoingMessage, Text
from domain.visit_texts import NO_VISIT_TEXTS
from services.access import Refused
from services.programme import Programme
from services.turn import Turn
from services.visits.child_record.show_why import explain_to_family
from storage.engine import Database
from tests.fakes.visit_words import visit_texts
from tests.storage.sessions import FIRST, WITHOUT_CARE, add_sibling, at, consents, give, holds_sessions, turn_of
from tests.storage.village import Village

WORDED = replace(WITHOUT_CARE, visit_texts=visit_texts())
WEEK_BEFORE = at(FIRST - timedelta(days=7), 20)


async def begin(database: Database, village: Village, *, to_file: bool = True) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village)
        await consents(uow, village.lan, to_file=to_file)


async def explained(database: Database, village: Village, known: Programme = WORDED) -> tuple[OutgoingMessage, ...]:
    async with database.begin() as uow:
        turn = replace(await turn_of(uow, village, WEEK_BEFORE), programme=known)
        return draw_family_why(await explain_to_family(turn, village.lan, village.an), None)


def keys(messages: tuple[OutgoingMessage, ...]) -> list[str]:
    return [one.body.key for one in messages]


async def test_what_it_is_for_stands_before_the_documents(database: Database, village: Village) -> None:
    await begin(database, village)
    messages = await explained(database, village)
    assert keys(messages) == ["why.purpose", "why.given", "why.next"]
    assert messages[0].body.values == {"on": FIRST, "who": "An", "words": Text("visits.vn.month02.why")}
    assert messages[0].names_child


async def test_each_child_is_answered_for_itself(database: Database, village: Village) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        sibling = await add_sibling(uow, village, "Bảo", date(2025, 11, 20))
        for month in (1, 2, 3):
            await give(uow, sibling, ("PENTA", "OPV"), date(2026, month, 25))
        await give(uow, sibling, ("IPV",), date(2026, 5, 25))
        await give(uow, sibling, ("IPV", "MEASLES"), date(2026, 10, 25))
        turn: Turn = replace(await turn_of(uow, village, WEEK_BEFORE), programme=WORDED)
        found = await explain_to_family(turn, village.lan, sibling)
    assert found.words == Text("visits.vn.month12.why")


@pytest.mark.parametrize(
    "known",
    [
        replace(WORDED, visit_texts=NO_VISIT_TEXTS),
        replace(WORDED, visit_texts=visit_texts("zh")),
        replace(WORDED, visit_texts=visit_texts(without={"visits.vn.month02.why"})),
    ],
)
async def test_without_words_the_documents_stand_alone(database: Database, village: Village, known: Programme) -> None:
    await begin(database, village)
    assert keys(await explained(database, village, known)) == ["why.given", "why.next"]


async def test_where_no_visit_is_known_nothing_is_said_of_one(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await holds_sessions(uow, village, rule="")
        await consents(uow, village.lan)
    assert keys(await explained(database, village)) == ["why.given", "why.next"]


async def test_without_her_consent_the_station_tells_her(database: Database, village: Village) -> None:
    await begin(database, village, to_file=False)
    assert keys(await explained(database, village)) == ["child.visit_by_station"]


async def test_a_forged_tap_is_told_nothing(database: Database, village: Village) -> None:
    await begin(database, village)
    async with database.begin() as uow:
        turn = replace(await turn_of(uow, village, WEEK_BEFORE), programme=WORDED)
        for caregiver, child in ((village.lan, village.an + 99), (village.lan + 99, village.an)):
            with pytest.raises(Refused):
                await explain_to_family(turn, caregiver, child)  # type: ignore[arg-type]
