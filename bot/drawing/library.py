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
    onwards = (button("library.choice.kept", "kept", found.caregiver),) if kept else _onwards(found, library)
    return OutgoingMessage(Text(found.key), (*choices, onwards), whom=whom)


def draw_found(found: MessageFound, library: LibraryPort, whom: Text | None) -> OutgoingMessage:
    """The same for who typed words: it says that nobody reads along."""
    body = Text("library.found", {"text": Text(found.key)})
    choices = (*tip_choices(library, found.key, found.caregiver), _onwards(found, library))
    return OutgoingMessage(body, choices, whom=whom)


def _onwards(found: MessageFound, library: LibraryPort) -> Row:
    """The way to the next one, if there is one, and to the topics."""
    codes = [library.code_of(key) for key in found.others[:1]]
    others = [button("library.choice.next", "read", found.caregiver, code) for code in codes]
    return (*others, button("library.choice.topics", "topics", found.caregiver))


def draw_kept(keys: Sequence[str], library: LibraryPort, caregiver: CaregiverId, whom: Text | None) -> OutgoingMessage:
    """What she keeps, each by its first words."""
    if not keys:
        return OutgoingMessage(Text("library.none_kept"), whom=whom)
    labels = [
        button("library.choice.read_kept", "read", caregiver, library.code_of(key), "kept", text=Text(key))
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
