"""A picture or a voice: the answer that a dialogue waits for, or why it cannot be one. Families' own nobody opens."""

from dataclasses import replace

from bot.handlers.forms import open_question, typed
from bot.handlers.public import nobody_reads
from bot.talk import Said, Talk, say
from domain.media import write_media
from domain.message import Media, OutgoingMessage, Text


async def attached(talk: Talk) -> Said:
    """What was kept answers the open question; what could not be kept is asked for again."""
    kept = talk.heard.kept
    if not isinstance(kept, Media):
        return say(OutgoingMessage(Text(f"media.{kept}")), *await open_question(talk))
    answer = replace(talk, heard=replace(talk.heard, words=write_media(kept)))
    return await typed(answer) or await nobody_reads(talk)
