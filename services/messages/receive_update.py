"""Receive an update: insert it raw before it is acknowledged. What it means is found out later."""

import json
from typing import Any, TypeGuard

from domain.moment import Moment
from services.ports import UnitsOfWork


class UnreadableUpdate(Exception):
    """Not JSON, or without the number that every update has."""


async def receive_update(units: UnitsOfWork, *, bot: str, body: bytes, moment: Moment) -> bool:
    """Keep it under (bot, update_id); False when it was here already."""
    update, plain = _read(body)
    async with units.begin() as uow:
        return await uow.updates.store(
            bot=bot,
            update_id=update["update_id"],
            chat=_chat_of(update),
            body=plain,
            at=moment.wall,
        )


def _read(body: bytes) -> tuple[dict[str, Any], str]:
    try:
        update = json.loads(body)
        # In ASCII, because half a surrogate pair can be written in JSON but in no database.
        plain = json.dumps(update, separators=(",", ":"))
    except (ValueError, RecursionError) as error:
        raise UnreadableUpdate("not JSON") from error
    number = update.get("update_id") if isinstance(update, dict) else None
    if not _is_number(number) or number < 0:
        raise UnreadableUpdate("without update_id")
    return dict(update), plain


def _chat_of(update: dict[str, Any]) -> str:
    """Whose turn it is: in private chats the person, so that her tap and her text wait for each other."""
    for content in update.values():
        if isinstance(content, dict):
            for place in (content.get("chat"), content.get("from")):
                if isinstance(place, dict) and _is_number(place.get("id")):
                    return str(place["id"])
    return "nobody"


def _is_number(value: object) -> TypeGuard[int]:
    """Whether it is a whole number that Telegram could give and a database keeps."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
