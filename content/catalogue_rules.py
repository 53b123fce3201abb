"""What the messages of the catalogue must keep to besides their texts: dates, days, families without a mother, asks."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from content.approvals import FILE as APPROVALS
from content.approvals import Approvals
from content.catalogue import Catalogue
from content.errors import Place
from content.findings import Finding
from content.languages import SOURCE, Languages
from content.message import Ask, Message
from content.po_files import Entry
from content.quizzes import quiz_flaws
from content.track_rules import mother_flaws
from domain.journey import Origin, Step

_CARD = "danger"
_NUMBERS = ("{{ emergency_phone }}", "{{ station_phone }}")


def catalogue_findings(
    catalogue: Catalogue, translated: Mapping[str, Mapping[str, Entry]], today: date
) -> Iterator[Finding]:
    """Everything of that kind; `translated` are the translations by language and key."""
    yield from _expired(catalogue, today)
    for origin in Origin:
        yield from _same_day(catalogue, catalogue.steps(origin))
    for message in catalogue.messages.values():
        yield from _mothers_who_died(message, translated)
        yield from _without_a_number(message)
        if message.ask is Ask.QUIZ:
            yield from (flaw.at(message.place, message.key) for flaw in quiz_flaws(message))


def void_approvals(approvals: Approvals, catalogue: Catalogue, languages: Languages) -> Iterator[Finding]:
    """Approvals of what does not exist."""
    keys = catalogue.texts().keys()
    for entry in approvals.entries:
        if entry.key not in keys or entry.language not in languages.tags:
            problem = f"The approval for “{entry.language}” is of a text that does not exist."
            yield Finding(Place(APPROVALS, entry.line), entry.key, problem, "Mend the key or the language.")


def _expired(catalogue: Catalogue, today: date) -> Iterator[Finding]:
    for message in catalogue.messages.values():
        if message.review_by < today:
            problem = f"It was to be reviewed by {message.review_by}."
            yield Finding(message.place, message.key, problem, "Let a clinician read it, then set a new date.")


def _same_day(catalogue: Catalogue, steps: Iterable[Step]) -> Iterator[Finding]:
    first: dict[tuple[object, ...], str] = {}
    for step in steps:
        other = first.setdefault((step.audience, step.tracks, step.from_day), step.key)
        if other != step.key:
            problem = f"It starts on day {step.from_day}, like “{other}”, for the same reader."
            yield Finding(catalogue.messages[step.key].place, step.key, problem, "Move one of them by a day.")


def _mothers_who_died(message: Message, translated: Mapping[str, Mapping[str, Entry]]) -> Iterator[Finding]:
    others = {tag: found[message.key].translation for tag, found in translated.items() if message.key in found}
    for flaw in mother_flaws(message, {SOURCE: message.english, **others}):
        yield flaw.at(message.place, message.key)


def _without_a_number(message: Message) -> Iterator[Finding]:
    """A card about danger ends with whom to call: nobody searches for a number then."""
    last = message.english.rstrip().splitlines()[-1] if message.english.strip() else ""
    if message.topic == _CARD and not any(number in last for number in _NUMBERS):
        problem = "The last line of a card does not say whom to call."
        yield Finding(message.place, message.key, problem, f"End it with one of {', '.join(_NUMBERS)}.")
