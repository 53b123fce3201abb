"""The form by which a caregiver joins: her language, her consent for each purpose apart, her hour and her amount."""

from domain.consent import LEGAL_REPRESENTATIVES
from domain.forms.form import Answers, Form, Kind, Option, Question

LANGUAGE = "language"
CONSENTS = ("consent_messages", "consent_file")
HOURS = tuple(range(8, 20))
YES, NO = "yes", "no"
YES_NO = (Option(YES, "choice.yes"), Option(NO, "choice.no"))


def wants_messages(answers: Answers) -> bool:
    """Whether she agreed to get messages."""
    return answers.get("consent_messages") == YES


def speaks_for_children(answers: Answers) -> bool:
    """Whether she may agree to the use of the children's file: their representatives may, others not."""
    return wants_messages(answers) and answers.get("role") in LEGAL_REPRESENTATIVES


JOINING = Form(
    "joining",
    2,
    (
        Question("role", Kind.GIVEN),
        Question(LANGUAGE, Kind.CHOICE, options_from="languages", columns=3),
        Question("consent_messages", Kind.CHOICE, options=YES_NO, columns=2),
        Question("consent_file", Kind.CHOICE, options=YES_NO, columns=2, asked_when=speaks_for_children),
        Question(
            "hour",
            Kind.CHOICE,
            read="hour",
            options=tuple(Option(str(hour), f"{hour:02d}:00", is_key=False) for hour in HOURS),
            columns=4,
            asked_when=wants_messages,
        ),
        Question(
            "amount",
            Kind.CHOICE,
            options=(
                Option("1", "choice.amount.1"),
                Option("2", "choice.amount.2"),
                Option("3", "choice.amount.3"),
                Option("0", "choice.amount.0"),
            ),
            asked_when=wants_messages,
        ),
    ),
)
