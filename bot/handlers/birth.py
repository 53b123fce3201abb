"""A birth is told in three taps, by the family or by a worker; and the name of a child when it has one."""

from dataclasses import replace

from bot.drawing.birth import draw_named, draw_nobody_awaited, draw_not_awaited, draw_not_yet, draw_told, draw_which
from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu
from bot.handlers.whose import whom
from bot.payloads import UnreadableButtonError
from bot.talk import Said, Talk, say
from domain.birth_question import AGAIN
from domain.forms.birth import BIRTH
from domain.identifiers import ChildId, FamilyId, PregnancyId
from domain.message import OutgoingMessage, Text
from domain.people import Caregiver
from services.access import Refused, access_own_child, access_pregnancy
from services.family.name_child import begin_naming, name_child
from services.family.tell_birth import NotAwaited, answer_not_yet, begin_birth, births_awaited_in, tell_birth
from services.forms.answer_form import Asking


async def birth(talk: Talk) -> Said:
    """The answers to the question about a birth."""
    tap = talk.heard.tap
    if tap is None:
        raise Refused("birth")
    pregnancy = PregnancyId(tap.number(1))
    match tap.word(0):
        case "born":
            return await _begun(talk, pregnancy)
        case "not_yet":
            return await _not_yet(talk, pregnancy, again=tap.word(2) == AGAIN)
        case _:
            raise UnreadableButtonError("a birth's word")


async def _begun(talk: Talk, pregnancy: PregnancyId) -> Said:
    asking = await begin_birth(talk.turn, pregnancy)
    if isinstance(asking, NotAwaited):
        return await _not_awaited(talk, asking)
    return say(replace(draw_form(asking), whom=await whom_of_form(talk, asking)))


async def _not_yet(talk: Talk, pregnancy: PregnancyId, *, again: bool) -> Said:
    answered = await answer_not_yet(talk.turn, pregnancy)
    if isinstance(answered, NotAwaited):
        return await _not_awaited(talk, answered)
    return say(await _for(talk, answered, draw_not_yet(again=again)))


async def family_birth(talk: Talk) -> Said:
    """A worker tells of a birth, from the family's page."""
    if talk.heard.tap is None:
        raise Refused("family_birth")
    awaited = await births_awaited_in(talk.turn, FamilyId(talk.heard.tap.number(0)))
    if not awaited:
        return say(draw_nobody_awaited())
    return await _begun(talk, awaited[0].id) if len(awaited) == 1 else say(draw_which(awaited))


async def save_birth(talk: Talk) -> Said:
    """The summary was confirmed."""
    told = await tell_birth(talk.turn)
    if told is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    if isinstance(told, NotAwaited):
        return await _not_awaited(talk, told)
    messages = [await _for(talk, told.own, message) for message in draw_told(told)]
    return Said(messages, about=(told.own.id, told.children) if told.own else None)


async def ask_name(talk: Talk) -> Said:
    """Tell the name."""
    if talk.heard.tap is None:
        raise Refused("name_child")
    asking = await begin_naming(talk.turn, ChildId(talk.heard.tap.number(0)))
    return say(replace(draw_form(asking), whom=await whom_of_form(talk, asking)))


async def save_name(talk: Talk) -> Said:
    """The name is kept as soon as it is typed; then the twin's is asked."""
    named = await name_child(talk.turn)
    if named is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    kept = await _for(talk, named.own, draw_named(named))
    return say(kept) if named.asking is None else say(kept, await _for(talk, named.own, draw_form(named.asking)))


async def _not_awaited(talk: Talk, result: NotAwaited) -> Said:
    return say(await _for(talk, result.own, draw_not_awaited(result)))


async def _for(talk: Talk, caregiver: Caregiver | None, message: OutgoingMessage) -> OutgoingMessage:
    """On a shared telephone each answer says for whom it is."""
    return message if caregiver is None else replace(message, whom=await whom(talk, caregiver))


async def whom_of_form(talk: Talk, asking: Asking) -> Text | None:
    """For whom the questions about a birth or a name are, where several read."""
    about, speaker = asking.draft.about, talk.turn.speaker
    if about is None or not speaker.is_shared:
        return None
    if asking.form.name == BIRTH.name:
        own = (await access_pregnancy(talk.turn.uow, speaker, PregnancyId(about))).own
    else:
        own = (await access_own_child(talk.turn.uow, speaker, ChildId(about)))[0]
    return await whom(talk, own) if own is not None else None
