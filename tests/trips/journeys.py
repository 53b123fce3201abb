"""What happens at the beginning of most trips: an enrolment, and a caregiver who joins."""

from tests.trips.village import Person


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


async def enrol_and_join(minh: Person, lan: Person, *, born: str = "hôm qua", name: str = "An") -> None:
    """The whole beginning: enrolled by Minh, joined by scanning the QR on his phone."""
    await enrol(minh, born=born, name=name)
    await lan.scans(minh)
    await join(lan)


async def up_to_birth_date(minh: Person) -> str:
    """Minh enrols a mother with one child, up to the question of its birth date; gives that question."""
    await minh.presses("menu.enrol")
    for answer in ("choice.role.mother", "Tiếng Việt", "choice.skip", "choice.stage.born", "choice.number.1"):
        await minh.taps(answer)
    return await minh.reads()
