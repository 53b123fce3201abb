"""A family that moves: where to, the question to the family, its file for another province, and what came of it."""

from bot.drawing.buttons import button, column, said
from bot.drawing.vaccines import known_dose
from bot.payloads import payload
from domain.area import Facility
from domain.finding import folded
from domain.identifiers import FacilityId
from domain.message import Choice, Document, OutgoingMessage, Section, Text, Value
from domain.people import ActorRole
from services.family.move_family import ChildFile, MoveAnswered, MoveAsked, MoveChoice
from services.messages.read_as import whom_of
from services.ports.visits import Vaccination

AT_ONCE = 20
AWAY = 0  # in place of a facility's number: another province


def draw_places(choice: MoveChoice, page: int, sought: str = "") -> OutgoingMessage:
    """The facilities it could go to; a part of a name may be typed instead."""
    found = [place for place in choice.places if folded(sought) in folded(f"{place.name} {place.commune.name}")]
    shown = found[page * AT_ONCE : (page + 1) * AT_ONCE]
    names = [Choice(said(_full(place)), payload("move_to", choice.family, place.id)) for place in shown]
    more = (button("families.choice.next", "family_move", choice.family, page + 1),) if _is_more(found, page) else ()
    ways = (
        button("moves.choice.away", "move_to", choice.family, AWAY),
        button("families.choice.whole_family", "family_page", choice.family),
    )
    key = "moves.where" if names else "moves.where_none"
    return OutgoingMessage(Text(key, {"station": choice.origin.name}), column((*names, *more, *ways)))


def _is_more(found: list[Facility], page: int) -> bool:
    return (page + 1) * AT_ONCE < len(found)


def _full(place: Facility) -> str:
    return place.name if place.commune.name in place.name else f"{place.name} · {place.commune.name}"


def draw_choice(choice: MoveChoice, to: FacilityId | None) -> OutgoingMessage:
    """How the family is asked: in a chat of its own by day, or on paper."""
    number = to or AWAY
    place = next((one for one in choice.places if one.id == to), None)
    can_ask = choice.reading is not None and choice.is_day and (place is not None or choice.may_take_file)
    on_paper = place is not None or choice.actor.role is not ActorRole.VOLUNTEER
    ways = (
        *((button("moves.choice.ask", "move_ask", choice.family, number),) if can_ask else ()),
        *((button("moves.choice.paper", "move_paper", choice.family, number),) if on_paper else ()),
        button("choice.back", "family_move", choice.family),
    )
    reason = "ask" if can_ask else "night" if choice.reading is not None and not choice.is_day else "nobody_reads"
    values: dict[str, Value] = {"to": _to(place), "how": Text(f"moves.how.{reason}")}
    return OutgoingMessage(Text("moves.how", values), column(ways))


def _to(place: Facility | None) -> Value:
    return place.name if place is not None else Text("moves.another_province")


def draw_question(asked: MoveAsked) -> OutgoingMessage:
    """To the family. For another province the children's file comes with it."""
    caregiver = asked.reading.caregiver
    choices = column(button(f"moves.choice.{word}", "move", asked.move, caregiver.id, word) for word in ("yes", "no"))
    values: dict[str, Value] = {"station": asked.origin.name, "to": _to(asked.to)}
    whom = whom_of(caregiver, asked.child_names) if asked.reading.shared else None
    if asked.to is not None:
        return OutgoingMessage(Text("moves.question", values), choices, whom=whom)
    return OutgoingMessage(Text("moves.question_away", values), choices, document=_file(asked), whom=whom)


def _file(asked: MoveAsked) -> Document:
    about = Section(Text("moves.file.station"), (said(asked.origin.name), said(asked.origin.phone)))
    title = Text("moves.file.title", {"on": asked.made_on})
    sections = (about, *(_section(one) for one in asked.children))
    return Document(f"cradle-{asked.made_on.isoformat()}.pdf", title, sections)


def _section(one: ChildFile) -> Section:
    child = one.child
    name: Value = child.name or Text("common.unnamed_child")
    values: dict[str, Value] = {"child": name, "birth_date": child.birth_date, "sex": Text(f"choice.sex.{child.sex}")}
    weight, weeks = child.birth_weight_g, child.gestation_weeks
    given = tuple(_dose(dose) for dose in one.given)
    lines = (
        Text("known.child", values),
        *((Text("known_file.line.weight", {"value": weight}),) if weight else ()),
        *((Text("known_file.line.weeks", {"value": weeks}),) if weeks else ()),
        *(given or (Text("moves.file.no_doses"),)),
    )
    return Section(Text("moves.file.child", {"child": name}), lines)


def _dose(dose: Vaccination) -> Text:
    return known_dose(dose.vaccine, dose.given_on, dose.source, date_known=dose.date_known)


def draw_asked(asked: MoveAsked) -> OutgoingMessage:
    """To the worker: somebody of the family is asked now."""
    role = Text(f"choice.role.{asked.reading.caregiver.role}")
    page = button("families.choice.whole_family", "family_page", asked.family)
    return OutgoingMessage(Text("moves.asked", {"role": role, "to": _to(asked.to)}), ((page,),))


def draw_moved(to: str | None) -> OutgoingMessage:
    """To the worker, who kept the consent on paper."""
    return OutgoingMessage(Text("moves.moved", {"to": to}) if to is not None else Text("moves.left"))


def draw_answer(answered: MoveAnswered) -> OutgoingMessage:
    """To the family."""
    if not answered.settled:
        return OutgoingMessage(Text("moves.no_longer_asked"))
    if not answered.agreed:
        return OutgoingMessage(Text("moves.stays", {"station": answered.origin.name}))
    if answered.to is None:
        return OutgoingMessage(Text("moves.farewell", {"station": answered.origin.name}))
    return OutgoingMessage(Text("moves.welcome", {"to": answered.to.name}))


def draw_told(answered: MoveAnswered) -> OutgoingMessage:
    """To the worker who asked; of the family no name is said."""
    values: dict[str, Value] = {"station": answered.origin.name, "to": _to(answered.to)}
    return OutgoingMessage(Text("moves.told_yes" if answered.agreed else "moves.told_no", values))
