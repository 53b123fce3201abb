"""A programme without texts: nothing is approved, everybody speaks Vietnamese, nobody has a telephone."""

from services.programme import Programme


class NothingApproved:
    """No clinician has approved anything."""

    def is_approved(self, key: str, language: str) -> bool:
        """No."""
        del key, language
        return False


def _vietnamese(_told: str | None) -> str:
    return "vi"


def _no_phone(_typed: str, _country: str) -> str | None:
    return None


PROGRAMME = Programme((), {}, NothingApproved(), (), (), _vietnamese, _no_phone, b"x" * 32, rehearsal=True)
