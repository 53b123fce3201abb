"""The sex of a child that is born, where a rule of growth or of vaccination needs it."""

from enum import StrEnum


class Sex(StrEnum):
    """It is asked only after birth, and may stay unknown."""

    FEMALE = "female"
    MALE = "male"
