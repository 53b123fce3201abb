"""Paper in trips: what the command line prints, and how a mother answers for herself once she has scanned it."""

from pathlib import Path

from app.printing import print_new_cards, print_new_poster
from app.wiring import make_parts
from tests.documents.paper import Paper
from tests.trips.village import Person, Village, read_library


async def make_cards(village: Village, facility: str, count: int, folder: Path) -> bytes:
    """The PDF that `cradle cards` writes."""
    parts = make_parts(village.settings, read_library())
    return (await print_new_cards(parts, facility, count, folder / "cards.pdf")).file.read_bytes()


async def make_poster(village: Village, facility: str, folder: Path, *, anew: bool = False) -> str:
    """The link on the poster, as a camera reads it."""
    parts = make_parts(village.settings, read_library())
    printed = await print_new_poster(parts, facility, folder / "poster.pdf", anew=anew)
    (code,) = Paper(printed.file.read_bytes()).codes()
    return code.link


async def answers_for_herself(
    person: Person, language: str, *, role: str = "choice.role.mother", name: str = "An", born: str = "hôm qua"
) -> str:
    """She answers every question of one with one child, and agrees to everything; gives the words with her number."""
    for answer in (language, "choice.yes", role, "choice.yes"):
        await person.taps(answer)
    if role in ("choice.role.mother", "choice.role.father"):
        await person.taps("choice.yes")
    for answer in ("choice.stage.born", "choice.number.1"):
        await person.taps(answer)
    await person.types(born)
    await person.types(name)
    for answer in ("choice.sex.female", "choice.skip", "19:00"):
        await person.taps(answer)
    return await person.taps("choice.amount.3")
