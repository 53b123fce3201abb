"""What a caregiver asks: her child, a tip."""

from bot.drawing.caregiver import draw_children, draw_tip
from bot.handlers.whose import only_caregivers, whom, whose
from bot.talk import Said, Talk, one_after_another, say
from domain.people import Caregiver
from services.family.find_tip import TipFound, find_tip
from services.family.show_children import show_children


async def child(talk: Talk) -> Said:
    """My child and next visit."""
    only_caregivers(talk)
    views = await show_children(talk.turn)
    return say(*[draw_children(view, await whom(talk, view.caregiver)) for view in views])


async def tip(talk: Talk) -> Said:
    """A tip now; and another one. On a shared telephone, one for each who reads here."""
    only_caregivers(talk)
    if talk.heard.tap is None:
        return one_after_another([await _tip(talk, one, 0) for one in talk.turn.speaker.caregivers])
    caregiver, first = whose(talk, 1)
    return await _tip(talk, caregiver, talk.heard.tap.number(first))


async def _tip(talk: Talk, caregiver: Caregiver, place: int) -> Said:
    found = await find_tip(talk.turn, caregiver, place, shared=talk.turn.speaker.is_shared)
    about = (found.caregiver, found.children) if isinstance(found, TipFound) else (caregiver.id, ())
    return Said([draw_tip(found, talk.turn.programme.library, await whom(talk, caregiver))], about=about)
