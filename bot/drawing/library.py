"""Cards for danger, messages by topic and by words, and the answers to what she makes of them."""

from collections.abc import Sequence

from bot.drawing.buttons import Row, button, column, grid
from bot.payloads import payload
from domain.identifiers import CaregiverId
from domain.message import Choice, OutgoingMessage, Text
from services.library.find_messages import MessageFound
from services.messages.tip_choices import tip_choices
from services.ports.library import LibraryPort

MOST_KEPT = 20


def draw_cards(keys: Sequence[str]) -> OutgoingMessage:
    """Every card by its title, two in a row: so each is two taps away."""
    titles = [Choice(_title(key), payload("danger_card", key.partition(".")[2])) for key in keys]
    return OutgoingMessage(Text("danger.ask"), grid(titles, 2))


def draw_card(key: str) -> OutgoingMessage:
    """One card, whole, with the way back to the others."""
    body = Text("danger.card", {"title": _title(key), "text": Text(key)})
    return OutgoingMessage(body, ((button("danger.choice.all", "danger"),),))


def _title(key: str) -> Text:
    return Text(f"{key}#title")


def draw_topics(topics: Sequence[str], caregiver: CaregiverId, whom: Text | None) -> OutgoingMessage:
    """The topics of which there is something to read."""
    choices = [button(f"topic_of_messages.{topic}.label", "topic_tip", caregiver, topic) for topic in topics]
    return OutgoingMessage(Text("library.topics"), grid(choices, 2), whom=whom)


def draw_message(
    found: MessageFound, library: LibraryPort, whom: Text | None, *, kept: bool = False
) -> OutgoingMessage:
    """A message with what one may do with it, and the way to the next."""
    choices = tip_choices(library, found.key, found.caregiver, kept=kept)
    return OutgoingMessage(Text(found.key), (*choices, *_next(found, library)), whom=whom)


def draw_found(found: MessageFound, library: LibraryPort, whom: Text | None) -> OutgoingMessage:
    """The same for who typed words: it says that nobody reads along."""
    body = Text("library.found", {"text": Text(found.key)})
    choices = (*tip_choices(library, found.key, found.caregiver), *_next(found, library))
    return OutgoingMessage(body, choices, whom=whom)


def _next(found: MessageFound, library: LibraryPort) -> tuple[Row, ...]:
    if not found.others:
        return ()
    return ((button("library.choice.next", "read", found.caregiver, library.code_of(found.others[0])),),)


def draw_kept(keys: Sequence[str], library: LibraryPort, caregiver: CaregiverId, whom: Text | None) -> OutgoingMessage:
    """What she keeps, each by its topic."""
    if not keys:
        return OutgoingMessage(Text("library.none_kept"), whom=whom)
    labels = [
        Choice(
            Text(f"topic_of_messages.{library.topic_of(key)}.label"),
            payload("read", caregiver, library.code_of(key), "kept"),
        )
        for key in keys[:MOST_KEPT]
    ]
    return OutgoingMessage(Text("library.kept_list"), column(labels), whom=whom)


def draw_quiz_answer(key: str, library: LibraryPort, *, right: bool) -> OutgoingMessage:
    """The explanation, whatever she answered."""
    quiz = library.quiz_of(key)
    why = Text(quiz.why) if quiz else Text("library.gone")
    return OutgoingMessage(Text("quiz.right" if right else "quiz.not_right", {"why": why}))


def draw_copy(key: str) -> tuple[OutgoingMessage, OutgoingMessage]:
    """A copy to forward, and how that is done."""
    return OutgoingMessage(Text("library.pass_on", {"text": Text(key)})), OutgoingMessage(Text("library.pass_on.how"))
