"""Make cards and posters to be printed. A card's token is given out here once, and kept as a hash only."""

from dataclasses import dataclass

from domain.area import Facility
from domain.identifiers import ActorId
from services.enrolment.tokens import hash_token, new_card_number, new_token
from services.ports.cards import NewCard
from services.turn import Work


@dataclass(frozen=True)
class FreshCard:
    """A card as it is printed: its number, and the token of its link."""

    number: str
    token: str


@dataclass(frozen=True)
class FreshCards:
    """The cards of one printing, known together by `batch`."""

    batch: str
    cards: tuple[FreshCard, ...]


async def make_cards(work: Work, facility: Facility, count: int, *, by: ActorId | None = None) -> FreshCards:
    """So many new cards of a facility."""
    batch = f"{work.moment.today(facility.zone):%Y%m%d}-{new_card_number()[:4]}"
    made: list[FreshCard] = []
    while len(made) < count:
        fresh = {card.number: card for card in (_new_card() for _ in range(count - len(made)))}
        rows = [NewCard(card.number, hash_token(card.token)) for card in fresh.values()]
        kept = await work.uow.cards.add_cards(facility.id, batch, rows, work.moment.now)
        made += [fresh[number] for number in kept]
    details: dict[str, str | int] = {"count": count, "batch": batch}
    await work.uow.programme.audit(
        "make_cards", at=work.moment.now, actor=by, subject=f"facility:{facility.id}", details=details
    )
    return FreshCards(batch, tuple(made))


def _new_card() -> FreshCard:
    return FreshCard(new_card_number(), new_token())


async def withdraw_cards(work: Work, batch: str) -> int:
    """The cards of a printing got lost: they are worth nothing now. Gives how many."""
    count = await work.uow.cards.withdraw_batch(batch, work.moment.now)
    await work.uow.programme.audit("withdraw_cards", at=work.moment.now, details={"batch": batch, "count": count})
    return count


async def make_poster(work: Work, facility: Facility, *, anew: bool) -> str:
    """The token of a facility's poster: the one that hangs there, or a new one that makes the old one worthless."""
    known = None if anew else await work.uow.cards.poster_of(facility.id)
    if known is not None:
        return known
    token = new_token()
    await work.uow.cards.add_poster(facility.id, token, work.moment.now)
    await work.uow.programme.audit("make_poster", at=work.moment.now, subject=f"facility:{facility.id}")
    return token
