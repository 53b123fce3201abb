"""The form by which staff invite colleagues: who, as what, and where."""

from domain.forms.form import Answers, Form, Kind, Option, Question
from domain.people import ActorRole


def is_volunteer(answers: Answers) -> bool:
    """Volunteers work in a commune."""
    return answers.get("actor_role") == ActorRole.VOLUNTEER


def is_health_worker(answers: Answers) -> bool:
    """Health workers work in a facility."""
    return answers.get("actor_role") == ActorRole.HEALTH_WORKER


INVITING = Form(
    "inviting",
    1,
    (
        Question(
            "actor_role",
            Kind.CHOICE,
            options=tuple(Option(role, f"choice.actor_role.{role}") for role in ActorRole),
        ),
        Question("commune", Kind.CHOICE, options_from="communes", asked_when=is_volunteer),
        Question("second_commune", Kind.CHOICE, options_from="other_communes", optional=True, asked_when=is_volunteer),
        Question("facility", Kind.CHOICE, options_from="facilities", asked_when=is_health_worker),
        Question("actor_name", Kind.TYPED, read="name"),
    ),
)
