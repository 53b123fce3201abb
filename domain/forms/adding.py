"""The form by which another child of a family is enrolled: what enrolment asks about a child, and nothing else."""

from domain.forms.enrolment import ENROLMENT
from domain.forms.form import Form

ABOUT_CAREGIVER = frozenset({"role", "language", "phone"})

ADDING = Form("adding", 1, tuple(one for one in ENROLMENT.questions if one.name not in ABOUT_CAREGIVER))
