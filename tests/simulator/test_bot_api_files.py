"""Photos, voices and documents: uploaded, sent again by their id, downloaded, and refused when they are wrong."""

import pytest

from tests.fakes.simulator import Stage
from tests.simulator.conftest import OTHER_TOKEN, TOKEN, Api, picture

VOICE = b"OggS" + bytes(60)


async def test_a_photo_is_shown_with_its_real_size(api: Api, stage: Stage, lan: int, png: bytes) -> None:
    answer = await api.upload(
        "sendPhoto", {"photo": ("card.png", png)}, chat_id=lan, caption="<b>Thẻ</b>", parse_mode="HTML"
    )
    message = answer.json()["result"]
    assert (message["photo"][-1]["width"], message["photo"][-1]["height"]) == (40, 30)
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    seen = (await stage.last_message(lan))["file"]
    assert seen["kind"] == "photo"
    assert await stage.picture(seen["file_unique_id"]) == png


async def test_a_file_may_be_attached_under_another_name(api: Api, lan: int, png: bytes) -> None:
    answer = await api.upload("sendDocument", {"card": ("card.png", png)}, chat_id=lan, document="attach://card")
    document = answer.json()["result"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("card.png", "image/png", len(png))


async def test_a_voice_is_sent_once_and_then_by_its_id(api: Api, stage: Stage, lan: int) -> None:
    first = (await api.upload("sendVoice", {"voice": VOICE}, chat_id=lan, duration="7")).json()["result"]["voice"]
    again = await api.ok("sendVoice", chat_id=lan, voice=first["file_id"])
    assert again["voice"] == first
    assert (first["duration"], first["mime_type"]) == (7, "audio/ogg")
    assert (await stage.journal(method="sendVoice"))[0]["files"] == ["voice"]


async def test_the_id_of_a_file_is_worth_nothing_to_another_bot(api: Api, stage: Stage, lan: int, png: bytes) -> None:
    sent = (await api.upload("sendPhoto", {"photo": png}, chat_id=lan)).json()["result"]["photo"][-1]
    other = Api(api.client, OTHER_TOKEN)
    assert await other.error("getFile", file_id=sent["file_id"]) == "Bad Request: invalid file_id"


async def test_a_file_can_be_downloaded(api: Api, lan: int, png: bytes) -> None:
    sent = (await api.upload("sendPhoto", {"photo": png}, chat_id=lan)).json()["result"]["photo"][-1]
    found = await api.ok("getFile", file_id=sent["file_id"])
    downloaded = await api.client.get(f"/file/bot{TOKEN}/{found['file_path']}")
    assert downloaded.content == png
    assert (await api.client.get(f"/file/bot{TOKEN}/nothing")).status_code == 404
    assert (await api.client.get(f"/file/bot9:x/{found['file_path']}")).status_code == 401


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (picture(9900, 600), "PHOTO_INVALID_DIMENSIONS"),
        (
            bytes(10 * 1024 * 1024 + 1),
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
    ids=["no picture", "empty", "too long", "too large", "too heavy"],
)
async def test_a_photo_telegram_would_not_take_is_refused(api: Api, lan: int, content: bytes, complaint: str) -> None:
    answer = await api.upload("sendPhoto", {"photo": content}, chat_id=lan)
    assert answer.json()["description"] == f"Bad Request: {complaint}"


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("AgACnonsense", "wrong file identifier/HTTP URL specified"),
        ("x", "wrong file identifier/HTTP URL specified"),
        ("https://example.org/x.png", "failed to get HTTP URL content"),
        ("attach://nothing", "there is no photo in the request"),
        ("", "there is no photo in the request"),
    ],
)
async def test_a_file_that_is_not_there_is_refused(api: Api, lan: int, value: str, complaint: str) -> None:
    assert await api.error("sendPhoto", chat_id=lan, photo=value) == f"Bad Request: {complaint}"


async def test_a_voice_cannot_be_sent_as_a_photo(api: Api, lan: int) -> None:
    voice = (await api.upload("sendVoice", {"voice": VOICE}, chat_id=lan)).json()["result"]["voice"]
    refusal = await api.error("sendPhoto", chat_id=lan, photo=voice["file_id"])
    assert refusal == "Bad Request: can't use file of type Voice as Photo"
