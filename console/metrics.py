"""Figures for Prometheus, one measurement as metrics. Labels are lanes, reasons, ticks and bots, never people."""

import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from domain.operations import Observation, Trouble, TroubleKind

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figures:
    """A measurement and the trouble in it."""

    seen: Observation
    troubles: Sequence[Trouble] = ()


Measure = Callable[[], Awaitable[Figures]]


@dataclass(frozen=True)
class Gate:
    """Who may see the figures: whoever has the token; without one only this machine, not through a proxy."""

    token: str | None
    host: str

    def refuse(self, request: Request) -> Response | None:
        """Why not, or None."""
        if self.token is not None:
            given = request.headers.get("authorization", "").encode()
            if hmac.compare_digest(given, f"Bearer {self.token}".encode()):
                return None
            return PlainTextResponse(
                "Send CRADLE_METRICS_TOKEN as a bearer token.", 401, headers={"WWW-Authenticate": "Bearer"}
            )
        is_near = request.client is not None and _is_loopback(request.client.host) and _is_loopback(self.host)
        if is_near and not any(name in request.headers for name in _FORWARDED):
            return None
        return PlainTextResponse("Figures are for this machine only, unless CRADLE_METRICS_TOKEN is set.", 403)


class MetricsPage:
    """The route. Figures of this very process stand beside those of the database, which are everybody's."""

    def __init__(self, measure: Measure, gate: Gate, refused: Mapping[int, int]) -> None:
        self._measure = measure
        self._gate = gate
        self._refused = refused

    async def answer(self, request: Request) -> Response:
        """All figures in Prometheus' text format; when the database does not answer, that is a figure too."""
        refusal = self._gate.refuse(request)
        if refusal is not None:
            return refusal
        try:
            figures = await self._measure()
        except Exception:
            _logger.exception("not_measured")
            return _page(None, self._refused)
        return _page(figures, self._refused)


def _page(figures: Figures | None, refused: Mapping[int, int]) -> Response:
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Families(figures, refused))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Families(Collector):
    """What prometheus-client asks for its families."""

    def __init__(self, figures: Figures | None, refused: Mapping[int, int]) -> None:
        self._figures = figures
        self._refused = refused

    def collect(self) -> Iterable[Metric]:
        """Every family."""
        yield _gauge("cradle_database_up", "Whether the database answered: 1 or 0.", self._figures is not None)
        if self._figures is not None:
            seen = self._figures.seen
            yield _gauge("cradle_database_latency_seconds", "How long a trivial question took.", seen.latency)
            for families in (_queues, _messages, _ticks, _updates, _bots):
                yield from families(seen)
            yield _troubles(self._figures.troubles)
        yield _refusals(self._refused)


def _refusals(refused: Mapping[int, int]) -> Metric:
    found = CounterMetricFamily(
        "cradle_webhook_refused", "Deliveries that this console did not take, by its answer.", labels=["status"]
    )
    for status, count in sorted(refused.items()):
        found.add_metric([str(status)], count)
    return found


def _queues(seen: Observation) -> Iterator[Metric]:
    due = GaugeMetricFamily("cradle_queue_due_messages", "Messages that should have gone by now.", labels=["lane"])
    oldest = GaugeMetricFamily(
        "cradle_queue_oldest_seconds", "For how long the oldest of them is due.", labels=["lane"]
    )
    soon = GaugeMetricFamily("cradle_queue_next_hour_messages", "Messages planned for the next hour.", labels=["lane"])
    for one in seen.queues:
        lane = [one.lane.name.lower()]
        due.add_metric(lane, one.due)
        oldest.add_metric(lane, one.oldest.total_seconds())
        soon.add_metric(lane, one.next_hour)
    yield from (due, oldest, soon)


def _messages(seen: Observation) -> Iterator[Metric]:
    total = seen.total
    yield CounterMetricFamily("cradle_messages_sent", "Messages that the channel took.", value=total.sent)
    yield CounterMetricFamily("cradle_messages_throttled", "Answers 429 of the channel.", value=total.throttled)
    failed = CounterMetricFamily("cradle_message_tries_failed", "Tries that failed, by why.", labels=["reason"])
    for reason, count in sorted(total.failed.items()):
        failed.add_metric([reason], count)
    yield failed
    yield _gauge("cradle_messages_uncertain", "Messages that may or may not have arrived.", total.uncertain)


def _ticks(seen: Observation) -> Iterator[Metric]:
    age = GaugeMetricFamily("cradle_tick_age_seconds", "Programme time since the last run.", labels=["tick"])
    late = GaugeMetricFamily("cradle_tick_late_seconds", "For how long the next run is due.", labels=["tick"])
    for one in seen.heartbeats:
        since = one.age(seen.moment)
        if since is not None:
            age.add_metric([one.tick], since.total_seconds())
            late.add_metric([one.tick], one.late(seen.moment).total_seconds())
    yield from (age, late)
    if seen.watched_at is not None:
        since = seen.moment.wall - seen.watched_at
        yield _gauge("cradle_watch_age_seconds", "Since somebody last looked for trouble.", since.total_seconds())


def _updates(seen: Observation) -> Iterator[Metric]:
    inbound = seen.inbound
    yield _gauge("cradle_updates_waiting", "Updates that wait to be answered.", inbound.waiting)
    yield _gauge("cradle_update_lag_seconds", "Age of the oldest of them.", inbound.oldest.total_seconds())
    yield _gauge("cradle_updates_parked", "Updates that wait for a person.", inbound.parked)


def _bots(seen: Observation) -> Iterator[Metric]:
    pause = GaugeMetricFamily("cradle_bot_pause_seconds", "How long it says nothing.", labels=["bot", "reason"])
    refused = GaugeMetricFamily("cradle_bot_refused", "Whether Telegram refuses it: 1 or 0.", labels=["bot"])
    age = GaugeMetricFamily("cradle_bot_seen_age_seconds", "Since its process last looked.", labels=["bot"])
    for one in seen.bots:
        pause.add_metric([one.bot, one.paused_for or "none"], one.pause_left.total_seconds())
        refused.add_metric([one.bot], bool(one.refused_as))
        if one.seen_at is not None:
            age.add_metric([one.bot], (seen.moment.wall - one.seen_at).total_seconds())
    yield from (pause, refused, age)


def _troubles(troubles: Sequence[Trouble]) -> Metric:
    family = GaugeMetricFamily("cradle_trouble", "Whether something passes its limit: 1 or 0.", labels=["kind"])
    there = {one.kind for one in troubles}
    for kind in TroubleKind:
        family.add_metric([kind.value], kind in there)
    return family


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
