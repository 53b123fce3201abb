"""The form by which a health worker types the right birth date of a child who is on record with a wrong one."""

from domain.forms.enrolment import BIRTH_DAY_OPTIONS
from domain.forms.form import Form, Kind, Question

NEW_BIRTH_DATE = Form(
    "new_birth_date",
    1,
    (
        Question("zone", Kind.GIVEN),
        Question("birth_date", Kind.TYPED, read="new_birth_date", options=BIRTH_DAY_OPTIONS, columns=2),
    ),
)
