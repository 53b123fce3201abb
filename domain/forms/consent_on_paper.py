"""The form by which a worker keeps a consent that was given on paper, or aloud in a language that is not written."""

from domain.consent import LEGAL_REPRESENTATIVES, ConsentWay
from domain.forms.form import Answers, Form, Kind, Option, Question
from domain.forms.joining import NO, YES
from domain.reader import Role


def on_paper(answers: Answers) -> bool:
    """Whether a signed paper lies before her."""
    return answers.get("way") == ConsentWay.PAPER


def is_spoken(answers: Answers) -> bool:
    """Whether she read the question aloud and heard the answer."""
    return answers.get("way") == ConsentWay.SPOKEN


def gave_consent(answers: Answers) -> bool:
    """What was answered, on paper or aloud."""
    return YES in (answers.get("on_paper"), answers.get("aloud"))


WHO = tuple(Option(role, f"choice.role.{role}") for role in Role if role in LEGAL_REPRESENTATIVES)
WAYS = tuple(Option(way, f"choice.consent_way.{way}") for way in (ConsentWay.PAPER, ConsentWay.SPOKEN))
ANSWERS = (Option(YES, "choice.consent_answer.yes"), Option(NO, "choice.consent_answer.no"))

CONSENT_ON_PAPER = Form(
    "consent_on_paper",
    1,
    (
        Question("who", Kind.CHOICE, options=WHO, columns=2),
        Question("way", Kind.CHOICE, options=WAYS),
        Question("read_in", Kind.CHOICE, options_from="spoken_languages", columns=2),
        Question("on_paper", Kind.CHOICE, options=ANSWERS, asked_when=on_paper),
        Question("aloud", Kind.CHOICE, options=ANSWERS, asked_when=is_spoken),
    ),
)
