"""A worker keeps a consent that was given on paper or aloud."""

from bot.drawing.buttons import button
from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu
from bot.talk import Said, Talk, say
from domain.consent import WORDS_VERSION, Purpose
from domain.identifiers import FamilyId
from domain.message import OutgoingMessage, Text, Value
from services.access import Refused
from services.privacy.record_consent import begin_consent, record_consent


async def family_consent(talk: Talk) -> Said:
    """The words that the family is asked, and the first question to the worker."""
    if talk.heard.tap is None:
        raise Refused("record_consent")
    begun = await begin_consent(talk.turn, FamilyId(talk.heard.tap.number(0)))
    values: dict[str, Value] = {"version": WORDS_VERSION}
    if begun.facility is not None:
        values["station"] = begun.facility.name
    words = OutgoingMessage(Text(f"consent.ask.{Purpose.FILE}", values))
    return say(words, draw_form(begun.asking))


async def finish_consent(talk: Talk) -> Said:
    """Kept, with the worker as its witness."""
    recorded = await record_consent(talk.turn)
    if recorded is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    word = "given" if recorded.given else "refused"
    text = Text(f"consent_on_paper.{word}", {"role": Text(f"choice.role.{recorded.role}")})
    page = button("families.choice.whole_family", "family_page", recorded.family)
    return say(OutgoingMessage(text, ((page,),)))
