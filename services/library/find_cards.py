"""The cards for danger and first aid that are of use to whoever asks: all of them, or those that typed words mean."""

from collections.abc import Sequence

from domain.births import births_of
from services.turn import Turn


async def find_cards(turn: Turn) -> Sequence[str]:
    """The keys of the cards, the most urgent first; those that no child of hers has the age for are left out."""
    library = turn.programme.library
    ages, awaits = await _her_children(turn)
    return [
        key
        for key in library.cards()
        if may_show(turn, key) and _is_of_use(library.card_ages(key), ages, awaits=awaits)
    ]


def cards_meant(turn: Turn, words: str) -> Sequence[str]:
    """The keys of the cards that somebody means who types these words."""
    return [key for key in turn.programme.library.cards_for(words) if may_show(turn, key)]


def may_show(turn: Turn, key: str) -> bool:
    """Whether a card may reach families in the language of this chat."""
    return turn.programme.may_send(key, turn.speaker.address.language)


async def _her_children(turn: Turn) -> tuple[list[int], bool]:
    """The ages in days of the children of whoever reads here, and whether one is awaited."""
    ages: list[int] = []
    awaits = False
    for caregiver in turn.speaker.caregivers:
        family = await turn.uow.families.family(caregiver.family)
        today = turn.moment.today(family.zone if family else "UTC")
        births = births_of(await turn.uow.families.children_of(caregiver.id))
        ages += [(today - birth.born_on).days for birth in births]
        awaits = awaits or bool(await turn.uow.families.pregnancies_of(caregiver.id))
    return ages, awaits


def _is_of_use(window: tuple[int, int] | None, ages: Sequence[int], *, awaits: bool) -> bool:
    if not ages and not awaits:
        return True
    if window is None:
        return awaits
    # Whoever expects a child has others around her: of the cards about children she sees all.
    return not ages or any(window[0] <= age < window[1] for age in ages)
