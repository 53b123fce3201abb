"""The form by which a worker types a part of the name of the facility to which a family goes."""

from domain.forms.form import Form, Kind, Question

MOVING = Form("moving", 1, (Question("place", Kind.TYPED, read="place_words"),))
