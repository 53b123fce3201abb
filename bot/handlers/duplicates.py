"""Children who may be the same, before a family is saved; and staff who make one file of two."""

from bot.drawing.duplicates import (
    draw_elsewhere,
    draw_merged,
    draw_merges,
    draw_pair,
    draw_pairs,
    draw_sure,
    draw_undone,
    draw_whether_same,
    pair_of,
)
from bot.drawing.families import draw_entry
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.forms.enrolment import ENROLMENT
from domain.identifiers import CaregiverId, MergeId
from domain.message import OutgoingMessage
from services.access import Permission, Refused, access_actor, access_caregiver
from services.enrolment.find_duplicates import lookalikes_of_draft
from services.enrolment.list_families import open_entry
from services.enrolment.merge_families import list_merges, list_pairs, merge_families, show_pair, undo_merge
from services.forms.answer_form import drop_form, find_draft


async def ask_whether_same(talk: Talk) -> OutgoingMessage | None:
    """The question before a family is saved that is perhaps with us already; None when nobody is like it."""
    draft = await find_draft(talk.turn, ENROLMENT.name)
    lookalikes = await lookalikes_of_draft(talk.turn) if draft is not None else ()
    return draw_whether_same(lookalikes, draft.stamp) if lookalikes and draft is not None else None


async def same_child(talk: Talk) -> Said:
    """It is the same child: nothing is saved twice, and that family's entry makes a new link."""
    access_actor(talk.turn.speaker, Permission.ENROL)
    caregiver = CaregiverId(_tap(talk).number(0))
    if not caregiver:
        return say(draw_elsewhere())
    await access_caregiver(talk.turn.uow, talk.turn.speaker, caregiver, Permission.SEE_FAMILIES)
    await drop_form(talk.turn, ENROLMENT.name)
    return say(draw_entry(await open_entry(talk.turn, caregiver)))


async def duplicates(talk: Talk) -> Said:
    """Which files may be one."""
    return say(draw_pairs(await list_pairs(talk.turn)))


async def pair(talk: Talk) -> Said:
    """Two of them beside each other."""
    tap = _tap(talk)
    return say(draw_pair(await show_pair(talk.turn, *pair_of(tap.number(0), tap.number(1)))))


async def ask_to_merge(talk: Talk) -> Said:
    """Are you sure?"""
    tap = _tap(talk)
    found = await show_pair(talk.turn, *pair_of(tap.number(0), tap.number(1)))
    return say(draw_pair(found) if found.blocked else draw_sure(found))


async def merge(talk: Talk) -> Said:
    """One file now."""
    tap = _tap(talk)
    return say(draw_merged(await merge_families(talk.turn, *pair_of(tap.number(0), tap.number(1)))))


async def merges(talk: Talk) -> Said:
    """What was joined before."""
    return say(draw_merges(await list_merges(talk.turn)))


async def undo(talk: Talk) -> Said:
    """Two files again."""
    return say(draw_undone(await undo_merge(talk.turn, MergeId(_tap(talk).number(0)))))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("duplicates")
    return talk.heard.tap
