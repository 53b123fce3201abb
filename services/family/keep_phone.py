"""Keep the telephone number that a caregiver shares from her own phone. A forwarded contact is not hers."""

from services.access import Refused
from services.turn import Turn


async def keep_phone(turn: Turn, number: str, *, is_own: bool) -> bool:
    """True when it was kept, False when it is no number; refused when it is somebody else's."""
    if not is_own:
        raise Refused("share_contact", "contact")
    phone = turn.programme.read_phone(number if number.startswith("+") else f"+{number}", "VN")
    if phone is None or not turn.speaker.caregivers:
        return False
    for caregiver in turn.speaker.caregivers:
        await turn.uow.families.change_caregiver(caregiver.id, phone=phone)
    return True
