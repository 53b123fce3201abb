"""The demo's village: its database, its people with their phones, and the bot that serves them."""

import asyncio
from pathlib import Path

from rich.console import Console

from app.area_file import AreaFile, read_area_file
from app.bot_process import Wakes
from app.demo.cast import CAST, VOLUNTEER_COMMUNE, Phone
from app.demo.neighbours import bring_neighbours
from app.demo.stage import Stage
from app.loops import Wake
from app.processes import all_in_one
from app.settings import Settings
from app.staff import invite_link
from app.wiring import Parts, make_parts
from domain.invite import ActorPlace
from domain.people import ActorRole
from services.staff.import_area import import_area
from storage.migrating import migrate

out = Console(highlight=False)


async def live(settings: Settings, stage: Stage) -> None:
    """Until cancelled."""
    parts = make_parts(settings)
    try:
        await _prepare(parts)
        async with asyncio.TaskGroup() as group:
            group.create_task(all_in_one(parts, Wakes(Wake(), Wake())))
            group.create_task(_bring_cast(parts, stage))
    finally:
        await parts.close()


async def _prepare(parts: Parts) -> None:
    steps = await migrate(parts.database)
    out.print("The database is ready." if steps else "The database is as it was.")
    found = read_area_file(Path(__file__).parent / "area.csv")
    if isinstance(found, AreaFile):
        await import_area(parts.database, found.provinces, found.facilities, await parts.clock.moment())
    came = await bring_neighbours(parts, VOLUNTEER_COMMUNE)
    if came:
        out.print(f"{came} more families of {VOLUNTEER_COMMUNE} are enrolled: the next vaccination day is a full one.")


async def _bring_cast(parts: Parts, stage: Stage) -> None:
    """Whoever is not there yet: phones on the page, and invites opened on those who work for the programme."""
    there = {phone["name"] for phone in await stage.phones()}
    username = await stage.username()
    for phone in CAST:
        if phone.name not in there:
            await _bring(parts, stage, phone, username)
    out.print("The village is as you left it." if there else "Tap “Enrol a family” on Minh's phone to begin.")
    out.print("Ctrl-C stops everything; the next start goes on from here, `make demo-reset` begins anew.")


async def _bring(parts: Parts, stage: Stage, phone: Phone, username: str) -> None:
    number = await stage.add(phone)
    if phone.role is not None:
        await stage.open(number, await invite_link(parts, await _place(parts, phone, phone.role), username))
        out.print(f"{phone.name} ({phone.label.lower()}) has opened an invite.")


async def _place(parts: Parts, phone: Phone, role: ActorRole) -> ActorPlace:
    async with parts.database.look() as uow:
        facilities = await uow.area.facilities()
    home = next(one for one in facilities if one.commune.name == VOLUNTEER_COMMUNE)
    if role is ActorRole.VOLUNTEER:
        return ActorPlace(phone.name, role, communes=(home.commune.id,))
    return ActorPlace(phone.name, role, facility=home.id)
