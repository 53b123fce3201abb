"""The topic of a session day: the nurse's page, the list to choose from, the report; and thanks for an answer."""

from dataclasses import asdict

from bot.drawing.buttons import Row, button, column
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.topics import Topic
from services.visits.list_session import SessionList
from services.visits.topics.answer_topic import TopicAnswered
from services.visits.topics.find_topic import SessionTopic, TopicChoices
from services.visits.topics.report_topics import Coverage, TopicReport

STATIONS_ON_A_PAGE = 10


def topic_action(session: SessionList) -> Choice:
    """The button on the page of a session day."""
    day = () if session.on is None else (session.on.isoformat(),)
    if session.topic is None:
        return button("topic.choice.today", "topic", session.facility.id, *day)
    return button("topic.choice.named", "topic", session.facility.id, *day, title=_title(session.topic))


def draw_topic(session: SessionTopic) -> OutgoingMessage:
    """What she speaks about, in steps; afterwards, that it is done."""
    values: dict[str, Value] = {
        "facility": session.facility.name,
        "on": session.on,
        "title": Text("topic.title", {"title": _title(session.topic)}),
        "plan": Text(f"topic.{session.topic.key}.plan"),
    }
    page = Text(f"topic.page.{_state(session)}", values)
    if session.is_held and not session.released:
        page = Text("topic.unreleased", {"page": page})
    return OutgoingMessage(page, (*_actions(session), *_around(session)))


def _state(session: SessionTopic) -> str:
    if not session.is_held:
        return "no_day"
    if session.done:
        return "done"
    if session.may_note:
        return "open"
    return "ahead" if session.may_choose else "over"


def _actions(session: SessionTopic) -> tuple[Row, ...]:
    place = (session.facility.id, session.on.isoformat())
    choices = []
    if session.done and session.may_note:
        choices.append(button("topic.choice.undo", "topic_undo", *place))
    if session.is_held and not session.done and session.may_note:
        choices.append(button("topic.choice.done", "topic_done", *place, session.topic.key))
    if session.is_held and not session.done and session.may_choose:
        choices.append(button("topic.choice.other", "topic_list", *place))
    return column(choices)


def _around(session: SessionTopic) -> tuple[Row, ...]:
    at = session.facility.id
    report = button("topic.choice.report", "topics_report", at)
    return column((report, button("topic.choice.session", "session", at, session.on.isoformat())))


def draw_topics(choices: TopicChoices) -> OutgoingMessage:
    """All topics, a button each."""
    session = choices.session
    place = (session.facility.id, session.on.isoformat())
    values: dict[str, Value] = {
        "facility": session.facility.name,
        "on": session.on,
        "title": _title(choices.month),
    }
    offered = [
        button(
            "topic.choice.held" if topic.key in choices.held else "topic.choice.one",
            "topic_choose",
            *place,
            topic.key,
            title=_title(topic),
        )
        for topic in choices.topics
    ]
    back = button("topic.choice.back", "topic", *place)
    return OutgoingMessage(Text("topic.choose", values), column((*offered, back)))


def draw_report(report: TopicReport, page: int = 0) -> OutgoingMessage:
    """The numbers of a year by topic; for several stations a button each."""
    place: Value = report.place.name if report.place else Text("topic.report.all")
    values: dict[str, Value] = {
        "place": place,
        "first": report.first,
        "last": report.last,
        "lines": tuple(_line(Text(f"topic.{key}.title"), coverage) for key, coverage in report.topics),
        **_numbers(report.total),
    }
    return OutgoingMessage(Text("topic.report.page", values), _stations(report, page))


def _stations(report: TopicReport, page: int) -> tuple[Row, ...]:
    if report.place is not None:
        return column((button("topic.choice.session", "session", report.place.id),))
    first = page * STATIONS_ON_A_PAGE
    shown = report.stations[first : first + STATIONS_ON_A_PAGE]
    choices = [
        button("topic.choice.station", "topics_report", one.id, name=_station(one.name, coverage))
        for one, coverage in shown
    ]
    if len(report.stations) > first + STATIONS_ON_A_PAGE:
        choices.append(button("topic.choice.next", "topics_report", 0, page + 1))
    return column(choices)


def _station(name: str, coverage: Coverage) -> Text:
    return Text("topic.report.station", {"name": name, "done": coverage.done, "held": coverage.held})


def draw_answered(answered: TopicAnswered, whom: Text | None) -> OutgoingMessage:
    """A kind word to each answer."""
    return OutgoingMessage(Text(f"topic.answered.{answered.answer if answered.children else 'thanks'}"), whom=whom)


def _line(name: Text, coverage: Coverage) -> Text:
    return Text("topic.report.line", {"name": name, **_numbers(coverage)})


def _numbers(coverage: Coverage) -> dict[str, Value]:
    return dict(asdict(coverage))


def _title(topic: Topic) -> Text:
    return Text(f"topic.{topic.key}.title")
