"""Staff have made sure that the numbers which families of a province are told to call are right."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.area import Province
from domain.identifiers import CommuneId
from services.staff.area_rules.show_rules import ProvincePage, show_province
from services.turn import Turn

_LONGEST = 20


def dialled(province: Province) -> tuple[str, str]:
    """What is dialled in danger and for the protection of a child: digits alone, short enough for a button."""
    emergency, protection = (re.sub(r"\D", "", one) for one in (province.emergency_phone, province.protection_phone))
    return emergency[:_LONGEST], protection[:_LONGEST]


async def confirm_phones(turn: Turn, number: CommuneId, known: Sequence[str]) -> ProvincePage:
    """Both are right today. Who made sure of others than those that stand there now sees the page anew, and no more."""
    page = await show_province(turn, number)
    if tuple(known) != dialled(page.province) or page.province.phones_verified_on == page.today:
        return page
    confirmed = replace(page.province, phones_verified_on=page.today)
    await turn.uow.area.save_province(confirmed)
    details = {"emergency_phone": confirmed.emergency_phone, "protection_phone": confirmed.protection_phone}
    subject = f"province:{confirmed.code}"
    await turn.uow.programme.audit(
        "confirm_phones", at=turn.moment.now, actor=page.actor.id, subject=subject, details=details
    )
    return replace(page, province=confirmed)
