"""What one reader gets in the days to come, as she reads it: for editors, and for who approves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from content.library import Library
from domain.journey import Amount, Origin, Standing, Step, due_steps
from domain.message import OutgoingMessage, Text
from domain.reader import Reader, Role
from domain.rendered import RenderedMessage
from domain.tracks import Track


@dataclass(frozen=True)
class Situation:
    """Whose days they are. `begins_on` is the birth, or the first day of the 40 weeks, of each journey she is in."""

    reader: Reader
    role: Role
    amount: Amount
    begins_on: Mapping[Origin, date]
    tracks: frozenset[Track] = frozenset()


@dataclass(frozen=True)
class Previewed:
    """One message on its day. `age_days` are counted from the origin of its journey."""

    step: Step
    on: date
    age_days: int
    message: RenderedMessage
    is_draft: bool


def preview(library: Library, situation: Situation, today: date, days: int) -> Iterator[Previewed]:
    """Everything that begins from today on, in the order of days; the journey's own rules decide."""
    seen: set[str] = set()
    for on in (today + timedelta(days=offset) for offset in range(days)):
        for origin, begins_on in situation.begins_on.items():
            standing = Standing(begins_on, on, situation.role, _tracks(situation, origin), situation.reader.zone)
            steps = library.catalogue.steps(origin)
            joined_on = today - timedelta(days=1)
            for step in due_steps(steps, standing, joined_on=joined_on, amount=situation.amount):
                if step.key not in seen:
                    seen.add(step.key)
                    yield _previewed(library, situation, step, on)


def _tracks(situation: Situation, origin: Origin) -> frozenset[Track]:
    """A child's; of a pregnancy nobody knows any."""
    return situation.tracks if origin is Origin.BIRTH else frozenset()


def _previewed(library: Library, situation: Situation, step: Step, on: date) -> Previewed:
    reader = situation.reader if step.origin is Origin.BIRTH else replace(situation.reader, children=())
    return Previewed(
        step=step,
        on=on,
        age_days=(on - situation.begins_on[step.origin]).days,
        message=library.renderer.render(OutgoingMessage(Text(step.key)), reader),
        is_draft=library.is_draft(step.key, reader.language),
    )
