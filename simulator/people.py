"""What people do with their phones: type, tap, share, send, open links, scan, block."""

import re
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from simulator.accounts import Bot, Chat, Json, Phone, StoredMessage
from simulator.bot_api.markup.formatted import Formatted, with_detected
from simulator.messages import person_writes, without_reply
from simulator.qr import read_qr
from simulator.refusal import impossible, not_now, unknown
from simulator.stored_files import NoImageError, Upload, keep_file, media_content
from simulator.updates import queue_update
from simulator.world import World

FILE_KINDS = ("photo", "voice", "document")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Hand:
    """One person's hand on her phone, in the chat with one bot."""

    world: World
    bot: Bot
    phone: Phone

    @property
    def chat(self) -> Chat:
        return self.bot.chat_with(self.phone.id)

    def type_text(self, text: str, *, reply_to: int | None = None) -> Json:
        if not text.strip():
            raise impossible("There is nothing to send.")
        starting = text == "/start" or text.startswith("/start ")
        self._must_be_able_to_write(starting=starting)
        if starting:
            self._change_chat(open_=True, blocked=False)
        return self._write(_text_content(text.strip()) | self._quoted(reply_to))

    def tap(self, message_id: int, row: int, column: int) -> Json:
        """A button under a message of the bot."""
        stored = self._visible(message_id)
        button = _at(stored.body.get("reply_markup", {}).get("inline_keyboard", []), row, column)
        if "url" in button:
            return {"url": button["url"]}
        if "callback_data" not in button:
            raise impossible("This button does nothing that can be simulated.")
        return self._query(stored, button["callback_data"])

    def forge_tap(self, message_id: int, text: str) -> Json:
        """A changed app sends data that no button has."""
        return self._query(self._visible(message_id), text)

    def press_key(self, row: int, column: int) -> Json:
        """A key of the reply keyboard: its text, or her own contact when it asks for that."""
        keyboard = self.chat.keyboard
        if keyboard is None:
            raise not_now("There is no keyboard.")
        key = _at(keyboard["keyboard"], row, column)
        self._must_be_able_to_write()
        if keyboard.get("one_time_keyboard"):
            self.world.record("keyboard_shown", bot=self.bot.id, chat=self.phone.id, keyboard=None)
        if key.get("request_contact"):
            return self.share_contact(self._own_number(), self.phone.name, self.phone.id)
        return self._write(_text_content(key["text"]))

    def share_contact(self, phone_number: str, first_name: str, user_id: int | None) -> Json:
        self._must_be_able_to_write()
        contact: Json = {"phone_number": phone_number, "first_name": first_name}
        return self._write({"contact": contact | ({"user_id": user_id} if user_id is not None else {})})

    def send_file(self, kind: str, upload: Upload, *, caption: str) -> Json:
        if kind not in FILE_KINDS:
            raise impossible("A file is a photo, a voice or a document.")
        self._must_be_able_to_write()
        try:
            stored = keep_file(self.world, kind, upload)
        except NoImageError:
            raise impossible("This is no picture.") from None
        content = media_content(self.bot.id, stored) | ({"caption": caption} if caption else {})
        return self._write(content, file_id=stored.unique_id)

    def open_link(self, link: str) -> Json:
        """She follows a link of the bot and presses Start."""
        return self.start(_payload_of(link, self.bot.username))

    def start(self, payload: str) -> Json:
        if self.phone.deactivated:
            raise not_now("This account is deactivated.")
        if self.chat.blocked:
            self._change_membership(blocked=False)
        self._change_chat(open_=True, blocked=False)
        return self._write(_text_content(f"/start {payload}".strip()))

    def scan(self, picture: bytes) -> Json:
        """Her camera reads a code; a link of the bot is opened at once."""
        text = read_qr(picture)
        if text is None:
            raise impossible("There is no code to read in this picture.")
        if not is_link_of(text, self.bot.username):
            return {"text": text, "opened": False}
        return {"text": text, "opened": True, **self.open_link(text)}

    def photo_of(self, message_id: int) -> bytes:
        stored = self._visible(message_id)
        if stored.file_id is None or self.world.files[stored.file_id].kind != "photo":
            raise impossible("This message shows no picture.")
        return self.world.file_bytes.read(stored.file_id)

    def block(self) -> None:
        if self.chat.blocked or not self.chat.open:
            raise not_now("There is no open chat to block.")
        self._change_membership(blocked=True)

    def unblock(self) -> Json:
        if not self.chat.blocked:
            raise not_now("The bot is not blocked.")
        return self.start("")

    def deactivate(self) -> None:
        self.world.record("phone_deactivated", phone=self.phone.id)

    def _write(self, content: Json, *, file_id: str | None = None) -> Json:
        update_id, message = person_writes(self.world, self.bot, self.phone, content, file_id=file_id)
        return {"update_id": update_id, "message_id": message["message_id"]}

    def _query(self, stored: StoredMessage, text: str) -> Json:
        self._must_be_able_to_write()
        number = self.world.next_callback_id
        query_id = str(self.phone.id << 24 | number)
        self.world.record("callback_opened", bot=self.bot.id, id=query_id, number=number, at=self.world.unix_now())
        query = {
            "id": query_id,
            "from": self.phone.user(),
            "message": stored.body,
            "chat_instance": str(self.bot.id * 1_000_003 + self.phone.id),
            "data": text,
        }
        update_id = queue_update(self.world, self.bot, "callback_query", query, chat_id=self.phone.id)
        return {"update_id": update_id, "callback_query_id": query_id}

    def _change_membership(self, *, blocked: bool) -> None:
        old, new = (_member, _banned) if blocked else (_banned, _member)
        self._change_chat(open_=self.chat.open, blocked=blocked)
        change = {
            "chat": self.phone.chat(),
            "from": self.phone.user(),
            "date": self.world.unix_now(),
            "old_chat_member": old(self.bot),
            "new_chat_member": new(self.bot),
        }
        queue_update(self.world, self.bot, "my_chat_member", change, chat_id=self.phone.id)

    def _change_chat(self, *, open_: bool, blocked: bool) -> None:
        if (self.chat.open, self.chat.blocked) != (open_, blocked):
            self.world.record("chat_changed", bot=self.bot.id, chat=self.phone.id, open=open_, blocked=blocked)

    def _must_be_able_to_write(self, *, starting: bool = False) -> None:
        if self.phone.deactivated:
            raise not_now("This account is deactivated.")
        if self.chat.blocked:
            raise not_now("She has blocked the bot.")
        if not self.chat.open and not starting:
            raise not_now("She has not opened the chat yet: press Start first.")

    def _visible(self, message_id: int) -> StoredMessage:
        stored = self.chat.messages.get(message_id)
        if stored is None or stored.deleted:
            raise unknown("There is no such message on this phone.")
        return stored

    def _quoted(self, reply_to: int | None) -> Json:
        return {"reply_to_message": without_reply(self._visible(reply_to).body)} if reply_to else {}

    def _own_number(self) -> str:
        if not self.phone.phone_number:
            raise impossible("This phone has no number to share.")
        return self.phone.phone_number


