"""The people and bots of the simulated Telegram, and what lies between them: chats, messages, files, updates."""

from dataclasses import dataclass, field
from typing import Any

from simulator.changes import Changes

Json = dict[str, Any]

# Telegram delivers these only when a bot asks for them by name.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True)
class StoredFile:
    """What is known about a file; its bytes are kept elsewhere."""

    unique_id: str
    kind: str
    size: int
    mime_type: str
    name: str | None = None
    width: int = 0
    height: int = 0
    duration: int = 0

    def as_json(self) -> Json:
        return {
            "file_unique_id": self.unique_id,
            "kind": self.kind,
            "mime_type": self.mime_type,
            "file_name": self.name,
        }


@dataclass
class StoredMessage:
    """One message of a chat: Telegram's own object and what the page must know beside it."""

    body: Json
    outgoing: bool
    file_id: str | None = None
    edited: bool = False
    deleted: bool = False


@dataclass
class Phone:
    """One Telegram account; its number is both the user's id and the chat's."""

    id: int
    name: str
    language_code: str | None = None
    phone_number: str | None = None
    label: str | None = None
    deactivated: bool = False

    def user(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        return user | {"language_code": self.language_code} if self.language_code else user

    def chat(self) -> Json:
        return {"id": self.id, "first_name": self.name, "type": "private"}


@dataclass
class Chat:
    """What one phone and one bot have said to each other."""

    open: bool = False
    blocked: bool = False
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    keyboard: Json | None = None
    toast: Json | None = None
    action: tuple[str, float] | None = None


@dataclass(frozen=True)
class PendingUpdate:
    """An update the bot has not confirmed; it is gone at `expires_at` (Unix seconds of the simulated clock)."""

    id: int
    kind: str
    body: Json
    queue: str
    expires_at: int


@dataclass
class Webhook:
    """Where updates are pushed to, and what went wrong last."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class Bot:
    """One bot: who it is, what it told Telegram about itself, and its updates."""

    id: int
    token: str
    username: str
    first_name: str
    next_message_id: int = 1
    next_update_id: int = 1
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    callbacks: dict[str, int] = field(default_factory=dict)
    updates: list[PendingUpdate] = field(default_factory=list)
    allowed_updates: list[str] | None = None
    webhook: Webhook | None = None
    arrivals: Changes = field(default_factory=Changes)

    def name(self) -> str:
        return self.texts.get("name", {}).get("", self.first_name)

    def user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name(), "username": self.username}

    def chat_with(self, phone_id: int) -> Chat:
        return self.chats.setdefault(phone_id, Chat())

    def wants(self, kind: str) -> bool:
        return kind in self.allowed_updates if self.allowed_updates else kind not in NOT_BY_DEFAULT
