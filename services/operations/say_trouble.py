"""Trouble in plain English, for whoever keeps the machine: the console, the log and the command line say it so."""

from datetime import timedelta

from domain.operations import Observation, Trouble, TroubleKind

_SENTENCES = {
    TroubleKind.REPLIES: "Replies wait: {count} of them, the oldest for {lasting}.",
    TroubleKind.QUEUE: "Reminders and tips wait: {count} of them, the oldest for {lasting}.",
    TroubleKind.TICK: "The scheduler is late: {about} should have run {lasting} ago.",
    TroubleKind.UPDATES: "What people write waits: {count} updates, the oldest for {lasting}.",
    TroubleKind.PARKED: "{count} updates are parked and wait for a person.",
    TroubleKind.REFUSED: "Telegram has refused bot {about} for {lasting}: see its token, or end a second poller.",
    TroubleKind.DISK: "There is no room left on the disk of the database.",
}
_NEVER_RAN = "The scheduler has never run {about}."
MINUTE, HOUR, DAY = 60, 3600, 86400


def say_trouble(trouble: Trouble) -> str:
    """One sentence."""
    never = trouble.kind is TroubleKind.TICK and not trouble.lasting
    sentence = _NEVER_RAN if never else _SENTENCES[trouble.kind]
    return sentence.format(about=trouble.about, count=trouble.count, lasting=say_span(trouble.lasting))


def say_span(span: timedelta) -> str:
    """How long, in the largest unit that still tells enough: `45 s`, `12 min`, `3 h`, `9 d`."""
    seconds = int(span.total_seconds())
    for unit, length in (("d", DAY), ("h", HOUR), ("min", MINUTE)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def say_unwatched(seen: Observation) -> tuple[str, ...]:
    """What nobody would tell staff of."""
    if not seen.is_watched():
        return ("Nobody watches: no bot's process has looked for three minutes.",)
    speaking = [one for one in seen.bots if one.seen_at is not None]
    if speaking and all(one.refused_as for one in speaking):
        return ("Telegram refuses every bot: no alarm reaches staff.",)
    return ()
