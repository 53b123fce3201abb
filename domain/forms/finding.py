"""The form by which a family is sought: by a child's name or a part of it, or by a telephone number."""

from domain.forms.form import Form, Kind, Question

FINDING = Form("finding", 1, (Question("sought", Kind.TYPED, read="sought"),))
