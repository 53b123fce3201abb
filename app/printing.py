"""What is printed from the command line: cards, a poster, and invites for families who come in by file."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.families_file import FamiliesFile
from app.families_rows import FamilyRow
from app.schema import require_schema
from app.staff import username_of
from app.wiring import Parts
from bot.drawing.invites import link_of
from documents.cards import Card, CardWords, print_cards
from documents.code_list import CodeListWords, InviteLine, print_code_list
from documents.poster import PosterWords, print_poster
from domain.area import Facility
from domain.cards import shown_number
from domain.invite import shown_paper_code
from domain.message import Text
from domain.moment import Moment
from domain.people import Actor
from domain.reader import Reader
from services.enrolment.import_families import (
    FamilyToImport,
    Imported,
    ImportedFamily,
    import_families,
    importer,
    look_for_known,
)
from services.enrolment.make_cards import make_cards, make_poster, withdraw_cards
from services.turn import Work

ON_PAPER = ("vi", "zh", "en")


class CannotPrintError(Exception):
    """What stands in the way; its text is a sentence for people."""


@dataclass(frozen=True)
class Printed:
    """A file that was written, and the batch of its cards."""

    file: Path
    count: int
    batch: str = ""


@dataclass(frozen=True)
class Register:
    """A register that was read, and where and by whom its families are enrolled."""

    read: FamiliesFile
    facility: Facility
    by: Actor


@asynccontextmanager
async def opened(parts: Parts) -> AsyncIterator[Moment]:
    """The parts with a schema that fits, closed at the end; gives the moment."""
    try:
        await require_schema(parts.database)
        yield await parts.clock.moment()
    finally:
        await parts.close()


async def find_facility(parts: Parts, name: str) -> Facility:
    """The facility of this name, or of this name and commune: "name, commune"."""
    async with parts.database.look() as uow:
        everything = await uow.area.facilities()
    wanted = _plain(name)
    found = [one for one in everything if wanted in (_plain(one.name), _plain(f"{one.name}, {one.commune.name}"))]
    if len(found) == 1:
        return found[0]
    if not found:
        known = "; ".join(one.name for one in everything[:10]) or "none yet, see `cradle area import`"
        raise CannotPrintError(f"No facility is called “{name}”. Known are: {known}.")
    several = "; ".join(f"{one.name}, {one.commune.name}" for one in found)
    raise CannotPrintError(f"Several facilities are called “{name}”. Say which one: {several}.")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def writable(file: Path) -> Path:
    """The file, when something can be written there; asked before anything is saved."""
    try:
        with file.open("ab"):
            pass
    except OSError as error:
        raise CannotPrintError(f"Nothing can be written to {file} ({error.strerror}). Nothing was saved.") from error
    return file


async def _write(file: Path, print_it: Callable[[], bytes]) -> None:
    """Setting takes a second or more, so it happens in a thread of its own."""
    await asyncio.to_thread(lambda: file.write_bytes(print_it()))


async def print_new_cards(parts: Parts, facility_name: str, count: int, file: Path) -> Printed:
    """Make cards and print them; when printing fails, they are worth nothing."""
    async with opened(parts) as moment:
        facility = await find_facility(parts, facility_name)
        username = await username_of(parts)
        writable(file)
        async with parts.database.begin() as uow:
            fresh = await make_cards(Work(uow, parts.programme, moment), facility, count)
        cards = [Card(shown_number(one.number), link_of(username, one.token)) for one in fresh.cards]
        words = card_words(parts, "card", 3, username)
        try:
            await _write(file, partial(print_cards, cards, facility=facility.name, words=words))
        except Exception:
            async with parts.database.begin() as uow:
                await withdraw_cards(Work(uow, parts.programme, moment), fresh.batch)
            raise
        return Printed(file, count, fresh.batch)


async def withdraw_batch(parts: Parts, batch: str) -> int:
    """The cards of a printing are worth nothing any more."""
    async with opened(parts) as moment, parts.database.begin() as uow:
        return await withdraw_cards(Work(uow, parts.programme, moment), batch)


async def print_new_poster(parts: Parts, facility_name: str, file: Path, *, anew: bool) -> Printed:
    """Print the facility's poster; its link stays the same until somebody wants a new one."""
    async with opened(parts) as moment:
        facility = await find_facility(parts, facility_name)
        username = await username_of(parts)
        writable(file)
        async with parts.database.begin() as uow:
            token = await make_poster(Work(uow, parts.programme, moment), facility, anew=anew)
        words = [
            PosterWords(
                tag, _say(parts, "poster.title", tag), _say(parts, "poster.what_it_is", tag), _steps(parts, tag)
            )
            for tag in ON_PAPER
        ]
        link = link_of(username, token)
        await _write(file, partial(print_poster, link, facility=facility.name, words=words))
        return Printed(file, 1)


