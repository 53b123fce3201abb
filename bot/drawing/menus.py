"""Menus: keys in place of the letters for those who belong to the programme, a few buttons for strangers."""

from bot.drawing.buttons import Row, button, column
from domain.message import Choice, Keyboard, OutgoingMessage, Text
from domain.people import ActorRole
from services.access import Speaker

ACTOR_KEYS = {
    ActorRole.VOLUNTEER: (("enrol", "families"), ("find", "applications")),
    ActorRole.HEALTH_WORKER: (("session", "families"), ("enrol", "find"), ("applications", "ended")),
    ActorRole.STAFF: (
        ("enrol", "families"),
        ("find", "applications"),
        ("colleagues", "invite"),
        ("duplicates", "area"),
        ("campaign", "operations"),
        ("ended",),
    ),
}
CAREGIVER_KEYS = (("child", "tip"), ("danger", "kept"), ("kin", "settings"), ("known", "stop"))
BACK_KEYS = (("come_back",),)
STOPPED_KEYS = (("come_back", "danger"), ("child", "known"))
BEREFT_KEYS = (("known",), ("language", "help"))
PUBLIC_TOPICS = ("code", "about", "danger", "language")
ALWAYS_KEYS = (("language", "help"),)
ALL_KEYS = tuple(
    dict.fromkeys(
        key for rows in (*ACTOR_KEYS.values(), CAREGIVER_KEYS, STOPPED_KEYS, ALWAYS_KEYS) for row in rows for key in row
    )
)


def main_menu(speaker: Speaker, body: Text) -> OutgoingMessage:
    """Some words with the keys that fit the one who reads them."""
    if speaker.is_stranger:
        return OutgoingMessage(body, public_choices())
    return OutgoingMessage(body, _keys(speaker), Keyboard.REPLY)


def _keys(speaker: Speaker) -> tuple[Row, ...]:
    rows: list[tuple[str, ...]] = []
    if speaker.actor is not None:
        rows += ACTOR_KEYS[speaker.actor.role]
    joined = [caregiver for caregiver in speaker.caregivers if caregiver.joined_at]
    if speaker.quiet:
        rows += CAREGIVER_KEYS
    elif speaker.bereft:
        rows += BEREFT_KEYS
    elif joined:
        stopped = all(caregiver.stopped_at for caregiver in joined)
        silent = any(caregiver.stopped_at or caregiver.pause for caregiver in joined)
        rows += STOPPED_KEYS if stopped else (*(BACK_KEYS if silent else ()), *CAREGIVER_KEYS)
    else:
        rows += ALWAYS_KEYS
    return tuple(tuple(Choice(Text(f"menu.{key}"), key) for key in row) for row in rows)


def public_choices(topics: tuple[str, ...] = PUBLIC_TOPICS) -> tuple[Row, ...]:
    """What a stranger may ask."""
    return column(button(f"public.choice.{topic}", "public", topic) for topic in topics)


def language_menu(languages: tuple[tuple[str, str], ...]) -> OutgoingMessage:
    """Every language by the name its speakers give it."""
    choices = column(
        Choice(Text("common.as_it_is", {"words": autonym}), f"v1:language:{tag}") for tag, autonym in languages
    )
    return OutgoingMessage(Text("settings.ask_language"), choices)
