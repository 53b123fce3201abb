"""What happens at the beginning of most trips: an enrolment, and a caregiver who joins."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.area import Facility
from domain.birth_dates import parse_birth_date, parse_due_date
from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import FamilyId
from domain.people import Address
from domain.reader import Role
from domain.sex import Sex
from services.access import access_facilities
from services.messages.plan_day import plan_one
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.turn import Work
from tests.trips.village import TOKEN, Person

SPOKEN = {"vi": "Tiếng Việt", "zh": "中文", "en": "English"}
"""How each language is named on its button."""


async def enrol(minh: Person, *, born: str = "hôm qua", name: str = "An", role: str = "mother") -> str:
    """Minh enrols a family with one child; gives the words with link and code and those under the QR."""
    await minh.presses("menu.enrol")
    for answer in (f"choice.role.{role}", "Tiếng Việt", "choice.skip", "choice.stage.born", "choice.number.1"):
        await minh.taps(answer)
    await minh.types(born)
    await minh.types(name)
    for answer in ("choice.sex.female", "choice.skip", "choice.skip", "choice.save"):
        await minh.taps(answer)
    return await newest_invite(minh)


async def newest_invite(minh: Person) -> str:
    """What Minh shows to a family: link and code, and under them the QR."""
    return "\n".join((await minh.has_read())[-2:])


async def join(lan: Person, *, language: str = "Tiếng Việt", hour: str = "19:00", amount: int = 3) -> str:
    """She answers what is asked after her invite was claimed, and agrees to both purposes."""
    for answer in (language, "choice.yes", "choice.yes", hour, f"choice.amount.{amount}"):
        await lan.taps(answer)
    return await lan.reads()


@dataclass(frozen=True)
class Beginning:
    """How a family comes to us: children born on one day, or a birth awaited on `due`."""

    born: str = "hôm qua"
    children: tuple[str, ...] = ("An",)
    due: str = ""
    role: Role = Role.MOTHER
    phone: str | None = None


async def enrol_and_join(minh: Person, lan: Person, *, born: str = "hôm qua", name: str = "An") -> None:
    """The whole beginning in one stroke, for trips about what comes after it.

    The long way is `enrol_and_join_by_taps`; trips about beginnings take that.
    """
    await are_with_us(minh, lan, Beginning(born, (name,)))


async def are_with_us(minh: Person, lan: Person, beginning: Beginning) -> None:
    """Minh enrolled the family, and Lan joined and agreed to both purposes."""
    await lan.starts()
    async with lan.village.parts.database.begin() as uow:
        await begin_family(uow, minh, lan, beginning)
    await lan.starts()


async def enrol_and_join_by_taps(minh: Person, lan: Person, *, born: str = "hôm qua", name: str = "An") -> None:
    """The same, tap by tap: enrolled by Minh, joined by scanning the QR on his phone."""
    await enrol(minh, born=born, name=name)
    await lan.scans(minh)
    await join(lan)


async def begin_family(uow: UnitOfWork, minh: Person, lan: Person, beginning: Beginning) -> None:
    """Rows as enrolment and joining leave them."""
    moment = await lan.village.parts.clock.moment()
    address, minhs = await address_of(uow, lan), await address_of(uow, minh)
    actor = await uow.people.actor_at(minhs.id)
    assert actor is not None, "Minh does not work here"
    (facility, *_others) = await access_facilities(uow, actor)
    today = moment.today(facility.zone)
    family = await uow.families.add_family(facility.id, facility.zone, by=actor.id, at=moment.now)
    caregiver = await uow.families.add_caregiver(family, beginning.role, address.language, beginning.phone)
    cared_for = await _children(uow, family, facility, beginning, today)
    for one in cared_for:
        await uow.families.add_care(caregiver, beginning.role, **one)
    await uow.people.link_caregiver(caregiver, address.id, moment.now)
    for purpose in (Purpose.MESSAGES, Purpose.FILE):
        given = Consent(caregiver, purpose, True, TEXT_VERSION, address.language, ConsentWay.TAP, moment.now)
        await uow.consents.add(given)
    await uow.families.change_caregiver(caregiver, amount=3)
    await uow.families.join_caregiver(caregiver, at=moment.now, on=today)
    found = await uow.families.caregiver(caregiver)
    assert found is not None
    await plan_one(Work(uow, lan.village.parts.programme, moment), found)


async def _children(
    uow: UnitOfWork, family: FamilyId, facility: Facility, beginning: Beginning, today: date
) -> list[dict[str, Any]]:
    """The children or the pregnancy, each as `add_care` wants it."""
    if beginning.due:
        due_on = parse_due_date(beginning.due, today)
        assert isinstance(due_on, date), beginning.due
        return [{"pregnancy": await uow.families.add_pregnancy(family, facility.id, due_on)}]
    birth_date = parse_birth_date(beginning.born, today)
    assert isinstance(birth_date, date), beginning.born
    new = [NewChild(name, birth_date, Sex.FEMALE) for name in beginning.children]
    return [{"child": await uow.families.add_child(family, facility.id, child)} for child in new]


async def address_of(uow: UnitOfWork, person: Person) -> Address:
    """Her chat, as our tables know it."""
    bot = TOKEN.partition(":")[0]
    address = await uow.people.find_address(channel="telegram", bot=bot, external_id=str(person.phone))
    assert address is not None, f"{person.name} never wrote"
    return address


async def up_to_birth_date(minh: Person) -> str:
    """Minh enrols a mother with one child, up to the question of its birth date; gives that question."""
    await minh.presses("menu.enrol")
    for answer in ("choice.role.mother", "Tiếng Việt", "choice.skip", "choice.stage.born", "choice.number.1"):
        await minh.taps(answer)
    return await minh.reads()
