"""One measurement as a page of eighty columns, readable without colours, and as plain figures."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from domain.operations import BotState, Limits, Observation, Tally, Trouble

IN_A_FILE = 80
"""How wide the page is where no terminal says it."""


def page_of(seen: "Observation", limits: "Limits") -> RenderableType:
    """Everything, the trouble first."""
    from domain.operations import troubles_of

    moment = seen.moment
    rehearsal = "" if moment.now == moment.wall else ", by the simulated clock"
    head = f"Cradle at {_at(moment.now)} UTC{rehearsal}. The database answered in {seen.latency * 1000:.1f} ms."
    return Group(
        Text(head), _verdict(seen, troubles_of(seen, limits)), _queues(seen), _sent(seen), _ticks(seen), *_bots(seen)
    )


def _verdict(seen: "Observation", troubles: "tuple[Trouble, ...]") -> Text:
    from services.operations.say_trouble import say_trouble, say_unwatched

    lines = [(f"✗ {say_trouble(one)}", "bold red") for one in troubles]
    lines += [(f"! {sentence}", "yellow") for sentence in say_unwatched(seen)]
    lines = lines or [("✓ All is well.", "green")]
    return Text("\n").join(Text(line, style) for line, style in lines)


def _queues(seen: "Observation") -> Table:
    from services.operations.say_trouble import say_span

    table = _table("waiting", "due now", "oldest", "next hour")
    for one in seen.queues:
        oldest = say_span(one.oldest) if one.due else ""
        table.add_row(one.lane.name.lower(), str(one.due), oldest, str(one.next_hour))
    inbound = seen.inbound
    table.add_row("updates", str(inbound.waiting), say_span(inbound.oldest) if inbound.waiting else "", "")
    table.add_row("parked", str(inbound.parked), "", "")
    return table


def _sent(seen: "Observation") -> Table:
    table = _table("messages", "last hour", "in all")
    rows = {"sent": (seen.last_hour.sent, seen.total.sent)}
    rows["uncertain"] = (seen.last_hour.uncertain, seen.total.uncertain)
    for reason in sorted({"throttled", *seen.last_hour.failed, *seen.total.failed}):
        rows[reason] = (seen.last_hour.failed.get(reason, 0), seen.total.failed.get(reason, 0))
    for name, (lately, in_all) in rows.items():
        table.add_row(escape(name), str(lately), str(in_all))
    return table


def _ticks(seen: "Observation") -> Table:
    from services.operations.say_trouble import say_span

    table = _table("tick", "last run (UTC)", "age", "late")
    for one in seen.heartbeats:
        since, late = one.age(seen.moment), one.late(seen.moment)
        if one.ran_at is None or since is None:
            table.add_row(one.tick, "never", "", "")
        else:
            table.add_row(one.tick, _at(one.ran_at), say_span(since), say_span(late) if late else "")
    return table


def _bots(seen: "Observation") -> Iterator[Table]:
    from services.operations.say_trouble import say_span

    if not seen.bots:
        return
    table = _table("bot", "state", "last seen")
    for one in seen.bots:
        ago = f"{say_span(seen.moment.wall - one.seen_at)} ago" if one.seen_at is not None else "never"
        table.add_row(escape(one.bot), _state(one), ago)
    yield table


def _state(bot: "BotState") -> str:
    if bot.refused_as:
        return f"refused ({escape(bot.refused_as)})"
    if bot.pause_left:
        return f"pauses {bot.pause_left.total_seconds():.0f} s ({escape(bot.paused_for)})"
    return "speaks"


def _table(first: str, *others: str) -> Table:
    table = Table(first, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in others:
        table.add_column(name, justify="right")
    table.columns[0].min_width = 14
    return table


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S}"


def figures_of(seen: "Observation", limits: "Limits") -> dict[str, Any]:
    """The same for a script: seconds, numbers, and instants as ISO 8601."""
    from domain.operations import troubles_of
    from services.operations.say_trouble import say_trouble, say_unwatched

    troubles = troubles_of(seen, limits)
    return {
        "now": seen.moment.now.isoformat(),
        "well": not troubles,
        "trouble": [{"kind": one.kind.value, "about": one.about, "words": say_trouble(one)} for one in troubles],
        "unwatched": list(say_unwatched(seen)),
        "database_latency_seconds": seen.latency,
        "queues": {
            one.lane.name.lower(): {
                "due": one.due,
                "oldest_seconds": one.oldest.total_seconds(),
                "next_hour": one.next_hour,
            }
            for one in seen.queues
        },
        "last_hour": _tally(seen.last_hour),
        "total": _tally(seen.total),
        "ticks": {
            one.tick: {
                "ran_at": one.ran_at.isoformat() if one.ran_at is not None else None,
                "late_seconds": one.late(seen.moment).total_seconds(),
            }
            for one in seen.heartbeats
        },
        "updates": {
            "waiting": seen.inbound.waiting,
            "lag_seconds": seen.inbound.oldest.total_seconds(),
            "parked": seen.inbound.parked,
        },
        "bots": {
            one.bot: {
                "refused_as": one.refused_as,
                "pause_seconds": one.pause_left.total_seconds(),
                "paused_for": one.paused_for,
                "seen_at": one.seen_at.isoformat() if one.seen_at is not None else None,
            }
            for one in seen.bots
        },
    }


def _tally(one: "Tally") -> dict[str, Any]:
    return {"sent": one.sent, "uncertain": one.uncertain, "throttled": one.throttled, "failed": dict(one.failed)}
