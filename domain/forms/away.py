"""The form by which a volunteer types the day on which she is back."""

from domain.forms.form import Form, Kind, Question

AWAY = Form("away", 1, (Question("back_on", Kind.TYPED, read="back_on"),))
