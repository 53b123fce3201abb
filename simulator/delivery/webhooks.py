"""Webhooks: each chat's messages in order, several chats at once, tried again until they are taken or too old."""

import asyncio
import random
from dataclasses import dataclass, replace

import httpx

from simulator.accounts import Bot, PendingUpdate, Webhook
from simulator.updates import forget_updates, living_updates
from simulator.world import World

LONGEST_RETRY_AFTER = 3600.0


@dataclass(frozen=True)
class RetryPace:
    """How long to wait before trying again: at once, then 2, 4, 8 … seconds, never much more than a minute."""

    base: float = 2.0
    shortest_cap: float = 60.0
    longest_cap: float = 120.0

    def delay(self, failures: int) -> float:
        if failures <= 1:
            return 0.0
        cap = random.uniform(self.shortest_cap, self.longest_cap)  # noqa: S311 - spreads retries, guards nothing
        return float(min(self.base * 2 ** min(failures - 2, 30), cap))


class WebhookDelivery:
    """Pushes every bot's updates to its webhook, for as long as it has one."""

    def __init__(self, world: World, pace: RetryPace) -> None:
        self._world = world
        self._pace = pace
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def start(self) -> None:
        for bot in self._world.bots.values():
            self.restart(bot)

    def restart(self, bot: Bot) -> None:
        """Begin anew after the webhook changed."""
        if task := self._tasks.pop(bot.id, None):
            task.cancel()
        if bot.webhook is not None:
            self._tasks[bot.id] = asyncio.create_task(_Pusher(self._world, bot, self._pace).run())

    async def stop(self) -> None:
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Pusher:
    """One webhook at work."""

    def __init__(self, world: World, bot: Bot, pace: RetryPace) -> None:
        self._world = world
        self._bot = bot
        self._pace = pace
        self._busy: set[str] = set()

    async def run(self) -> None:
        hook = self._bot.webhook
        if hook is None:
            return
        free = asyncio.Semaphore(hook.max_connections)
        async with httpx.AsyncClient(timeout=60, trust_env=False) as client, asyncio.TaskGroup() as group:
            while not self._bot.arrivals.closed:
                rev = self._bot.arrivals.rev
                for queue in {update.queue for update in self._bot.updates} - self._busy:
                    self._busy.add(queue)
                    group.create_task(self._drain(queue, client, free))
                await self._bot.arrivals.beyond(rev, None)

    async def _drain(self, queue: str, client: httpx.AsyncClient, free: asyncio.Semaphore) -> None:
        """Deliver one queue in order; a failing update blocks the later ones of this queue only."""
        failures = 0
        while update := self._first(queue):
            async with free:
                wait = await self._push(update, client)
            if wait is None:
                forget_updates(self._world, self._bot, [update.id])
                failures = 0
                continue
            failures += 1
            await asyncio.sleep(wait or self._pace.delay(failures))
        self._busy.discard(queue)

    def _first(self, queue: str) -> PendingUpdate | None:
        return next((u for u in living_updates(self._world, self._bot) if u.queue == queue), None)

    async def _push(self, update: PendingUpdate, client: httpx.AsyncClient) -> float | None:
        """None when the update was taken, else the wait the receiver asked for (0: our own pace)."""
        hook = self._bot.webhook
        if hook is None:
            return 0.0
        try:
            response = await client.post(hook.url, json=update.body, headers=_headers(hook))
        except httpx.HTTPError as error:
            self._note(_reason(error))
            return 0.0
        if response.is_success:
            return None
        self._note(f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}")
        return _retry_after(response)

    def _note(self, message: str) -> None:
        if self._bot.webhook is not None:
            self._bot.webhook = replace(
                self._bot.webhook, last_error_date=self._world.unix_now(), last_error_message=message
            )


def _headers(hook: Webhook) -> dict[str, str]:
    return {"X-Telegram-Bot-Api-Secret-Token": hook.secret_token} if hook.secret_token else {}


def _reason(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectError):
        return "Connection refused"
    return "Read timeout expired" if isinstance(error, httpx.TimeoutException) else "Connection closed"


def _retry_after(response: httpx.Response) -> float:
    asked = response.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_RETRY_AFTER) if asked.isdigit() else 0.0
