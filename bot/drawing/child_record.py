"""A child's record in words: what was given and what became of it, what is next, from which rule, and why that day."""

from collections.abc import Iterable, Sequence

from bot.drawing.buttons import Row, button, column
from bot.drawing.invites import children_of
from bot.drawing.long_lists import shortened
from bot.drawing.next_visit import items_of
from bot.drawing.vaccines import vaccine_names
from domain.birth_dates import PROGRAMME_ENDS_AT_MONTHS
from domain.calendar import add_months
from domain.care.forecast import CareForecast
from domain.message import Document, Layout, OutgoingMessage, Section, Text, Value
from domain.people import Child
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.reasons import Reason
from domain.vaccination.sources import Citation, Source
from domain.why import PassedBecause, PassedOver, Verdict, in_force_instead
from services.ports.visits import VaccinationSource
from services.visits.child_record.read_record import ChildRecord, GivenLine
from services.visits.child_record.show_card import FamilyCard
from services.visits.child_record.show_why import FamilyWhy

MOST_GIVEN, MOST_COMING, MOST_NEXT, MOST_PASSED, MOST_CARDS = 30, 9, 4, 8, 4
BY_STATION = frozenset({VaccinationSource.RECORD, VaccinationSource.REGISTER})
Lines = tuple[Text, ...]


def draw_why(record: ChildRecord) -> tuple[OutgoingMessage, OutgoingMessage]:
    """For those who work at the station: everything, in two messages."""
    page = button("families.choice.whole_family", "family_page", record.child.family)
    return (
        OutgoingMessage(_given_text(record, family=False), names_child=True),
        OutgoingMessage(_next_text(record, family=False), ((page,),), names_child=True),
    )


def draw_family_why(why: FamilyWhy, whom: Text | None) -> tuple[OutgoingMessage, ...]:
    """What the visit is for, then the same for those who care for the child.

    What did not count is a matter for the station.
    """
    if why.record is None:
        return (_not_shown(nobody=why.ended, whom=whom),)
    back = ((button("record.choice.card", "card", why.caregiver.id),),)
    return (
        *_purpose(why.record, why.words, whom),
        OutgoingMessage(_given_text(why.record, family=True), names_child=True, whom=whom),
        OutgoingMessage(_next_text(why.record, family=True), back, names_child=True, whom=whom),
    )


def _purpose(record: ChildRecord, words: Text | None, whom: Text | None) -> tuple[OutgoingMessage, ...]:
    if words is None or record.choice.visit is None:
        return ()
    values: dict[str, Value] = {"on": record.choice.visit.on, "who": _name(record), "words": words}
    return (OutgoingMessage(Text("why.purpose", values), names_child=True, whom=whom),)


def _not_shown(*, nobody: bool, whom: Text | None) -> OutgoingMessage:
    """The station tells her; or, after a loss, nothing at all is said of visits."""
    return OutgoingMessage(Text("quiet.nobody" if nobody else "child.visit_by_station"), whom=whom)


def draw_whose_why(children: Sequence[Child]) -> OutgoingMessage:
    """Of several children, which one?"""
    entries = [
        button("record.choice.child", "child_why", child.id, children=children_of((child.name,))) for child in children
    ]
    return OutgoingMessage(Text("record.whose"), column(entries), names_child=True)


def draw_card(card: FamilyCard, whom: Text | None) -> tuple[OutgoingMessage, ...]:
    """What was given, one message a child; below it the file, and why. A home with many children gets the file."""
    if not card.records:
        return (_not_shown(nobody=card.nobody, whom=whom),)
    if len(card.records) > MOST_CARDS:
        return (draw_card_file(card, whom),)
    file = (button("record.choice.file", "card_file", card.caregiver.id),)
    return tuple(
        OutgoingMessage(_card_text(record), (_why_row(card, record), file), names_child=True, whom=whom)
        for record in card.records
    )


def _why_row(card: FamilyCard, record: ChildRecord) -> Row:
    return (button("record.choice.why", "why", card.caregiver.id, record.child.id),)


def draw_card_file(card: FamilyCard, whom: Text | None) -> OutgoingMessage:
    """The card as a file to keep or to print, one page a child."""
    if not card.records:
        return _not_shown(nobody=card.nobody, whom=whom)
    document = Document(
        file_name=f"cradle-card-{card.made_on.isoformat()}.pdf",
        title=Text("child_card.title", {"on": card.made_on}),
        sections=tuple(_card_page(record) for record in card.records),
        layout=Layout.CARD,
    )
    return OutgoingMessage(Text("child_card.caption"), document=document, whom=whom)


def _card_text(record: ChildRecord) -> Text:
    values: dict[str, Value] = {
        "child": _name(record),
        "given": _given_lines(record, family=True),
        "next": _card_next(record),
    }
    return Text("child_card.overview", values)


