"""The form by which a worker types on which day a vaccine was given: for a late entry, or to correct one."""

from domain.forms.enrolment import BIRTH_DAY_OPTIONS
from domain.forms.form import Form, Kind, Option, Question

DAY_UNKNOWN = "day_unknown"

GIVEN_ON = Form(
    "given_on",
    1,
    (
        Question("born_on", Kind.GIVEN),
        Question("zone", Kind.GIVEN),
        Question("row", Kind.GIVEN),
        Question(
            "given_on",
            Kind.TYPED,
            read="given_on",
            options=(*BIRTH_DAY_OPTIONS, Option(DAY_UNKNOWN, "choice.day_unknown")),
            columns=2,
        ),
    ),
)
