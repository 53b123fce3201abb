"""What is heard in Telegram's own JSON, and who is nobody to us."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.heard import Attachment, Contact, Heard
from bot.parsing import heard_in, said_at, sender_of
from bot.payloads import Payload
from domain.message import MediaKind

LAN = {"id": 1001, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
BINH = {"id": 1004, "is_bot": False, "first_name": "Bình"}
ROBOT = {"id": 77, "is_bot": True, "first_name": "Cradle", "username": "cradle_bot"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Lan"}
GROUP = {"id": -5, "type": "group", "title": "Mothers of Suối Mơ"}
SUPERGROUP = {"id": -1005, "type": "supergroup", "title": "Mothers of Suối Mơ"}
WRITTEN = 1772300000
CHANNEL = {"id": -1006, "type": "channel", "title": "News"}


def update(kind: str, content: dict[str, Any]) -> Update:
    return Update.de_json({"update_id": 5, kind: content}, None)


def message(sender: dict[str, Any] = LAN, chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message_id": 31, "date": WRITTEN, "chat": chat, "from": sender, **content}


def heard(**content: Any) -> Heard | None:
    return heard_in(update("message", message(**content)))


def tap(data: str, **message_content: Any) -> Update:
    below = message(ROBOT, text="When?") | message_content
    return update("callback_query", {"id": "9", "from": LAN, "chat_instance": "1", "data": data, "message": below})


def membership(status: str) -> Update:
    member: dict[str, Any] = {"user": ROBOT, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    old = {"user": ROBOT, "status": "member"}
    change = {"chat": PRIVATE, "from": LAN, "date": 1772300000, "old_chat_member": old, "new_chat_member": member}
    return update("my_chat_member", change)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", Heard(command="start")),
        ("/start Zm9v_-x", Heard(command="start", words="Zm9v_-x")),
        ("/STOP@cradle_bot", Heard(command="stop")),
        ("/child now please", Heard(command="child", words="now please")),
        ("My child has a fever", Heard(words="My child has a fever")),
        ("/", Heard()),
        ("/ stop", Heard(words="stop")),
        ("１２３ ４５６", Heard(words="123 456")),
    ],
)
def test_words_and_commands_are_told_apart(text: str, expected: Heard) -> None:
    assert heard(text=text) == expected


def test_one_name_spelt_by_two_phones_is_one_name() -> None:
    assert heard(text="Bế") == heard(text="Be\u0302\u0301")


def sizes(*found: tuple[str, int, int | None]) -> list[dict[str, Any]]:
    """A picture in several sizes: by name, side and weight."""
    return [
        {
            "file_id": name,
            "file_unique_id": name,
            "width": side,
            "height": side,
            **({"file_size": size} if size else {}),
        }
        for name, side, size in found
    ]


@pytest.mark.parametrize(
    ("content", "media"),
    [
        ({"photo": sizes(("a", 9, None)), "caption": "An"}, Attachment(MediaKind.PHOTO, "a", 0)),
        ({"photo": sizes(("big", 90, 900), ("small", 9, 90))}, Attachment(MediaKind.PHOTO, "big", 900)),
        ({"photo": sizes(("fits", 9, 90), ("heavy", 90, 2**24))}, Attachment(MediaKind.PHOTO, "fits", 90)),
        ({"photo": sizes(("heavy", 90, 2**24))}, Attachment(MediaKind.PHOTO, "heavy", 2**24)),
        ({"photo": []}, None),
        ({"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}}, Attachment(MediaKind.VOICE, "a", 0)),
        (
            {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3, "mime_type": "text/html", "file_size": 7}},
            Attachment(MediaKind.VOICE, "a", 7, "text/html"),
        ),
        ({"location": {"longitude": 107.1, "latitude": 21.0}}, None),
    ],
)
def test_a_picture_or_a_voice_has_no_words_and_is_only_announced(
    content: dict[str, Any], media: Attachment | None
) -> None:
    assert heard(**content) == Heard(media=media)


def test_a_message_tells_when_it_was_written_and_a_tap_does_not() -> None:
    written = said_at(update("message", message(text="An")))
    assert written == datetime.fromtimestamp(WRITTEN, UTC)
    assert said_at(tap("v1:stop")) is None


def test_a_tap_carries_its_payload_and_the_message_it_stands_under() -> None:
    found = heard_in(tap("v1:visit:3:2026-03-20:coming"))
    assert found == Heard(tap=Payload("visit", ("3", "2026-03-20", "coming")), message_id="31")


def test_a_tap_on_a_message_that_telegram_no_longer_shows_is_heard_all_the_same() -> None:
    gone = {"chat": PRIVATE, "message_id": 31, "date": 0}
    query = {"id": "9", "from": LAN, "chat_instance": "1", "data": "v1:stop:yes", "message": gone}
    assert heard_in(update("callback_query", query)) == Heard(tap=Payload("stop", ("yes",)), message_id="31")


@pytest.mark.parametrize("data", ["", "record:1", "v9:record:1", "../../etc"])
def test_a_button_we_never_made_is_forged(data: str) -> None:
    assert heard_in(tap(data)) == Heard(forged=True, message_id="31")


def test_her_own_number_is_her_own() -> None:
    contact = {"phone_number": "+84912345678", "first_name": "Lan", "user_id": 1001}
    assert heard(contact=contact) == Heard(contact=Contact("+84912345678", is_own=True))


@pytest.mark.parametrize("owner", [{"user_id": 1004}, {}])
def test_a_forwarded_contact_and_one_without_an_owner_are_not_hers(owner: dict[str, int]) -> None:
    contact = {"phone_number": "+84912345678", "first_name": "Bình", **owner}
    assert heard(contact=contact) == Heard(contact=Contact("+84912345678", is_own=False))


@pytest.mark.parametrize(
    ("status", "blocked"),
    [("kicked", True), ("left", True), ("member", False)],
)
def test_blocking_the_bot_and_letting_it_in_again_are_heard(status: str, blocked: bool) -> None:
    assert heard_in(membership(status)) == Heard(blocked=blocked)


def test_an_edited_message_is_not_listened_to() -> None:
    assert heard_in(update("edited_message", message(text="An", edit_date=1772300001))) is None


def test_who_writes_in_her_own_chat_is_somebody() -> None:
    sender = sender_of(update("message", message(text="hello")))
    assert sender is not None
    assert (sender.id, sender.language_code) == (1001, "vi")


def test_who_taps_is_the_one_who_tapped_and_not_the_bot_that_wrote_the_message() -> None:
    sender = sender_of(tap("v1:stop:yes"))
    assert sender is not None
    assert sender.id == 1001


@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP, CHANNEL])
def test_groups_and_channels_are_nobody(chat: dict[str, Any]) -> None:
    assert sender_of(update("message", message(BINH, chat, text="/start"))) is None
    assert sender_of(tap("v1:stop:yes", chat=chat)) is None
    post = {"message_id": 3, "date": 1772300000, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "news"}
    assert sender_of(update("channel_post", post)) is None


def test_another_bot_is_nobody() -> None:
    assert sender_of(update("message", message(ROBOT, text="/start"))) is None
