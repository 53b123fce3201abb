"""The forms by which a nurse types the new day of a session, or adds an extra one with its place and hours."""

from domain.forms.form import Form, Kind, Question

SESSION_TO = Form(
    "session_to",
    1,
    (Question("on", Kind.GIVEN), Question("day", Kind.TYPED, read="back_on")),
)
SESSION_EXTRA = Form(
    "session_extra",
    1,
    (
        Question("day", Kind.TYPED, read="back_on"),
        Question("place", Kind.TYPED, read="place_words", optional=True),
        Question("hours", Kind.TYPED, read="session_hours", optional=True),
    ),
)
