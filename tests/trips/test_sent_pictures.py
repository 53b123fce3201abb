"""Staff send a picture or a voice where a dialogue waits for it. Families' own are never opened."""

import io

import pytest
from PIL import Image

from bot.drawing import forms as drawing
from bot.drawing.doses_had import OwnWords
from bot.handlers import forms as dialogues
from bot.receiving import attachments
from bot.routes import COMMANDS
from bot.talk import Said, Talk, say
from domain.forms.form import Form, Kind, Question
from domain.media import ANSWERED_WITH_MEDIA, read_media
from domain.message import OutgoingMessage, Text
from domain.people import ActorRole
from services.forms.answer_form import FORMS, begin_form, find_draft
from services.media.keep_media import content_of
from tests.trips.village import Person, Village

SHOWING = Form("showing", 1, (Question("media", Kind.TYPED, read=ANSWERED_WITH_MEDIA),))
VOICE = b"OggS" + bytes(24) + b"OpusHead" + bytes(100)
QUESTION = "Which picture?"


def picture(width: int = 40, height: int = 30) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(content, "PNG")
    return content.getvalue()


def as_it_is(words: str) -> Text:
    return Text("common.as_it_is", {"words": words})


async def ask(talk: Talk) -> Said:
    await begin_form(talk.turn, SHOWING)
    return say(OutgoingMessage(as_it_is(QUESTION)))


async def shown(talk: Talk) -> Said:
    draft = await find_draft(talk.turn, SHOWING.name)
    assert draft is not None
    return say(OutgoingMessage(as_it_is("Thank you"), media=read_media(draft.answers["media"] or "")))


@pytest.fixture(autouse=True)
def showing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialogue of one question."""
    nothing = lambda *_arguments: None  # noqa: E731 - as short as it says
    words = OwnWords(lambda *_arguments: as_it_is(QUESTION), nothing, nothing, nothing)
    monkeypatch.setitem(FORMS, SHOWING.name, SHOWING)
    monkeypatch.setitem(drawing.OWN_WORDS, SHOWING.name, words)
    monkeypatch.setitem(dialogues.FINISH, SHOWING.name, shown)
    monkeypatch.setitem(COMMANDS, "showing", ask)


@pytest.fixture
async def chi(village: Village) -> Person:
    """Chi of the department of health."""
    someone = await village.actor("Chi", ActorRole.STAFF, communes=())
    await someone.types("/showing")
    assert await someone.reads() == QUESTION
    return someone


async def fetched(village: Village) -> int:
    return len(await village.stage.journal(method="getFile"))


@pytest.mark.parametrize(("kind", "content"), [("photo", picture()), ("voice", VOICE)])
async def test_what_chi_sends_is_kept_and_goes_out_without_being_uploaded(
    village: Village, chi: Person, kind: str, content: bytes
) -> None:
    assert await chi.sends(kind, content, caption="for you") == "Thank you"
    (sent,) = await village.stage.journal(method="sendPhoto" if kind == "photo" else "sendVoice")
    assert sent["files"] == []
    assert sent["params"]["caption"] == "Thank you"
    async with village.parts.database.look() as uow:
        address = await uow.people.find_address(channel="telegram", bot="700000001", external_id=str(chi.phone))
        assert address is not None
        draft = await uow.drafts.find(address.id, SHOWING.name)
    media = read_media(draft.answers["media"] or "") if draft else None
    assert media is not None
    assert await content_of(village.parts.database, media) == content


@pytest.mark.parametrize(
    ("kind", "content", "key"),
    [
        ("photo", picture(2100, 100), "media.too_many_pixels"),
        ("voice", b"ID3" + bytes(60), "media.not_a_voice"),
        ("voice", VOICE + bytes(5 * 1024 * 1024), "media.too_large"),
    ],
)
async def test_what_cannot_be_kept_is_said_kindly_and_the_question_stays_open(
    village: Village, chi: Person, kind: str, content: bytes, key: str
) -> None:
    await chi.sends(kind, content)
    assert (await chi.has_read())[-2:] == [chi.words(key), QUESTION]
    assert await village.rows("SELECT content_hash FROM media") == []
    assert await chi.sends("photo", picture()) == "Thank you"


@pytest.mark.parametrize("fault", ["server_error", "timeout_before"])
async def test_a_picture_that_does_not_arrive_is_asked_for_again(
    village: Village, chi: Person, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "FETCH_SECONDS", 0.5)
    await village.stage.add_fault(fault, method="getFile")
    await chi.sends("photo", picture())
    assert (await chi.has_read())[-2:] == [chi.words("media.not_fetched"), QUESTION]
    assert await chi.sends("photo", picture()) == "Thank you"


async def test_typed_words_are_no_picture(chi: Person) -> None:
    assert chi.words("problem.media") in await chi.types("photo:mine")
    assert await chi.sends("document", b"%PDF") != "Thank you"
    assert await chi.sends("photo", picture()) == "Thank you"


async def test_pictures_that_nobody_waits_for_are_never_opened(
    village: Village, chi: Person, hoa: Person, lan: Person
) -> None:
    await lan.types("/start")
    await lan.types("/showing")
    await hoa.types("/showing")
    for someone in (lan, hoa):
        await someone.sends("photo", picture())
        await someone.sends("voice", VOICE)
    await chi.sends("photo", picture())
    once = await fetched(village)
    assert once == 1
    await chi.types("/start")
    assert await fetched(village) == once
    kept = await village.rows("SELECT kind FROM media")
    assert kept == [("photo",)]
