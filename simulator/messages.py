"""Writing into a chat, by whichever side."""

from simulator.accounts import Bot, Json, Phone
from simulator.updates import queue_update
from simulator.world import World


def bot_writes(world: World, bot: Bot, phone: Phone, content: Json, *, file_id: str | None = None) -> Json:
    """A message of the bot appears on the phone."""
    return _add(world, bot, phone, {"from": bot.user(), **content}, file_id=file_id, outgoing=True)


def person_writes(
    world: World, bot: Bot, phone: Phone, content: Json, *, file_id: str | None = None
) -> tuple[int | None, Json]:
    """A message of a person reaches the bot as an update: (update id, message)."""
    message = _add(world, bot, phone, {"from": phone.user(), **content}, file_id=file_id, outgoing=False)
    return queue_update(world, bot, "message", message, chat_id=phone.id), message


def _add(world: World, bot: Bot, phone: Phone, content: Json, *, file_id: str | None, outgoing: bool) -> Json:
    message = {
        "message_id": bot.next_message_id,
        "date": world.unix_now(),
        "chat": phone.chat(),
        **content,
    }
    world.record("message_added", bot=bot.id, chat=phone.id, message=message, outgoing=outgoing, file=file_id)
    return message


def without_reply(message: Json) -> Json:
    """A message as it is quoted in an answer: Telegram never nests deeper than one."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}
