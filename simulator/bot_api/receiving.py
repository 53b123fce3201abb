"""How a bot gets its updates: getUpdates and webhooks."""

import json
import re
from dataclasses import asdict
from typing import Any

import httpx

from simulator.accounts import Json, Webhook
from simulator.bot_api.call import Call, Described
from simulator.bot_api.errors import ApiError, bad_request, conflict
from simulator.updates import forget_updates, living_updates

LONGEST_POLL = 50
_WEBHOOK_IS_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(call: Call) -> list[Json]:
    if call.bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _remember_wanted(call)
    return await call.simulation.long_polls.poll(
        call.world,
        call.bot,
        offset=call.parameters.integer("offset"),
        limit=min(max(call.parameters.integer("limit", 100), 1), 100),
        timeout=min(max(call.parameters.integer("timeout"), 0), LONGEST_POLL),
    )


async def set_webhook(call: Call) -> Described:
    url = call.parameters.text("url")
    if not url:
        return _remove_webhook(call)
    _check_url(url)
    _remember_wanted(call)
    _drop_if_asked(call)
    hook = Webhook(url, _secret(call), min(max(call.parameters.integer("max_connections", 40), 1), 100))
    if call.bot.webhook is not None and _same(call.bot.webhook, hook):
        return Described(result=True, description="Webhook is already set")
    call.world.record("webhook_set", bot=call.bot.id, webhook=asdict(hook))
    call.simulation.webhooks.restart(call.bot)
    return Described(result=True, description="Webhook was set")


async def delete_webhook(call: Call) -> Described:
    return _remove_webhook(call)


async def get_webhook_info(call: Call) -> Json:
    hook = call.bot.webhook
    pending = len(living_updates(call.world, call.bot))
    answer: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": pending}
    if call.bot.allowed_updates:
        answer["allowed_updates"] = call.bot.allowed_updates
    return answer | _described(hook) if hook else answer


def _described(hook: Webhook) -> Json:
    described: Json = {"url": hook.url, "max_connections": hook.max_connections}
    host = httpx.URL(hook.url).host
    if re.fullmatch(r"[\d.]+", host):
        described["ip_address"] = host
    if hook.last_error_date is not None:
        described |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    return described


def _same(one: Webhook, other: Webhook) -> bool:
    return (one.url, one.secret_token, one.max_connections) == (
        other.url,
        other.secret_token,
        other.max_connections,
    )


def _remove_webhook(call: Call) -> Described:
    _drop_if_asked(call)
    if call.bot.webhook is None:
        return Described(result=True, description="Webhook is already deleted")
    call.world.record("webhook_set", bot=call.bot.id, webhook=None)
    call.simulation.webhooks.restart(call.bot)
    return Described(result=True, description="Webhook was deleted")


def _drop_if_asked(call: Call) -> None:
    if call.parameters.flag("drop_pending_updates"):
        forget_updates(call.world, call.bot, [update.id for update in call.bot.updates])


def _remember_wanted(call: Call) -> None:
    """Telegram keeps the last list it was given; an empty one asks for the usual kinds again."""
    if not call.parameters.has("allowed_updates"):
        return
    wanted = _decoded_list(call.parameters.text("allowed_updates"))
    allowed = [kind for kind in wanted if isinstance(kind, str)] or None
    if allowed != call.bot.allowed_updates:
        call.world.record("updates_wanted", bot=call.bot.id, allowed=allowed)


def _decoded_list(text: str) -> list[Any]:
    try:
        wanted = json.loads(text)
    except ValueError:
        wanted = None
    if not isinstance(wanted, list):
        raise bad_request("can't parse allowed_updates: expected an Array of String")
    return wanted


def _secret(call: Call) -> str:
    secret = call.parameters.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def _check_url(url: str) -> None:
    """Plain http is welcome here, because everything is on loopback."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        raise _bad_webhook("invalid webhook URL specified") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise _bad_webhook("An HTTPS URL must be provided for webhook")


def _bad_webhook(reason: str) -> ApiError:
    return bad_request(f"bad webhook: {reason}")
