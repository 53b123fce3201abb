"""Words around a loss: few and gentle, without a name after it, and what may help only where it is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing.buttons import Row, button, column, said
from bot.drawing.invites import children_of
from domain.loss import LossOf, Subject
from domain.loss_care import Care
from domain.message import Choice, Keyboard, OutgoingMessage, Text, Value
from domain.people import Caregiver
from services.family.ask_for_call import CallAsked
from services.family.find_subjects import Offered
from services.family.tell_loss import LossTold
from services.messages.read_as import whom_of

GO_BACK = button("loss.choice.go_back", "loss_no")


@dataclass(frozen=True)
class Telling:
    """Whose button it is: a caregiver's by her number, or by the family's that of somebody who works here."""

    whose: int
    works_here: bool = False

    @property
    def go_back(self) -> Choice:
        """Nothing happens."""
        if self.works_here:
            return button("families.choice.whole_family", "family_page", self.whose)
        return GO_BACK


def draw_typed(*arguments: object) -> OutgoingMessage:
    """She typed words that may tell of a loss: asked, nothing more."""
    choices = (button("loss.choice.tell", "loss", *arguments), button("loss.choice.no_loss", "loss_no"))
    return OutgoingMessage(Text("loss.ask_typed"), column(choices))


def draw_whose(tellers: Sequence[tuple[Caregiver, tuple[str, ...]]]) -> OutgoingMessage:
    """On a shared phone: who is writing."""
    choices = [
        button(
            "loss.choice.whose",
            "loss",
            one.id,
            role=Text(f"choice.role.{one.role}"),
            children=children_of(names),
        )
        for one, names in tellers
    ]
    return OutgoingMessage(Text("loss.whose"), column((*choices, GO_BACK)))


def draw_whom(offered: Sequence[Offered], telling: Telling) -> OutgoingMessage:
    """Whom it is about; with only one there is, that is asked to be confirmed."""
    if not offered:
        return OutgoingMessage(Text("loss.nothing"))
    if len(offered) == 1:
        return draw_confirm(offered, offered[0].subject, telling)
    start = "v1:family_loss_of" if telling.works_here else "v1:loss_of"
    choices = [Choice(_label(offered, one), f"{start}:{telling.whose}:{one.subject}") for one in offered]
    asked = Text("family_loss.whom" if telling.works_here else "loss.whom")
    return OutgoingMessage(asked, column((*choices, telling.go_back)), names_child=True)


def draw_confirm(offered: Sequence[Offered], subject: Subject, telling: Telling) -> OutgoingMessage:
    """Is it so? The one confirmation."""
    one = next((other for other in offered if other.subject == subject), Offered(subject))
    values: dict[str, Value] = {"child": _label(offered, one)} if subject.kind is LossOf.CHILD else {}
    start = "v1:family_loss_yes" if telling.works_here else "v1:loss_yes"
    yes = Choice(Text("loss.choice.confirm"), f"{start}:{telling.whose}:{subject}")
    asked = Text(f"loss.confirm.{subject.kind}", values)
    return OutgoingMessage(asked, column((yes, telling.go_back)), names_child=True)


def draw_told(told: LossTold, *, shared: bool) -> OutgoingMessage:
    """The words after it, and below them what she may ask for once."""
    own = told.teller.caregiver
    lines = [Text("loss.sorry"), _stops(told)]
    if told.here:
        lines.append(Text("loss.others_may_join"))
    if told.goes_on:
        lines.append(Text("loss.go_on", {"children": children_of(told.goes_on)}))
    if told.call is not None and told.call.colleague is not None:
        lines.append(call_text(told.call))
    choices = _offers(told)
    if choices:
        lines.append(Text("loss.if_wanted"))
    whom = whom_of(own, ()) if shared and own is not None else None
    return OutgoingMessage(
        Text("loss.said", {"lines": tuple(lines)}), choices, names_child=bool(told.goes_on), whom=whom
    )


def draw_keys_gone() -> OutgoingMessage:
    """Her keys go with her."""
    return OutgoingMessage(Text("loss.keys_gone"), (), Keyboard.REMOVE)


def call_text(call: CallAsked) -> Text:
    """Who will call; or whom to call, where that cannot be."""
    if call.colleague is None:
        return Text("loss.call_station")
    if not call.has_phone:
        return Text("loss.no_number", {"name": call.colleague.name})
    return Text("loss.will_call", {"name": call.colleague.name, "facility": call.facility})


def draw_care(care: Care, *, released: bool) -> OutgoingMessage:
    """What she asked for; the station's number while no clinician has released it."""
    return OutgoingMessage(Text(care.key if released else "loss.call_station"))


def _stops(told: LossTold) -> Text:
    if told.here:
        return Text("loss.stops_here")
    return Text("loss.stops_mother" if told.subject.kind is LossOf.MOTHER else "loss.stops")


def _offers(told: LossTold) -> tuple[Row, ...]:
    own, subject = told.teller.caregiver, told.subject
    if own is None or told.here:
        return ()
    whose = (own.id, subject.kind, subject.number)
    cares = [button(f"loss.choice.{care}", "loss_care", *whose, care) for care in told.care]
    calls = [] if told.call is not None else [button("loss.choice.call", "loss_call", *whose)]
    pauses = [button("pause.choice.ask", "pause", own.id)] if told.goes_on else []
    return column((*cares, *calls, *pauses))


def _label(offered: Sequence[Offered], one: Offered) -> Text:
    if one.subject.kind is not LossOf.CHILD:
        return Text(f"loss.choice.{one.subject.kind}")
    if one.name:
        return said(one.name)
    unnamed = [other for other in offered if other.subject.kind is LossOf.CHILD and not other.name]
    if len(unnamed) < 2:
        return Text("common.your_child")
    return Text("loss.choice.unnamed", {"number": unnamed.index(one) + 1})
