"""Families with several children and caregivers, and how somebody among them tells of a loss."""

from domain.reader import Role
from services.messages.plan_day import plan_one
from services.turn import Work
from tests.trips.journeys import SPOKEN, Beginning, are_with_us, join
from tests.trips.village import Json, Person, Village


async def enrol_mother(
    minh: Person,
    mother: Person,
    *,
    children: tuple[str, ...] = ("An",),
    born: str = "hôm qua",
    due: str = "",
    phone: str = "",
) -> None:
    """She is with us with these children, or awaits a birth on `due`."""
    await are_with_us(minh, mother, Beginning(born, children, due, phone=phone or None))


async def add_caregiver(village: Village, of: Person, role: Role, *, phone: str | None = None) -> int:
    """Another caregiver of everybody for whom `of` cares, who has not joined yet."""
    mother = await village.caregiver_of(of)
    async with village.parts.database.begin() as uow:
        known = await uow.families.caregiver(mother)
        assert known is not None
        added = await uow.families.add_caregiver(known.family, role, "vi", phone)
        for child in await uow.families.children_of(mother):
            await uow.families.add_care(added, role, child=child.id)
        for pregnancy in await uow.families.pregnancies_of(mother):
            await uow.families.add_care(added, role, pregnancy=pregnancy.id)
    return int(added)


async def joins_too(minh: Person, someone: Person, caregiver: int) -> None:
    """A caregiver who has not joined yet joins by a new link that Minh makes, on this phone."""
    await minh.forges(f"v1:renew:{caregiver}")
    await someone.scans(minh)
    await join(someone, language=SPOKEN[someone.language])


async def opens_loss(person: Person) -> str:
    """She taps the button for a loss that stands under “stop”."""
    await person.presses("menu.stop")
    last = await person.village.stage.last_message(person.phone)
    assert "v1:loss" in payloads_of(last)
    return await person.forges("v1:loss")


async def loses(person: Person, whom: str = "An") -> str:
    """She tells of a loss by buttons and confirms it; gives the words after it."""
    asked = await opens_loss(person)
    if asked == person.words("loss.whom"):
        await person.taps(whom)
    await person.taps("loss.choice.confirm")
    return await after_loss(person)


async def after_loss(person: Person) -> str:
    """The newest words after a loss on her phone."""
    return [words for words in await person.has_read() if words.startswith(sorry(person))][-1]


def sorry(person: Person) -> str:
    """The first line of them."""
    return person.words("loss.sorry")


def payloads_of(message: Json) -> list[str]:
    """What the buttons under a message carry."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]


async def plan_now(village: Village, person: Person) -> None:
    """Plan her day at once, as a tick would."""
    async with village.parts.database.begin() as uow:
        caregiver = await uow.families.caregiver(await village.caregiver_of(person))
        assert caregiver is not None
        await plan_one(Work(uow, village.parts.programme, await village.parts.clock.moment()), caregiver)
