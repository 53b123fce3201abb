"""Printed cards, posters and applications in rows."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import RowMapping, Select, delete, exists, func, null, select, update

from domain.cards import Application, PrintedCard
from domain.forms.form import Answers
from domain.identifiers import ActorId, AddressId, ApplicationId, CardId, CaregiverId, CommuneId, FacilityId
from services.ports.cards import NewApplication, NewCard
from storage.statements import Statements
from storage.tables import applications, cards, caregiver_addresses, drafts, facilities, posters

DRAFT = "self_enrolment"
_UNSETTLED = applications.c.settled_at.is_(None)
_HAS_ANSWERS = applications.c.answers.is_not(None)


class CardRows:
    """A card's token is kept as a hash only."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def add_cards(
        self, facility: FacilityId, batch: str, cards_: Collection[NewCard], at: datetime
    ) -> Sequence[str]:
        """Keep them; gives the numbers of those that are new."""
        ours = {"facility_id": facility, "batch": batch, "printed_at": at}
        rows = [{"number": one.number, "token_hash": one.token_hash} | ours for one in cards_]
        unless_known = self._statements.insert(cards).values(rows).on_conflict_do_nothing()
        return [row[cards.c.number] for row in await self._statements.all(unless_known.returning(cards.c.number))]

    async def withdraw_batch(self, batch: str, at: datetime) -> int:
        """The cards of a batch are worth nothing any more."""
        living = (cards.c.batch == batch) & cards.c.withdrawn_at.is_(None)
        return await self._statements.run(update(cards).where(living).values(withdrawn_at=at))

    async def by_token(self, token_hash: str) -> PrintedCard | None:
        """The card with this token."""
        row = await self._statements.first(select(cards).where(cards.c.token_hash == token_hash))
        return _card(row) if row else None

    async def by_number(self, number: str) -> PrintedCard | None:
        """The card with this number."""
        row = await self._statements.first(select(cards).where(cards.c.number == number))
        return _card(row) if row else None

    async def use(self, card: CardId, at: datetime) -> bool:
        """Bind it; False when somebody was faster."""
        unused = (cards.c.id == card) & cards.c.used_at.is_(None) & cards.c.withdrawn_at.is_(None)
        return await self._statements.run(update(cards).where(unused).values(used_at=at)) == 1

    async def free(self, card: CardId) -> None:
        """It can be used again."""
        await self._statements.run(update(cards).where(cards.c.id == card).values(used_at=None))

    async def poster_of(self, facility: FacilityId) -> str | None:
        """The token of a facility's living poster."""
        living = (posters.c.facility_id == facility, posters.c.withdrawn_at.is_(None))
        token: str | None = await self._statements.value(select(posters.c.token).where(*living).limit(1))
        return token

    async def add_poster(self, facility: FacilityId, token: str, at: datetime) -> None:
        """A new poster in place of those before it."""
        living = (posters.c.facility_id == facility) & posters.c.withdrawn_at.is_(None)
        await self._statements.run(update(posters).where(living).values(withdrawn_at=at))
        values = {"facility_id": facility, "token": token, "made_at": at}
        await self._statements.run(self._statements.insert(posters).values(values))

    async def facility_of_poster(self, token: str) -> FacilityId | None:
        """Whose poster it is."""
        living = (posters.c.token == token, posters.c.withdrawn_at.is_(None))
        found = await self._statements.value(select(posters.c.facility_id).where(*living))
        return FacilityId(found) if found is not None else None

    async def begin(self, application: NewApplication, *, at: datetime, expires_at: datetime) -> ApplicationId:
        """A chat begins; nothing is answered yet."""
        values = {
            "address_id": application.address,
            "facility_id": application.facility,
            "card_id": application.card,
            "number": application.number,
            "made_at": at,
            "expires_at": expires_at,
        }
        insert = self._statements.insert(applications).values(values).returning(applications.c.id)
        return ApplicationId(await self._statements.value(insert))

    async def open_at(self, address: AddressId, now: datetime) -> Application | None:
        """What this chat began and nobody has settled."""
        hers = (applications.c.address_id == address, _UNSETTLED, applications.c.expires_at > now)
        found = select(applications).where(*hers).order_by(applications.c.id.desc()).limit(1)
        row = await self._statements.first(found)
        return _application(row) if row else None

    async def facility_at(self, address: AddressId) -> FacilityId | None:
        """Where this chat began by itself, until it is settled."""
        hers = (applications.c.address_id == address, _UNSETTLED)
        found = select(applications.c.facility_id).where(*hers).order_by(applications.c.id.desc()).limit(1)
        facility = await self._statements.value(found)
        return FacilityId(facility) if facility is not None else None

    async def application(self, application: ApplicationId) -> Application | None:
        """The application, or None; until the transaction ends nobody else settles it."""
        found = select(applications).where(applications.c.id == application).with_for_update()
        row = await self._statements.first(found)
        return _application(row) if row else None

    async def complete(
        self, application: ApplicationId, answers: Answers, *, number: str, at: datetime, expires_at: datetime
    ) -> None:
        """It waits for a person from now on."""
        told = {"answers": dict(answers), "number": number, "made_at": at, "expires_at": expires_at}
        change = update(applications).where(applications.c.id == application, _UNSETTLED)
        await self._statements.run(change.values(told))

    async def is_number_taken(self, number: str, commune: CommuneId, now: datetime) -> bool:
        """Whether an open application of the commune has this number."""
        here = select(facilities.c.id).where(facilities.c.commune_id == commune)
        same = _waiting(now).where(applications.c.number == number, applications.c.facility_id.in_(here))
        return await self._statements.first(same) is not None

    async def by_number_in(
        self, number: str, facilities_: Collection[FacilityId], now: datetime
    ) -> Sequence[Application]:
        """What waits under a number at these facilities."""
        same = (applications.c.number == number, applications.c.facility_id.in_(facilities_))
        rows = await self._statements.all(_waiting(now).where(*same).order_by(applications.c.id))
        return tuple(_application(row) for row in rows)

    async def settle(
        self, application: ApplicationId, *, at: datetime, by: ActorId | None, caregiver: CaregiverId | None = None
    ) -> bool:
        """It is done with, and its answers are let go."""
        settled = {"settled_at": at, "settled_by": by, "caregiver_id": caregiver, "answers": null()}
        change = update(applications).where(applications.c.id == application, _UNSETTLED)
        return await self._statements.run(change.values(settled)) == 1

    async def count_waiting(self, facilities_: Collection[FacilityId], now: datetime) -> int:
        """How many wait for a person; who has joined in another way meanwhile waits no more."""
        links = caregiver_addresses
        joined = exists().where(links.c.address_id == applications.c.address_id, links.c.revoked_at.is_(None))
        here = _waiting(now).where(applications.c.facility_id.in_(facilities_), ~joined).subquery()
        return int(await self._statements.value(select(func.count()).select_from(here)))

    async def let_go(self, now: datetime) -> int:
        """What nobody confirmed in time goes, with everything that was answered; its cards can be used again."""
        late = _UNSETTLED & (applications.c.expires_at <= now)
        found = select(applications.c.id, applications.c.card_id, _HAS_ANSWERS.label("complete")).where(late)
        rows = await self._statements.all(found)
        if not rows:
            return 0
        gone = [row[applications.c.id] for row in rows]
        hers = (drafts.c.form == DRAFT) & drafts.c.about_id.in_(gone)
        await self._statements.run(delete(drafts).where(hers))
        used = [row[applications.c.card_id] for row in rows if row["complete"]]  # the others never bound a card
        await self._statements.run(update(cards).where(cards.c.id.in_(used)).values(used_at=None))
        closed = update(applications).where(applications.c.id.in_(gone))
        return await self._statements.run(closed.values(settled_at=now, answers=null()))


def _waiting(now: datetime) -> Select[*tuple[object, ...]]:
    return select(applications).where(_HAS_ANSWERS, _UNSETTLED, applications.c.expires_at > now)


def _card(row: RowMapping) -> PrintedCard:
    return PrintedCard(
        id=CardId(row[cards.c.id]),
        facility=FacilityId(row[cards.c.facility_id]),
        number=row[cards.c.number],
        printed_at=row[cards.c.printed_at],
        used_at=row[cards.c.used_at],
        withdrawn_at=row[cards.c.withdrawn_at],
    )


def _application(row: RowMapping) -> Application:
    card, caregiver = row[applications.c.card_id], row[applications.c.caregiver_id]
    return Application(
        id=ApplicationId(row[applications.c.id]),
        address=AddressId(row[applications.c.address_id]),
        facility=FacilityId(row[applications.c.facility_id]),
        card=CardId(card) if card is not None else None,
        number=row[applications.c.number],
        answers=row[applications.c.answers],
        made_at=row[applications.c.made_at],
        expires_at=row[applications.c.expires_at],
        settled_at=row[applications.c.settled_at],
        caregiver=CaregiverId(caregiver) if caregiver is not None else None,
    )
