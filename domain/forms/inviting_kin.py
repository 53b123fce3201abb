"""The form by which another caregiver of a family is invited: what she is to the children, and her language."""

from domain.forms.form import Form, Kind, Option, Question
from domain.reader import Role

INVITING_KIN = Form(
    "inviting_kin",
    1,
    (
        Question("role", Kind.CHOICE, options=tuple(Option(role, f"choice.role.{role}") for role in Role), columns=2),
        Question("language", Kind.CHOICE, options_from="languages", columns=3),
    ),
)
