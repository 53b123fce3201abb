"""The form by which a volunteer lets a chat in: the number that stands on the family's screen."""

from domain.forms.form import Form, Kind, Question

CONFIRMING = Form("confirming", 1, (Question("number", Kind.TYPED, read="number"),))
