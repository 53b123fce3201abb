"""As much of a caregiver as tips are planned by: planning reads hundreds of thousands of them."""

from datetime import date
from typing import Protocol

from domain.identifiers import CaregiverId
from domain.journey import Amount
from domain.reader import Role


class HasHour(Protocol):
    """As much of a caregiver as says at what time she is written to."""

    @property
    def id(self) -> CaregiverId:
        """Her number."""
        ...

    @property
    def tip_hour(self) -> int:
        """Her local hour."""
        ...

    @property
    def joined_on(self) -> date | None:
        """The day on which she joined."""
        ...


class ReadsTips(HasHour, Protocol):
    """And which tips are hers."""

    @property
    def role(self) -> Role:
        """What she is to the child."""
        ...

    @property
    def amount(self) -> Amount:
        """How much she wants to read."""
        ...
