"""Who runs campaigns in these tests: Thu writes, Quang approves; and mothers of the commune who agreed to messages."""

from dataclasses import replace
from datetime import datetime, timedelta
from math import inf

from bot.sending.sender import Outlet, Sender
from domain.campaigns.campaign import Campaign
from domain.consent import Consent, ConsentWay, Purpose
from domain.identifiers import CampaignId, CaregiverId
from domain.invite import ActorPlace
from domain.message import OutgoingMessage
from domain.moment import Moment
from domain.people import ActorRole
from domain.reader import Reader, Role
from domain.rendered import RenderedMessage
from domain.sending.outbox import Lane, Share
from domain.sending.pacing import Pacing
from domain.sending.retry import Delivered, SendResult
from services.access import Speaker, anew
from services.campaigns.advance import advance_campaigns
from services.campaigns.approve import approve, submit
from services.campaigns.draft import begin_draft, set_title, write_text
from services.ports import UnitOfWork
from services.programme import LanguageChoice
from services.turn import Turn
from storage.engine import Database
from tests.fakes.programmes import PROGRAMME
from tests.storage.village import BOT, NOW, ZONE, Village, arrive

WORDS = "Ngày mai trạm cho uống vitamin A."
CHAINS = {"vi": ("vi", "en"), "zh": ("zh", "en"), "en": ("en",)}
LANGUAGES = tuple(LanguageChoice(tag, tag) for tag in CHAINS)
CAMPAIGNING = replace(
    PROGRAMME, languages=LANGUAGES, spoken_languages=LANGUAGES, language_chain=lambda tag: CHAINS[tag]
)


STAFF = frozenset({"thu", "quang"})


class Phones:
    """The families' telephones: what arrived, what was edited or taken back; `answers` are the next refusals."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.changed: list[tuple[str, str, str]] = []
        self.answers: list[SendResult] = []

    async def send(self, external_id: str, message: RenderedMessage) -> SendResult:
        if message.change is not None:
            self.changed.append((message.change.value, external_id, message.text))
            return self.answers.pop(0) if self.answers else Delivered(str(message.edits))
        if self.answers and external_id not in STAFF:
            return self.answers.pop(0)
        self.said.append((external_id, message.text))
        return Delivered(str(len(self.said)))

    def of_families(self) -> list[tuple[str, str]]:
        """What families got."""
        return [(chat, text) for chat, text in self.said if chat not in STAFF]


class Words:
    """Renders a campaign's own words, and of anything else the key."""

    def render(self, message: OutgoingMessage, reader: Reader) -> RenderedMessage:
        text = str(message.body.values.get("text", message.body.key))
        return RenderedMessage(text, reader.language, edits=message.edits, change=message.change)


class Department:
    """Thu and Quang at their desks, a clock that tests move, and the telephones."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOW
        self.phones = Phones()

    def moment(self) -> Moment:
        return Moment(self.now, self.now)

    def wait(self, length: timedelta) -> None:
        self.now += length

    async def turn(self, uow: UnitOfWork, chat: str) -> Turn:
        speaker = await anew(uow, Speaker(await arrive(uow, chat), None, ()))
        return Turn(uow, CAMPAIGNING, self.moment(), speaker, f"update:{chat}:{self.now}")

    async def written(self, words: str = WORDS, *, by: str = "thu") -> CampaignId:
        async with self.database.begin() as uow:
            turn = await self.turn(uow, by)
            campaign = await begin_draft(turn)
            await set_title(turn, campaign.id, "Vitamin A")
            written = await write_text(turn, campaign.id, "vi", words)
            assert written is not None
            assert not written.problems
        return campaign.id

    async def approved(self) -> CampaignId:
        number = await self.written()
        async with self.database.begin() as uow:
            submitted = await submit(await self.turn(uow, "thu"), number)
            assert isinstance(submitted, Campaign)
        async with self.database.begin() as uow:
            turn = await self.turn(uow, "quang")
            assert isinstance(await approve(turn, number, seen=submitted.revision), Campaign)
        return number

    async def step(self) -> None:
        """One step of every campaign, and all that is due is sent."""
        await advance_campaigns(self.database, CAMPAIGNING, self.moment())
        await self.sender().send_due()

    async def sent_whole(self) -> CampaignId:
        """A campaign from its draft to its end, eleven seconds a step."""
        number = await self.approved()
        for _step in range(6):
            await self.step()
            self.wait(timedelta(seconds=11))
        return number

    def sender(self) -> Sender:
        async def now() -> Moment:
            return self.moment()

        outlet = Outlet(Words(), self.phones, Pacing(inf, timedelta(0)))
        return Sender(self.database, CAMPAIGNING, outlet, share=Share(BOT, frozenset(Lane)), now=now)

    async def find(self, campaign: CampaignId) -> Campaign:
        async with self.database.look() as uow:
            found = await uow.campaigns.find(campaign)
        assert found is not None
        return found


async def open_department(database: Database) -> Department:
    """Both have their chats."""
    async with database.begin() as uow:
        for name in ("thu", "quang"):
            actor = await uow.people.add_actor(ActorPlace(name.title(), ActorRole.STAFF), by=None, at=NOW)
            await uow.people.link_actor(actor, (await arrive(uow, name)).id, NOW)
    return Department(database)


async def add_mothers(database: Database, village: Village, count: int) -> list[CaregiverId]:
    """So many more mothers, each with a chat of her own (`mother-0` …), who agreed to messages."""
    async with database.begin() as uow:
        return [await add_mother(uow, village, f"mother-{number}") for number in range(count)]


async def add_mother(uow: UnitOfWork, village: Village, chat: str, language: str = "vi") -> CaregiverId:
    family = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
    mother = await uow.families.add_caregiver(family, Role.MOTHER, language, None)
    await uow.people.link_caregiver(mother, (await arrive(uow, chat)).id, NOW)
    await uow.families.join_caregiver(mother, at=NOW, on=NOW.date())
    await agree(uow, mother, NOW)
    return mother


async def agree(uow: UnitOfWork, caregiver: CaregiverId, at: datetime) -> None:
    """She wishes messages."""
    await uow.consents.add(Consent(caregiver, Purpose.MESSAGES, True, "1", "vi", ConsentWay.TAP, at))
