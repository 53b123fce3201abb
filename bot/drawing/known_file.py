"""The file that somebody takes along of herself: each row that the registry tells, as a line in her language."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.drawing.buttons import said
from bot.drawing.known_visits import afterwards_lines, exemption_lines, visit_lines
from bot.drawing.vaccines import known_dose
from domain.message import Document, OutgoingMessage, Section, Text, Value
from domain.moment import local_day
from services.ports.privacy import Record
from services.privacy.export_known import KnownFile

# Topics that may be named on paper which others may find; all else is advice.
TOPICS = frozenset(
    {
        "breastfeeding",
        "complementary",
        "early_learning",
        "growth",
        "hygiene",
        "illness",
        "micronutrients",
        "parenting",
        "safety",
        "sleep",
        "vaccines",
    }
)
VISIT_TOPICS = frozenset({"visit", "after", "aftercare", "missed", "turned", "session_days", "bring_card"})
Lines = tuple[Text, ...]


def draw_known_file(known: KnownFile, whom: Text | None = None) -> OutgoingMessage:
    """The document with its caption."""
    sections = tuple(
        Section(Text(f"known_file.{name}"), lines(known) or (Text("known_file.nothing"),))
        for name, lines in SECTIONS.items()
    )
    station = known.facility.name if known.facility else Text("common.station_unknown")
    title = Text("known_file.title", {"on": known.made_on})
    about = Section(Text("known_file.about"), (Text("known_file.station", {"facility": station}),))
    file_name = f"cradle-{known.made_on.isoformat()}.pdf"
    document = Document(file_name, title, (about, *sections))
    return OutgoingMessage(Text("known_file.caption"), document=document, whom=whom)


def _you(known: KnownFile) -> Lines:
    return tuple(line for row in known.records["caregivers"] for line in _settings(row, known))


def _settings(row: Record, known: KnownFile) -> Lines:
    stopped, scope, until = row["stopped_at"], row["pause_covers"], row["paused_until"]
    return (
        _line("role", Text(f"choice.role.{row['role']}")),
        _line("phone", row["phone"] or Text("choice.not_given")),
        _line("language", _language(row["language"], known)),
        _line("hour", f"{row['tip_hour']:02d}:00"),
        _line("amount", Text(f"choice.amount.{row['amount']}")),
        _line("visits", _yes_or_no(row["wants_visits"])),
        _line("joined", row["joined_on"] or Text("choice.not_given")),
        *((_line("stopped", local_day(stopped, known.zone)),) if stopped else ()),
        *((_line(f"pause_{scope}", until or Text("known_file.open_end")),) if scope else ()),
    )


def _chats(known: KnownFile) -> Lines:
    channels = {row["id"]: row["channel"] for row in known.records["addresses"]}
    return tuple(_chat(row, str(channels[row["address_id"]]), known) for row in known.records["caregiver_addresses"])


def _chat(row: Record, channel: str, known: KnownFile) -> Text:
    values: dict[str, Value] = {"channel": channel.title(), "since": _day(row["linked_at"], known)}
    if row["revoked_at"] is None:
        return Text("known_file.line.chat", values)
    return Text("known_file.line.chat_ended", {**values, "until": _day(row["revoked_at"], known)})


def _consents(known: KnownFile) -> Lines:
    witnesses = {row["id"]: row["name"] for row in known.records["actors"]}
    return tuple(_consent(row, witnesses, known) for row in known.records["consents"])


def _consent(row: Record, witnesses: Mapping[int, str], known: KnownFile) -> Text:
    withdrawn = row["withdrawn_at"]
    values: dict[str, Value] = {
        "purpose": Text(f"purpose.{row['purpose']}"),
        "on": _day(row["at"], known),
        "version": row["text_version"],
        "language": _language(row["language"], known),
        "way": Text(f"consent.way.{row['way']}"),
        "witness": witnesses.get(row["witness_id"]) or Text("known_file.no_witness"),
    }
    if withdrawn is not None:
        return Text("known_file.line.consent_withdrawn", {**values, "until": _day(withdrawn, known)})
    return Text(f"known_file.line.consent_{'given' if row['given'] else 'refused'}", values)


def _children(known: KnownFile) -> Lines:
    born = tuple(line for row in known.records["children"] for line in _child(row))
    awaited = tuple(_line("due", row["due_on"]) for row in known.records["pregnancies"])
    return (*born, *awaited)


def _child(row: Record) -> Lines:
    name, place = row["name"] or Text("common.unnamed_child"), row["birth_place"]
    weight, weeks = row["birth_weight_g"], row["gestation_weeks"]
    values: dict[str, Value] = {"child": name, "birth_date": row["birth_date"], "sex": Text(f"choice.sex.{row['sex']}")}
    return (
        Text("known.child", values),
        *((_line("weight", weight),) if weight else ()),
        *((_line("weeks", weeks),) if weeks else ()),
        *((_line("born_at", Text(f"choice.birth_place.{place}")),) if place else ()),
    )


def _doses(known: KnownFile) -> Lines:
    names = {row["id"]: row["name"] for row in known.records["children"]}
    given = (row for row in known.records["vaccinations"] if row["withdrawn_at"] is None)
    doses = sorted(given, key=lambda row: row["given_on"])
    return (*(_dose(row, names.get(row["child_id"], "")) for row in doses), *exemption_lines(known))


def _dose(row: Record, child: str) -> Text:
    dose = known_dose(row["vaccine"], row["given_on"], row["source"], date_known=row["date_known"])
    return Text("known_file.line.of_child", {"child": child or Text("common.unnamed_child"), "words": dose})


def _answers(known: KnownFile) -> Lines:
    return tuple(
        Text(
            f"known_file.line.answer_{row['answer']}",
            {"visit_on": row["visit_on"], "on": _day(row["at"], known)},
        )
        for row in known.records["visit_answers"]
    )


def _messages(known: KnownFile) -> Lines:
    sent = sorted((row for row in known.records["outbox"] if row["sent_at"]), key=lambda row: row["sent_at"])
    return tuple(
        Text("known_file.line.message", {"on": _day(row["sent_at"], known), "subject": _subject(row["message_key"])})
        for row in sent
    )


def _subject(key: str) -> Text:
    topic = key.partition(".")[0]
    if topic in VISIT_TOPICS:
        return Text("known_file.subject.visit")
    return Text(f"known_file.subject.{topic if topic in TOPICS else 'other'}")


def _line(name: str, value: Value) -> Text:
    return Text(f"known_file.line.{name}", {"value": value})


def _day(instant: datetime, known: KnownFile) -> Value:
    return local_day(instant, known.zone)


def _language(tag: str, known: KnownFile) -> Text:
    return said(known.languages.get(tag, tag))


def _yes_or_no(value: bool) -> Text:
    return Text("choice.yes" if value else "choice.no")


SECTIONS: Mapping[str, Callable[[KnownFile], Lines]] = {
    "you": _you,
    "chats": _chats,
    "consents": _consents,
    "children": _children,
    "vaccinations": _doses,
    "visits": visit_lines,
    "afterwards": afterwards_lines,
    "answers": _answers,
    "messages": _messages,
}
