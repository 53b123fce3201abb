"""The people of the page: each has a phone with a name above it, and some work for the programme."""

from app.staff import invite_link
from domain.invite import ActorPlace
from domain.people import ActorRole
from tests.trips.village import Person, Village

BOT = "cradle_demo_bot"


async def add_person(village: Village, name: str, label: str, *, language: str = "vi", number: str = "") -> Person:
    """A stranger with a phone."""
    phone = await village.stage.add_phone(
        name, language_code="zh-hans" if language == "zh" else language, label=label, phone_number=number or None
    )
    return Person(name, phone, village, language)


async def add_worker(village: Village, name: str, label: str, role: ActorRole, *, language: str = "vi") -> Person:
    """A volunteer or a nurse of the first commune, who has opened her invite."""
    person = await add_person(village, name, label, language=language)
    async with village.parts.database.look() as uow:
        home = (await uow.area.facilities())[0]
    place = ActorPlace(
        name,
        role,
        communes=(home.commune.id,) if role is ActorRole.VOLUNTEER else (),
        facility=home.id if role is ActorRole.HEALTH_WORKER else None,
    )
    await person.opens(await invite_link(village.parts, place, BOT))
    return person
