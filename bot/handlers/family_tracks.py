"""Which messages a family gets besides the others', as health workers and staff see and change it."""

from bot.drawing.family_page import draw_tracks
from bot.talk import Said, Talk, say
from domain.identifiers import FamilyId
from domain.tracks import Track
from services.access import Refused
from services.family.choose_tracks import choose_track, show_tracks


async def family_tracks(talk: Talk) -> Said:
    """The switches, after one was turned if one was."""
    tap = talk.heard.tap
    if tap is None:
        raise Refused("family_tracks")
    family = FamilyId(tap.number(0))
    if len(tap.arguments) < 3:
        return say(draw_tracks(family, await show_tracks(talk.turn, family)))
    followed = await choose_track(talk.turn, family, tap.one_of(1, Track), chosen=tap.number(2) == 1)
    return say(draw_tracks(family, followed))
