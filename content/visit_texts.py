"""The words that go with a visit: which texts there are, and which of them may stand for the general ones at night."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from content.catalogue import Catalogue
from content.errors import ContentError, Place
from content.findings import Finding
from content.library import ROOT, Library
from content.message import Message
from content.scheduled_visits import FILE, NamedVisit, prove_visits, read_visits
from content.yaml_files import Record
from domain.aftercare import Advice, Answer
from domain.care.plan import CarePlan
from domain.vaccination.schedule import Schedule
from domain.visit_texts import GENERIC, ScheduledVisit, Sign, VisitStep, VisitTexts, left_out, text_key

_FOLDER = "visits"
REPLACEABLE = (Advice.INJECTION, Advice.FIRST_WEEKS)
"""The general texts of the evening that a visit's own may take the place of."""


def load_visit_texts(
    library: Library, schedules: Sequence[Schedule], plans: Sequence[CarePlan], root: Path = ROOT
) -> VisitTexts:
    """Everything proved; raises ContentError for the first line that breaks a rule. A text that is missing is none."""
    top, visits = read_visits(root)
    prove_visits(visits, schedules, plans)
    signs = read_signs(top)
    _prove_signs(top, signs, library.catalogue)
    messages = {key: library.catalogue.messages[key] for key in _keys(visits) if key in library.catalogue.messages}
    for message in messages.values():
        _prove_message(message)
    countries = dict.fromkeys(one.country for one in visits)
    return VisitTexts(
        visits={country: tuple(one.visit for one in visits if one.country == country) for country in countries},
        written={key: frozenset(_languages_of(library, key)) for key in messages},
        leaves_out=_leaves_out(visits, messages, signs),
    )


def visit_findings(root: Path, catalogue: Catalogue) -> Iterator[Finding]:
    """Visits that lack words, and words that go with no visit."""
    _top, visits = read_visits(root)
    for key, place, wanted in _wanted(visits):
        missing = [step for step, text in wanted.items() if text not in catalogue.messages]
        if missing:
            problem = f"Without words for: {', '.join(missing)}. Nothing is added to what families read there."
            yield Finding(place, key, problem, f"Write them in content/messages/{_FOLDER}.")
    known = {text for _key, _place, wanted in _wanted(visits) for text in wanted.values()}
    for message in catalogue.messages.values():
        if message.topic == _FOLDER and message.key not in known:
            yield Finding(message.place, message.key, f"No visit of {FILE} goes with it.", "Mend the key.")


def _wanted(visits: Sequence[NamedVisit]) -> Iterator[tuple[str, Place, Mapping[VisitStep, str]]]:
    """Each visit with the keys of its texts; the generic one last, where there is any visit at all."""
    for one in visits:
        yield f"{_FOLDER}.{one.country.lower()}.{one.visit.key}", one.place, _texts_of(one.country, one.visit)
    if visits:
        yield f"{_FOLDER}.{GENERIC}", Place(FILE, 1), _texts_of("", None)


def _texts_of(country: str, visit: ScheduledVisit | None) -> Mapping[VisitStep, str]:
    return {step: text_key(country, visit, step) for step in VisitStep}


def _keys(visits: Sequence[NamedVisit]) -> Iterator[str]:
    return (key for _key, _place, wanted in _wanted(visits) for key in wanted.values())


def _prove_message(message: Message) -> None:
    """It stands in reminders that siblings and a whole household share, so it must be fit for all of them."""
    if not message.on_request or message.private or message.audience or message.tracks or message.excluded_from:
        problem = "a visit's message is on_request, for anyone, neither private nor of a track"
        raise ContentError(message.place, f"“{message.key}”: {problem}")


def _languages_of(library: Library, key: str) -> Iterable[str]:
    return (tag for tag in library.languages.tags if library.texts.has(key, tag))


def read_signs(top: Record) -> tuple[Sign, ...]:
    """The danger signs that the general texts of the evening name."""
    return tuple(_sign(record) for record in top.records("signs"))


def _sign(record: Record) -> Sign:
    record.only(["sign", "of", "words"])
    try:
        sign = Sign(Answer(record.text("sign")), frozenset(map(Advice, record.texts("of"))), record.texts("words"))
    except ValueError as error:
        raise ContentError(record.place, f"this is no sign, or no general text: {error}") from error
    if not sign.words or not sign.of or not sign.of <= set(REPLACEABLE):
        raise ContentError(record.place, "a sign has wordings, and general texts of the evening that name it")
    return sign


def _prove_signs(top: Record, signs: Iterable[Sign], catalogue: Catalogue) -> None:
    """Each general text still names each of its signs; otherwise one could be lost without anybody's knowing."""
    for record, sign in zip(top.records("signs"), signs, strict=True):
        for general in sorted(sign.of):
            message = catalogue.messages.get(general.key)
            if message is None or not sign.is_named_in(message.english):
                raise ContentError(record.place, f"“{general.key}” does not say “{' / '.join(sign.words)}”")


def _leaves_out(
    visits: Iterable[NamedVisit], messages: Mapping[str, Message], signs: Sequence[Sign]
) -> Mapping[str, Mapping[Advice, tuple[Answer, ...]]]:
    found = {}
    for one in visits:
        key = text_key(one.country, one.visit, VisitStep.AFTERCARE)
        if key in messages:
            english = messages[key].english
            missing = {general: left_out(general, english, signs) for general in REPLACEABLE}
            found[key] = {general: signs for general, signs in missing.items() if signs is not None}
    return found