def _steps(parts: Parts, tag: str) -> tuple[str, ...]:
    return tuple(_say(parts, f"poster.step{number}", tag) for number in (1, 2, 3))


def card_words(parts: Parts, kind: str, steps: int, username: str) -> list[CardWords]:
    """What stands on a card, in the languages that are printed."""
    return [
        CardWords(
            tag,
            _say(parts, f"{kind}.title", tag),
            _say(parts, f"{kind}.what_it_is", tag),
            tuple(_say(parts, f"{kind}.step{number}", tag, username) for number in range(1, steps + 1)),
            _say(parts, f"{kind}.number", tag),
        )
        for tag in ON_PAPER
    ]


def _say(parts: Parts, key: str, tag: str, username: str = "") -> str:
    values = {"username": username} if username else {}
    return parts.library.renderer.render_plain(Text(key, values), Reader(language=tag, zone="UTC"))


async def find_importer(parts: Parts, facility: Facility, name: str) -> Actor:
    """The one in whose name families come in: somebody who may enrol at this facility."""
    async with parts.database.look() as uow:
        found = await importer(Work(uow, parts.programme, await parts.clock.moment()), facility, name)
    if len(found) == 1:
        return found[0]
    who = "Nobody who may enrol there" if not found else "More than one person"
    raise CannotPrintError(
        f"{who} is called “{name}”. Families come in in the name of one volunteer, health worker or member of staff "
        f"of {facility.name}, by exactly the name in the bot."
    )


def to_import(rows: Iterable[FamilyRow]) -> tuple[FamilyToImport, ...]:
    """The rows of a file as the use case takes them."""
    return tuple(FamilyToImport(row.line, row.role, row.language, row.phone, row.children, row.due_on) for row in rows)


async def look_only(parts: Parts, register: Register, moment: Moment) -> tuple[int, ...]:
    """The lines of families that are likely here already; nothing is saved."""
    async with parts.database.look() as uow:
        work = Work(uow, parts.programme, moment)
        return await look_for_known(work, register.facility, to_import(register.read.families))


async def bring_in(parts: Parts, register: Register, moment: Moment) -> Imported:
    """Enrol everybody who is new."""
    async with parts.database.begin() as uow:
        work = Work(uow, parts.programme, moment)
        families = to_import(register.read.families)
        return await import_families(work, register.facility, families, by=register.by.id)


async def print_invites(parts: Parts, register: Register, imported: Imported, file: Path, username: str) -> None:
    """A card for each family, with its name on it."""
    cards = [
        Card(shown_paper_code(one.invite.code or ""), link_of(username, one.invite.token), label_of(one))
        for one in imported.families
    ]
    words = card_words(parts, "paper_invite", 2, username)
    facility = register.facility.name
    await _write(file, partial(print_cards, cards, facility=facility, words=words))


async def print_list(parts: Parts, register: Register, imported: Imported, file: Path, username: str) -> None:
    """A list for the health worker, a line for each family, in the language of the province."""
    tag = "zh" if register.facility.commune.province.country == "CN" else "vi"
    words = CodeListWords(
        tag, *(_say(parts, f"code_list.{one}", tag) for one in ("title", "number", "family", "link", "code", "note"))
    )
    lines = [
        InviteLine(
            str(one.family.line),
            label_of(one),
            link_of(username, one.invite.token),
            shown_paper_code(one.invite.code or ""),
        )
        for one in imported.families
    ]
    moment = await parts.clock.moment()
    made_on = moment.today(register.facility.zone).isoformat()
    facility = register.facility.name
    await _write(file, partial(print_code_list, lines, facility=facility, made_on=made_on, words=words))


def label_of(one: ImportedFamily) -> str:
    """Whose it is, as the register says it: the children's names, or the day on which a birth is expected."""
    names = ", ".join(child.name or f"{child.birth_date:%d/%m/%Y}" for child in one.family.children)
    return names or (f"{one.family.due_on:%d/%m/%Y}" if one.family.due_on else "")


def tell_columns(read: FamiliesFile) -> tuple[str, ...]:
    """Which heading is taken for what, and which are not read."""
    taken = tuple(f"{field}: “{heading}”" for field, heading in read.columns.items())
    ignored = ", ".join(f"“{heading}”" for heading in read.ignored)
    return (*taken, f"not read: {ignored}") if ignored else taken
