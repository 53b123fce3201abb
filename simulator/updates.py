"""Updates on their way to the bot: into which queue they go, how long they live, and which are still alive."""

from dataclasses import asdict

from simulator.accounts import Bot, Json, PendingUpdate
from simulator.world import World

MESSAGE_LIFETIME = 24 * 3600
CALLBACK_LIFETIME = 150


def queue_update(world: World, bot: Bot, kind: str, payload: Json, *, chat_id: int) -> int | None:
    """Queue an update; None when the bot did not ask for this kind."""
    if not bot.wants(kind):
        return None
    lifetime = CALLBACK_LIFETIME if kind == "callback_query" else MESSAGE_LIFETIME
    update = PendingUpdate(
        id=bot.next_update_id,
        kind=kind,
        body={"update_id": bot.next_update_id, kind: payload},
        queue=_queue(kind, chat_id),
        expires_at=world.unix_now() + lifetime,
    )
    world.record("update_queued", bot=bot.id, update=asdict(update))
    return update.id


def _queue(kind: str, chat_id: int) -> str:
    """Messages of a chat keep their order; taps and memberships travel in queues of their own, as with Telegram."""
    return str(chat_id) if kind in ("message", "edited_message") else f"{kind}:{chat_id}"


def living_updates(world: World, bot: Bot) -> list[PendingUpdate]:
    """What the bot may still get; what is too old is dropped for good."""
    expired = [update.id for update in bot.updates if update.expires_at < world.unix_now()]
    forget_updates(world, bot, expired)
    return bot.updates


def forget_updates(world: World, bot: Bot, ids: list[int]) -> None:
    if ids:
        world.record("updates_gone", bot=bot.id, ids=ids)
