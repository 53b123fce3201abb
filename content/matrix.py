"""The plan of the catalogue: content/matrix.yaml, and where the catalogue differs from it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from content.catalogue import Catalogue
from content.errors import ContentError, Place
from content.findings import Finding
from content.message import Message
from content.windows import Window, read_days, read_window
from content.yaml_files import Record, read_record
from domain.journey import Amount, Origin
from domain.reader import Role
from domain.tracks import Track

FILE = "content/matrix.yaml"
_ONE_YEAR, _TWO_YEARS = 365, 729
_BESIDES = {Track.MOTHER_ABSENT: (Track.REPLACEMENT_FEEDING,)}
"""On which other track a small child is as well; a larger one gets more, never less."""


@dataclass(frozen=True)
class Column:
    """One age: its windows, how many messages begin in each, and how many there are of each topic."""

    name: str
    ages: Window
    window_days: float
    each: int
    topics: Mapping[str, int]
    place: Place

    def windows(self) -> list[tuple[int, int]]:
        """The first day of each window and of the one after it; the last lasts until the column ends."""
        count = round((self.ages.to_day - self.ages.from_day) / self.window_days)
        starts = [int(self._start + number * self.window_days) for number in range(count)]
        return list(pairwise([*starts, self.ages.to_day]))

    @property
    def _start(self) -> float:
        """Exact where windows are months, so that the tenth begins on the day that ten months make."""
        months = round(self.ages.from_day / self.window_days)
        return months * self.window_days if self.window_days != int(self.window_days) else float(self.ages.from_day)

    def messages(self, catalogue: Catalogue, country: str = "") -> list[Message]:
        """What a mother on no track gets in this column, in that country; in the first of those that have their own."""
        there = country or countries_of(catalogue)[0]
        hers = for_reader(catalogue, self.ages.origin)
        return [one for one in hers if self._holds(one) and (not one.countries or there in one.countries)]

    def _holds(self, message: Message) -> bool:
        return self.ages.from_day <= message.window.from_day < self.ages.to_day


@dataclass(frozen=True)
class Matrix:
    """All columns, and the longest gaps in days: in the first year, in the second, later."""

    columns: Sequence[Column]
    gaps: tuple[int, int, int]

    def longest_gap(self, day: int) -> int:
        """How long a reader may wait after this day of life."""
        first, second, later = self.gaps
        return first if day < _ONE_YEAR else second if day < _TWO_YEARS else later


def load_matrix(root: Path) -> Matrix:
    """The plan; raises ContentError for the first line that breaks a rule."""
    top = read_record(root / FILE, root)
    top.only(["columns", "longest_gaps"])
    gaps = top.record("longest_gaps")
    gaps.only(["before_12_months", "before_24_months", "later"])
    columns = tuple(_column(record) for record in top.records("columns"))
    return Matrix(columns, (gaps.number("before_12_months"), gaps.number("before_24_months"), gaps.number("later")))


def _column(record: Record) -> Column:
    record.only(["column", "from", "to", "window", "each", "topics"], ["of"])
    ages = Record(record.place)
    ages.update({name: record[name] for name in ("of", "from", "to") if name in record})
    holder = Record(record.place)
    holder["window"] = ages
    topics = record.record("topics")
    found = Column(
        name=record.text("column"),
        ages=read_window(holder),
        window_days=read_days(record, "window"),
        each=record.number("each"),
        topics={topic: topics.number(topic) for topic in topics},
        place=record.place,
    )
    if sum(found.topics.values()) != found.each * len(found.windows()):
        raise ContentError(record.at("topics"), "the topics do not add up to what the windows hold")
    return found


def countries_of(catalogue: Catalogue) -> Sequence[str]:
    """The countries that have messages of their own, by name; one without a name where none has."""
    return sorted({country for message in catalogue.messages.values() for country in message.countries}) or [""]


def for_reader(
    catalogue: Catalogue, origin: Origin, role: Role = Role.MOTHER, tracks: frozenset[Track] = frozenset()
) -> list[Message]:
    """The messages of a journey that reach one in this role whose child is on these tracks, or on none."""
    return sorted(
        (
            one
            for one in catalogue.messages.values()
            if not one.on_request
            and one.window.origin is origin
            and one.audience in (None, role)
            and (not one.tracks or one.tracks & tracks)
            and not one.excluded_from & tracks
        ),
        key=lambda one: one.window.from_day,
    )


def matrix_findings(root: Path, catalogue: Catalogue) -> Iterator[Finding]:
    """Where the catalogue has more or less than the plan, and where somebody waits too long."""
    matrix = load_matrix(root)
    for country in countries_of(catalogue):
        for column in matrix.columns:
            messages = column.messages(catalogue, country)
            if messages:
                named = f"{column.name}, {country}" if country else column.name
                yield from _topic_findings(column, messages, named)
                yield from _window_findings(column, messages, named)
    yield from _gap_findings(matrix, catalogue)


def _topic_findings(column: Column, messages: Sequence[Message], named: str) -> Iterator[Finding]:
    counted = Counter(one.topic for one in messages)
    for topic in sorted({*column.topics, *counted}):
        wanted = column.topics.get(topic, 0)
        if counted[topic] != wanted:
            problem = f"The plan has {wanted} messages of {topic} in {named}, the catalogue {counted[topic]}."
            yield Finding(column.place, "", problem, "Write or move messages, or change the plan.")


def _window_findings(column: Column, messages: Sequence[Message], named: str) -> Iterator[Finding]:
    for first, after in column.windows():
        here = [one for one in messages if first <= one.window.from_day < after]
        where = f"days {first} to {after - 1} ({named})"
        if len(here) != column.each:
            keys = ", ".join(one.key for one in here)
            problem = f"{len(here)} messages begin in {where} and not {column.each}: {keys}."
            yield Finding(column.place, "", problem, "Write or move messages.")
        if not any(one.tier is Amount.FEW for one in here):
            problem = f"No essential message begins in {where}: who wants few would get none."
            yield Finding(column.place, "", problem, "Make one of them tier 1.")


def _gap_findings(matrix: Matrix, catalogue: Catalogue) -> Iterator[Finding]:
    for role in (Role.MOTHER, Role.FATHER, Role.GRANDMOTHER, Role.GRANDFATHER):
        for origin in Origin:
            yield from _gaps(matrix, for_reader(catalogue, origin, role), f"a {role.value}")
    for country in filter(None, countries_of(catalogue)):
        yield from _country_gaps(matrix, catalogue, country)
    for track in Track:
        role = Role.GRANDMOTHER if track is Track.MOTHER_ABSENT else Role.MOTHER
        messages = for_reader(catalogue, Origin.BIRTH, role, frozenset({track, *_BESIDES.get(track, ())}))
        yield from _gaps(matrix, messages, f"a {role.value} on the track {track.value}")


def _country_gaps(matrix: Matrix, catalogue: Catalogue, country: str) -> Iterator[Finding]:
    """Where a mother waits too long because what is for a country is not hers; in that country and in every other."""
    for origin in Origin:
        hers = for_reader(catalogue, origin)
        there = [one for one in hers if not one.countries or country in one.countries]
        elsewhere = [one for one in hers if not one.countries]
        yield from _gaps(matrix, there, f"a mother in {country}")
        yield from _gaps(matrix, elsewhere, f"a mother outside {country}")


def _gaps(matrix: Matrix, messages: Sequence[Message], whom: str) -> Iterator[Finding]:
    for one, following in pairwise(messages):
        waits = following.window.from_day - one.window.from_day
        allowed = matrix.longest_gap(one.window.from_day if one.window.origin is Origin.BIRTH else 0)
        if waits > allowed:
            problem = f"After it {whom} gets nothing for {waits} days, until “{following.key}”."
            yield Finding(one.place, one.key, problem, f"At most {allowed} days may pass: write or move a message.")
