"""The people of the demo: whose phones stand on the page, and who of them works for the programme."""

from dataclasses import dataclass

from domain.people import ActorRole


@dataclass(frozen=True)
class Phone:
    """A phone on the page; `role` is set for those who get an invite before the first start."""

    name: str
    label: str
    language_code: str
    phone_number: str
    role: ActorRole | None = None


VOLUNTEER_COMMUNE = "Suối Mơ"
CAST = (
    Phone("Minh", "Volunteer", "vi", "+84912345601", ActorRole.VOLUNTEER),
    Phone("Lan", "Mother", "vi", "+84912345602"),
    Phone("Tuấn", "Father", "vi", "+84912345603"),
    Phone("Hoa", "Nurse", "vi", "+84912345604", ActorRole.HEALTH_WORKER),
)
