"""How contact ends: for a caregiver, a child, a pregnancy. Staff and volunteers see that it ended, never how."""

from enum import StrEnum


class CaregiverEnd(StrEnum):
    """Why nothing more is said to a caregiver, whatever she asked for."""

    REMOVED = "removed"
    DIED = "died"
    ERASED = "erased"
    MERGED = "merged"


class ChildEnd(StrEnum):
    """Why nothing more is said about a child."""

    DIED = "died"
    GRADUATED = "graduated"
    MOVED = "moved"
    MERGED = "merged"


class PregnancyEnd(StrEnum):
    """How contact about a pregnancy ended: with a birth, with a loss, or because the family moved away."""

    BORN = "born"
    LOST = "lost"
    MOVED = "moved"
    MERGED = "merged"
