"""What we know of her, her consents, and how she is forgotten, as messages."""

from collections.abc import Iterable

from bot.drawing.buttons import button, column
from bot.drawing.long_lists import shortened
from bot.drawing.vaccines import known_dose
from domain.consent import OWN_PURPOSES, WORDS_VERSION, Consent, Purpose
from domain.erasure import Erasure
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.moment import local_day
from domain.people import Caregiver
from services.family.show_known import Known
from services.privacy.change_consent import ConsentList

# More does not fit into one message; the file holds all.
MOST_CHILDREN, MOST_DOSES, MOST_CONSENTS = 25, 20, 10


def draw_whose(caregivers: Iterable[Caregiver]) -> OutgoingMessage:
    """On a shared telephone: whose data."""
    choices = column(
        button("known.choice.whose", "known", caregiver.id, role=Text(f"choice.role.{caregiver.role}"))
        for caregiver in caregivers
    )
    return OutgoingMessage(Text("known.whose"), choices)


def draw_known(known: Known, whom: Text | None = None) -> OutgoingMessage:
    """Everything we keep of her, in her words, and what she can do about it."""
    caregiver = known.caregiver
    values: dict[str, Value] = {
        "role": Text(f"choice.role.{caregiver.role}"),
        "phone": caregiver.phone or Text("choice.not_given"),
        "facility": known.facility.name if known.facility else Text("common.station_unknown"),
        "hour": f"{caregiver.tip_hour:02d}:00",
        "amount": Text(f"choice.amount.{int(caregiver.amount)}"),
        "children": shortened((*_children(known), *_awaited(known)), MOST_CHILDREN),
        "doses": shortened(_doses(known), MOST_DOSES),
        "consents": shortened([_answer(one, _zone(known)) for one in known.consents], MOST_CONSENTS),
    }
    return OutgoingMessage(Text("known.overview", values), _ways(known), names_child=True, whom=whom)


def _ways(known: Known) -> tuple[tuple[Choice, ...], ...]:
    hers = known.caregiver.id
    consents = (button("known.choice.consents", "consents", hers),) if known.caregiver.joined_at else ()
    file, forget = button("known.choice.known_file", "known_file", hers), button("known.choice.forget", "forget", hers)
    return column((file, *consents, forget))


def _zone(known: Known) -> str:
    return known.facility.zone if known.facility else "UTC"


def _children(known: Known) -> tuple[Text, ...]:
    return tuple(
        Text(
            "known.child",
            {
                "child": child.name or Text("common.unnamed_child"),
                "birth_date": child.birth_date,
                "sex": Text(f"choice.sex.{child.sex}"),
            },
        )
        for child in known.children
    )


def _awaited(known: Known) -> tuple[Text, ...]:
    return tuple(Text("known.pregnancy", {"due_on": one.due_on}) for one in known.pregnancies)


def _doses(known: Known) -> tuple[Text, ...]:
    return tuple(
        known_dose(dose.vaccine, dose.given_on, dose.source, date_known=dose.date_known) for dose in known.vaccinations
    )


def _answer(one: Consent, zone: str) -> Text:
    values: dict[str, Value] = {"purpose": Text(f"purpose.{one.purpose}"), "version": one.text_version}
    if one.withdrawn_at is not None:
        return Text("known.consent.withdrawn", {**values, "on": local_day(one.withdrawn_at, zone)})
    word = "given" if one.given else "refused"
    return Text(f"known.consent.{word}", {**values, "on": local_day(one.at, zone)})


def draw_consents(consents: ConsentList, whom: Text | None = None) -> OutgoingMessage:
    """Every purpose with its answer, and a button for each that she may answer; after a loss none about a child."""
    zone = consents.facility.zone if consents.facility else "UTC"
    lines = tuple(_line(one, zone) for one in consents.answers)
    offered = [one for one in consents.open_purposes if one in OWN_PURPOSES or not consents.is_left_alone]
    choices = column(_change(consents, purpose) for purpose in offered)
    return OutgoingMessage(Text("consent.list", {"lines": lines}), choices, whom=whom)


def _line(one: Consent, zone: str) -> Text:
    return Text("consent.line", {"answer": _answer(one, zone), "way": Text(f"consent.way.{one.way}")})


def _change(consents: ConsentList, purpose: Purpose) -> Choice:
    word = "withdraw" if consents.stands(purpose) else "give"
    named = {"purpose": Text(f"purpose.{purpose}")}
    return button(f"consent.choice.{word}", "consent", consents.caregiver.id, purpose.value, **named)


def draw_consent_question(consents: ConsentList, purpose: Purpose, whom: Text | None = None) -> OutgoingMessage:
    """The words of consent with yes and no; or whether she takes her yes back."""
    if consents.stands(purpose):
        text = Text("consent.ask_withdraw", {"purpose": Text(f"purpose.{purpose}")})
        keys = (("consent.choice.withdraw_yes", "no"), ("consent.choice.withdraw_no", "yes"))
    else:
        text = Text(f"consent.ask.{purpose}", {"version": WORDS_VERSION})
        keys = (("choice.yes", "yes"), ("choice.no", "no"))
    whose = consents.caregiver.id
    row = tuple(button(key, "consent_set", whose, purpose.value, answer) for key, answer in keys)
    return OutgoingMessage(text, (row,), whom=whom)


def draw_consent_kept(consents: ConsentList, purpose: Purpose, whom: Text | None = None) -> OutgoingMessage:
    """What stands now, and the way back to the list."""
    latest = next((one for one in consents.answers if one.purpose is purpose), None)
    word = "given" if latest and latest.stands else "withdrawn" if latest and latest.given else "refused"
    back = button("known.choice.consents", "consents", consents.caregiver.id)
    return OutgoingMessage(Text(f"consent.{word}", {"purpose": Text(f"purpose.{purpose}")}), ((back,),), whom=whom)


def draw_forget(caregiver: Caregiver, whom: Text | None = None) -> OutgoingMessage:
    """What is erased, what stays and why, and the first question."""
    choices = (
        (button("forget.choice.go_on", "forget_sure", caregiver.id),),
        (button("forget.choice.keep", "forget_keep", caregiver.id),),
    )
    return OutgoingMessage(Text("forget.ask"), choices, whom=whom)


def draw_forget_sure(caregiver: Caregiver, today: str, whom: Text | None = None) -> OutgoingMessage:
    """The second question. Its yes is good for this day only."""
    choices = (
        (button("forget.choice.sure", "forget_do", caregiver.id, today),),
        (button("forget.choice.keep", "forget_keep", caregiver.id),),
    )
    return OutgoingMessage(Text("forget.ask_sure"), choices, whom=whom)


def draw_wish(erasure: Erasure, zone: str, whom: Text | None = None) -> OutgoingMessage:
    """Her wish with its receipt and its day, and one button that takes it back."""
    undo = button("forget.choice.undo", "forget_undo", erasure.caregiver)
    values: dict[str, Value] = {"receipt": erasure.receipt, "due_on": local_day(erasure.due_at, zone)}
    return OutgoingMessage(Text("forget.asked", values), ((undo,),), whom=whom)
