"""The lines of somebody's own file that tell of visits: what was done, who came, what was told afterwards."""

from collections.abc import Iterable

from bot.drawing.session_words import item_name
from domain.aftercare import Answer
from domain.message import Text, Value
from domain.moment import local_day
from services.ports.privacy import Record
from services.privacy.export_known import KnownFile

Lines = tuple[Text, ...]


def exemption_lines(known: KnownFile) -> Lines:
    """What is not asked for, and why."""
    return tuple(_exemption(row, known) for row in _standing(known.records["exemptions"]))


def _exemption(row: Record, known: KnownFile) -> Text:
    group, until = row["dose_group"], row["until_on"]
    vaccine = item_name(known.first_vaccines[group]) if group in known.first_vaccines else group
    kind = Text(f"known_file.exempt.{row['kind']}")
    values: dict[str, Value] = {"vaccine": vaccine, "kind": kind}
    line = Text("known_file.line.exempt_until", {**values, "until": until}) if until else None
    return _of_child(row, known, line or Text("known_file.line.exempt", values))


def visit_lines(known: KnownFile) -> Lines:
    """Check-ups and other care, and what became of each visit."""
    done = (_of_child(row, known, _care(row)) for row in _standing(known.records["care_done"]))
    came = (_of_child(row, known, _attendance(row)) for row in _standing(known.records["attendances"]))
    return (*done, *came)


def _care(row: Record) -> Text:
    values: dict[str, Value] = {"item": item_name(row["item"]), "on": row["done_on"], "source": _source(row)}
    return Text("known_file.line.care", values)


def _attendance(row: Record) -> Text:
    outcome, why = Text(f"session.outcome.{row['outcome']}"), row["why"]
    if why:
        outcome = Text("session.outcome.why", {"outcome": outcome, "why": Text(f"session.why.{why}")})
    return Text("known_file.line.visit", {"visit_on": row["visit_on"], "outcome": outcome, "source": _source(row)})


def _source(row: Record) -> Text:
    return Text(f"known_file.source.{row['source']}")


def afterwards_lines(known: KnownFile) -> Lines:
    """What was told after a vaccination, about what was tried at home, and to questions asked of many."""
    told = (_reaction(row, known) for row in known.records["reactions"])
    tried = (_topic(row, known) for row in known.records["topic_answers"])
    asked = (_campaign(row, known) for row in known.records["campaign_answers"])
    marked = (_mark(row, known) for row in known.records["message_marks"])
    return (*told, *tried, *asked, *marked)


def _reaction(row: Record, known: KnownFile) -> Text:
    values: dict[str, Value] = {
        "watch": Text(f"after.when.{row['watch']}", {"on": row["given_on"]}),
        "answer": Text("after.some_sign" if row["answer"] == Answer.DANGER else f"after.choice.{row['answer']}"),
        "on": local_day(row["at"], known.zone),
    }
    return Text("known_file.line.reaction", values)


def _topic(row: Record, known: KnownFile) -> Text:
    values: dict[str, Value] = {
        "visit_on": row["visit_on"],
        "topic": Text(f"topic.{row['topic']}.title"),
        "answer": Text(f"topic.choice.{row['answer']}"),
        "on": local_day(row["at"], known.zone),
    }
    return Text("known_file.line.topic", values)


def _campaign(row: Record, known: KnownFile) -> Text:
    values: dict[str, Value] = {"number": row["place"] + 1, "on": local_day(row["at"], known.zone)}
    return Text("known_file.line.campaign", values)


def _mark(row: Record, known: KnownFile) -> Text:
    """What she made of a message; all that stands in its row."""
    said = {True: "known_file.helped", False: "known_file.not_helped", None: "known_file.no_word"}[row["helpful"]]
    values: dict[str, Value] = {
        "message": row["message_key"],
        "word": Text(said),
        "answer": row["answer"] or Text("known_file.no_word"),
        "kept": Text("known_file.no_word") if row["kept_at"] is None else local_day(row["kept_at"], known.zone),
        "on": local_day(row["at"], known.zone),
    }
    kept = "" if row["kept_at"] is None else ".kept"
    return Text(f"known_file.line.mark{kept}", values)


def _of_child(row: Record, known: KnownFile, words: Text) -> Text:
    names = {child["id"]: child["name"] for child in known.records["children"]}
    child = names.get(row["child_id"]) or Text("common.unnamed_child")
    return Text("known_file.line.of_child", {"child": child, "words": words})


def _standing(rows: Iterable[Record]) -> Iterable[Record]:
    return (row for row in rows if row["withdrawn_at"] is None)