def _card_page(record: ChildRecord) -> Section:
    heads = (Text("child_card.day"), Text("child_card.vaccine"), Text("child_card.noted_by"))
    rows = tuple(_card_row(line) for line in record.given)
    heading = Text("child_card.child", {"child": _name(record), "birth_date": record.child.birth_date})
    nothing = () if rows else (Text("child_card.nothing"),)
    return Section(heading, (*nothing, Text("child_card.next"), *_card_next(record)), (heads, *rows))


def _card_row(line: GivenLine) -> tuple[Text, ...]:
    vaccine = Text(f"vaccine.{line.dose.vaccine.lower()}.short")
    remark = _source(line, family=True)
    if line.dose.verdict is Verdict.NOT_COUNTED:
        remark = Text("child_card.ask", {"source": remark})
    return (_cell(_day(line)), _cell(vaccine), _cell(remark))


def _cell(words: Text) -> Text:
    return Text("child_card.cell", {"words": words})


def _card_next(record: ChildRecord) -> Lines:
    """The next visit, and the doses that follow."""
    visit = record.choice.visit
    first = (Text("child_card.visit", {"on": visit.on, "items": items_of(visit.needs)}),) if visit else ()
    later = [dose for dose in record.coming if _is_later(dose, record)]
    late = (_too_late(dose) for dose in record.choice.too_late)
    lines = (*first, *(_later(dose) for dose in later[:MOST_NEXT]), *late)
    return lines or (Text("child_card.nothing_next"),)


def _is_later(dose: DoseForecast, record: ChildRecord) -> bool:
    """After the next visit, and before she leaves the programme."""
    visit, ends_on = record.choice.visit, add_months(record.child.birth_date, PROGRAMME_ENDS_AT_MONTHS)
    return dose.due is not None and dose.due <= ends_on and (visit is None or visit.on < dose.due)


def _later(dose: DoseForecast) -> Text:
    return Text("child_card.later", {"dose": _dose(dose), "on": dose.due or ""})


def _given_text(record: ChildRecord, *, family: bool) -> Text:
    values: dict[str, Value] = {
        "child": _name(record),
        "birth_date": record.child.birth_date,
        "lines": (*_given_lines(record, family=family), *_card_missing(record)),
    }
    return Text("why.given", values)


def _card_missing(record: ChildRecord) -> Lines:
    return (Text("why.card_missing"),) if record.card_missing else ()


def _given_lines(record: ChildRecord, *, family: bool) -> tuple[Value, ...]:
    lines = [_given_line(line, family=family) for line in record.given]
    return shortened(lines, MOST_GIVEN) if lines else (Text("child_card.nothing"),)


def _given_line(line: GivenLine, *, family: bool) -> Text:
    values: dict[str, Value] = {
        "day": _day(line),
        "vaccine": Text(f"vaccine.{line.dose.vaccine.lower()}.short"),
        "source": _source(line, family=family),
    }
    if line.dose.reason is None:
        return Text(f"why.dose.{line.dose.verdict}", values)
    reason = _reason(line)
    values["reason"] = Text("reason.and_ask", {"reason": reason}) if family else reason
    return Text(f"why.dose.{line.dose.verdict}", values)


def _reason(line: GivenLine) -> Text:
    """The words of the engine; a vaccine that stands in them is named."""
    values: dict[str, Value] = dict(line.dose.details)
    if line.dose.reason is Reason.LIVE_TOO_NEAR:
        values["other"] = Text(f"vaccine.{str(values['other']).lower()}.short")
    return Text(f"reason.{line.dose.reason}", values)


def _source(line: GivenLine, *, family: bool) -> Text:
    if line.source in BY_STATION:
        return Text("record.source.station")
    if line.source is VaccinationSource.CARD:
        return Text("record.source.card")
    return Text("record.source.told_by_you" if family else "record.source.told")


def _day(line: GivenLine) -> Text:
    day = line.dose.given_on
    return Text("record.on", {"on": day}) if day else Text("record.day_unknown")


def _next_text(record: ChildRecord, *, family: bool) -> Text:
    silent = () if family else _not_asked_for(record)
    coming = shortened([_coming_line(dose) for dose in record.coming], MOST_NEXT if family else MOST_COMING)
    lines = (*coming, *(_care_line(care) for care in _care(record)), *silent)
    sources = [*(dose.source for dose in record.coming), *(care.source for care in _care(record))]
    values: dict[str, Value] = {
        "child": _name(record),
        "coming": lines or (Text("why.nothing_coming"),),
        "visit": _visit_lines(record),
        "basis": (*_in_force_lines(sources), _schedule(record)),
    }
    return Text("why.next", values)


def _care(record: ChildRecord) -> tuple[CareForecast, ...]:
    """The check-ups of the next visit."""
    return record.choice.visit.needs.care if record.choice.visit else ()