def add_phone(world: World, facts: Json) -> Phone:
    """A new account; its id is made up unless given."""
    phone_id = facts.get("id") or world.next_phone_id
    if phone_id in world.phones:
        raise not_now("There is a phone with this id already.")
    phone = Phone(
        id=phone_id,
        name=facts["name"],
        language_code=facts.get("language_code") or None,
        phone_number=facts.get("phone_number") or None,
        label=facts.get("label") or None,
    )
    world.record("phone_added", phone=asdict(phone))
    return phone


def is_link_of(text: str, username: str) -> bool:
    return _bot_in(text).lower() == username.lower()


def _payload_of(link: str, username: str) -> str:
    if not is_link_of(link, username):
        raise impossible(f"This is no link of @{username}.")
    payload = _query_of(link).get("start", [""])[0]
    if payload and not _PAYLOAD.fullmatch(payload):
        raise impossible("A start payload has 1 to 64 letters, digits, hyphens or underscores.")
    return payload


def _bot_in(link: str) -> str:
    """The username a Telegram link leads to; empty for any other link."""
    parts = urlsplit(link if "://" in link else f"https://{link}")
    if parts.scheme == "tg":
        return _query_of(link).get("domain", [""])[0] if parts.netloc == "resolve" else ""
    if parts.scheme in ("http", "https") and parts.netloc.lower() in ("t.me", "telegram.me"):
        return parts.path.strip("/")
    return ""


def _query_of(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link if "://" in link else f"https://{link}").query, keep_blank_values=True)


def _text_content(text: str) -> Json:
    entities = list(with_detected(Formatted(text)).entities)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _at(rows: Any, row: int, column: int) -> Json:
    if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
        button: Json = rows[row][column]
        return button
    raise unknown("There is no button in this place.")


def _member(bot: Bot) -> Json:
    return {"user": bot.user(), "status": "member"}


def _banned(bot: Bot) -> Json:
    return {"user": bot.user(), "status": "kicked", "until_date": 0}
