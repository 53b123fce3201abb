"""Lan's family moves to another station of ours, and perhaps back again: whose visits are spoken of, and who calls."""

from datetime import timedelta

from domain.identifiers import FacilityId
from domain.sending.outbox import OutboxState
from services.access import Speaker, anew
from services.family.move_family import move_on_paper
from services.messages.plan_day import plan_day
from services.turn import Turn
from tests.fakes.people import moment_at
from tests.services.missing import (
    HERE,
    NEXT,
    NOT_COME,
    ON,
    Scene,
    add_station,
    anyio_backend,
    migrated_sqlite,
    scene,
)

__all__ = ["anyio_backend", "migrated_sqlite", "scene"]
WEEK_BEFORE = NEXT - timedelta(days=7)


async def station_away(scene: Scene) -> FacilityId:
    async with scene.database.begin() as uow:
        return await add_station(uow, scene.commune, "Trạm Y tế Đảo Sao")


async def moves(scene: Scene, to: FacilityId, hour: int = 10) -> None:
    """Minh writes down on paper that the family moves."""
    moment = moment_at(WEEK_BEFORE, hour)
    async with scene.database.begin() as uow:
        address, _before = await uow.people.arrive(
            channel="telegram", bot="cradle", external_id="Minh", language="vi", at=moment.now
        )
        speaker = await anew(uow, Speaker(address, None, ()))
        await move_on_paper(Turn(uow, HERE, moment, speaker, f"update:{hour}"), scene.family, to)


async def reminders(scene: Scene) -> set[str]:
    """What is planned to be said of visits to come."""
    async with scene.database.look() as uow:
        timeline = await uow.outbox.timeline(scene.lan)
    visits = [row for row in timeline if row.occasion.startswith("visit:")]
    return {row.occasion for row in visits if row.state is OutboxState.PLANNED}


async def test_who_moves_back_is_reminded_of_the_first_station_again(scene: Scene) -> None:
    away = await station_away(scene)
    await plan_day(scene.database, HERE, moment_at(WEEK_BEFORE, 7))
    here = {f"visit:{scene.station}:{NEXT}:7"}
    assert await reminders(scene) == here
    await moves(scene, away)
    assert await reminders(scene) == {f"visit:{away}:{NEXT}:7"}
    await moves(scene, scene.station, 11)
    assert await reminders(scene) == here
    await moves(scene, away, 12)
    assert await reminders(scene) == {f"visit:{away}:{NEXT}:7"}


async def test_nobody_is_asked_any_more_to_call_about_a_day_of_the_station_that_they_left(scene: Scene) -> None:
    away = await station_away(scene)
    await scene.closes(ON, An=NOT_COME)
    assert len(await scene.calls()) == 1
    await moves(scene, away)
    assert await scene.calls() == []