def _care_line(care: CareForecast) -> Text:
    values: dict[str, Value] = {"care": Text(f"care.{care.key}.short"), "due": care.due, "latest": care.latest}
    return Text("why.care", {**values, **_rests_on(care.source)})


def _coming_line(dose: DoseForecast) -> Text:
    days: dict[str, Value] = {
        "earliest": dose.earliest or "",
        "due": dose.due or "",
        "rule": Text(f"why.rule.{dose.earliest_by}") if dose.earliest_by else Text("why.rule.age"),
    }
    values: dict[str, Value] = {
        "dose": _dose(dose),
        "days": Text("why.days.from" if dose.due == dose.earliest else "why.days.best", days),
        **_rests_on(dose.source),
    }
    if dose.latest is None:
        return Text("why.coming", values)
    return Text("why.coming_until", {**values, "latest": dose.latest})


def _rests_on(source: Source) -> dict[str, Value]:
    return {
        "sources": tuple(_cited(citation) for citation in source.citations),
        "certainty": Text(f"why.certainty.{source.certainty}"),
    }


def _cited(citation: Citation) -> Text:
    document = Text(f"source.{citation.document}")
    return Text("why.replaced", {"document": document}) if citation.successor else document


def _in_force_lines(sources: Iterable[Source]) -> Lines:
    """What is in force in the place of what was cited above and no longer is."""
    return tuple(Text("why.in_force", {"document": Text(f"source.{one}")}) for one in in_force_instead(sources))


def _not_asked_for(record: ChildRecord) -> Lines:
    """Groups of which the family hears nothing any more, for those who work at the station."""
    lines = [_silent_line(dose, record) for dose in record.forecasts]
    return tuple(line for line in lines if line is not None)


def _silent_line(dose: DoseForecast, record: ChildRecord) -> Text | None:
    words = {SeriesStatus.AGED_OUT, SeriesStatus.CONTRAINDICATED, SeriesStatus.IMMUNE}
    state = "refused" if dose.refused else str(dose.status) if dose.status in words else None
    groups = record.schedule.groups if record.schedule else ()
    offered = next((rule.offered for group in groups if group.key == dose.group for rule in group.doses), "")
    if state is None or not offered:
        return None
    return Text(f"why.silent.{state}", {"vaccine": Text(f"vaccine.{offered.lower()}.short")})


def _dose(dose: DoseForecast) -> Text:
    vaccine = Text(f"vaccine.{dose.vaccine.lower()}.short") if dose.vaccine else Text("record.some_vaccine")
    if dose.dose_number in (None, 1):
        return vaccine
    return Text("doses_had.dose", {"vaccine": vaccine, "number": dose.dose_number or 1})


def _visit_lines(record: ChildRecord) -> tuple[Value, ...]:
    choice = record.choice
    if choice.first_due is None:
        return (Text("why.visit.nothing_due"),)
    since = "why.visit.due_since" if choice.waits_already else "why.visit.not_before"
    not_before = Text(since, {"on": choice.first_due})
    passed = shortened([_passed_line(one) for one in choice.passed], MOST_PASSED)
    late = tuple(_too_late(dose) for dose in choice.too_late)
    if choice.visit is None:
        return (Text("why.visit.no_session"), not_before, *passed, *late)
    chosen = Text("why.visit.chosen", {"on": choice.visit.on, "items": items_of(choice.visit.needs)})
    between = () if passed or choice.visit.on == choice.first_due else (Text("why.visit.none_between"),)
    missing = tuple(dict.fromkeys(dose.vaccine for dose in choice.visit.missing))
    short = (Text("why.visit.missing", {"vaccines": vaccine_names(missing)}),) if missing else ()
    return (chosen, not_before, *passed, *between, *short, *late)


def _too_late(dose: DoseForecast) -> Text:
    return Text("why.visit.too_late", {"dose": _dose(dose), "latest": dose.latest or ""})


def _passed_line(passed: PassedOver) -> Text:
    values: dict[str, Value] = {"on": passed.on}
    if passed.because is PassedBecause.MOVED and passed.moved_to is not None:
        values["moved_to"] = passed.moved_to
    if passed.because is PassedBecause.NO_VACCINE:
        values["vaccines"] = vaccine_names(passed.vaccines)
    return Text(f"why.passed.{passed.because}", values)


def _schedule(record: ChildRecord) -> Text:
    if record.schedule is None:
        return Text("why.schedule.none")
    values: dict[str, Value] = {
        "name": Text(f"schedule.{record.schedule.key.replace('-', '_')}"),
        "version": record.schedule.version,
    }
    signed = record.schedule.signed_off
    if signed is None:
        return Text("why.schedule.draft", values)
    return Text("why.schedule.signed", {**values, "by": signed.by, "on": signed.on})


def _name(record: ChildRecord) -> Value:
    return record.child.name or Text("common.unnamed_child")
