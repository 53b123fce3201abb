"""Dialogues: answers tapped and typed, the way back, corrections, and what happens when a form is complete."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import wraps

from bot.drawing.duplicates import ANYWAY
from bot.drawing.forms import draw_form, draw_resume
from bot.drawing.invites import draw_actor_invite, draw_caregiver_invite
from bot.drawing.menus import main_menu
from bot.drawing.stopping import draw_digest
from bot.handlers import campaign_typed
from bot.handlers.applications import finish_by_number, finish_self_enrolment, save_checking
from bot.handlers.area import finish_age, finish_gate_day, finish_round
from bot.handlers.birth import save_birth, save_name, whom_of_form
from bot.handlers.birth_date import finish_new_birth_date
from bot.handlers.child_doses import finish_given_on
from bot.handlers.child_record import save_doses
from bot.handlers.consent_on_paper import finish_consent
from bot.handlers.duplicates import ask_whether_same
from bot.handlers.find import finish_finding, save_child
from bot.handlers.kin import finish_inviting
from bot.handlers.labels import reads_like
from bot.handlers.moves import finish_moving
from bot.handlers.session_days import alter, ask_to_alter, finish_adding_session, finish_moving_session
from bot.handlers.station import finish_capacity, finish_route
from bot.handlers.tasks import finish_away
from bot.handlers.whose import whom
from bot.payloads import read_payload
from bot.talk import Handler, Said, Talk, refreshed, say
from domain.forms.adding import ADDING
from domain.forms.area_rules import AREA_AGE, AREA_GATE, AREA_ROUND, STATION_CAPACITY, STATION_ROUTE
from domain.forms.away import AWAY
from domain.forms.birth import BIRTH, NAMING, TOLD_BY_FAMILIES
from domain.forms.campaigns import CAMPAIGN_FORMS
from domain.forms.confirming import CONFIRMING
from domain.forms.consent_on_paper import CONSENT_ON_PAPER
from domain.forms.doses_had import DOSES_HAD
from domain.forms.enrolment import ENROLMENT
from domain.forms.finding import FINDING
from domain.forms.form import Form, Kind, Problem, give_answer, next_question
from domain.forms.given_on import GIVEN_ON
from domain.forms.inviting import INVITING
from domain.forms.inviting_kin import INVITING_KIN
from domain.forms.joining import CONSENTS, JOINING, LANGUAGE
from domain.forms.moving import MOVING
from domain.forms.new_birth_date import NEW_BIRTH_DATE
from domain.forms.self_enrolment import BY_NUMBER, CHECKING, CONSENT_TO_BE_ASKED, SELF_ENROLMENT
from domain.forms.session_days import SESSION_EXTRA, SESSION_OTHER, SESSION_TO
from domain.loss_words import read_loss
from domain.message import OutgoingMessage, Text
from services.access import Permission, Refused, access_actor
from services.enrolment.confirm_number import confirm_number
from services.enrolment.enrol_family import enrol_family
from services.enrolment.invite_colleague import invite_colleague
from services.enrolment.join import Joined, finish_joining, go_on_joining, speak_chosen_language
from services.family.welcome import what_matters_now
from services.forms.answer_form import (
    FORMS,
    Asking,
    answer_form,
    begin_form,
    correct_answer,
    drop_form,
    find_draft,
    go_back,
    resume_form,
    skip_question,
    waiting_form,
)
from services.messages.plan_day import plan_one
from services.messages.reply import reply

PERMISSIONS = {
    ENROLMENT.name: Permission.ENROL,
    INVITING.name: Permission.INVITE_ACTORS,
    CONFIRMING.name: Permission.ENROL,
    CONSENT_ON_PAPER.name: Permission.ENROL,
    BY_NUMBER.name: Permission.ENROL,
    CHECKING.name: Permission.ENROL,
    ADDING.name: Permission.ENROL,
    FINDING.name: Permission.SEE_FAMILIES,
    AWAY.name: Permission.SEE_FAMILIES,
    MOVING.name: Permission.ENROL,
    SESSION_TO.name: Permission.CHANGE_SESSIONS,
    SESSION_EXTRA.name: Permission.CHANGE_SESSIONS,
    SESSION_OTHER.name: Permission.CHANGE_SESSIONS,
    GIVEN_ON.name: Permission.RECORD_VISITS,
    NEW_BIRTH_DATE.name: Permission.RECORD_VISITS,
    DOSES_HAD.name: Permission.ENROL,
    **dict.fromkeys((form.name for form in CAMPAIGN_FORMS), Permission.RUN_CAMPAIGNS),
    **dict.fromkeys((AREA_GATE.name, AREA_AGE.name, AREA_ROUND.name), Permission.CHANGE_RULES),
    **dict.fromkeys((STATION_CAPACITY.name, STATION_ROUTE.name), Permission.CHANGE_SESSIONS),
}
READ_BY_HER = frozenset({JOINING.name, SELF_ENROLMENT.name})
STARTED_BY_KEY = frozenset({ENROLMENT.name, INVITING.name})


async def begin(talk: Talk, form: Form) -> Said:
    """Begin a dialogue, or offer to go on with the one that lies here."""
    access_actor(talk.turn.speaker, PERMISSIONS[form.name])
    draft = await find_draft(talk.turn, form.name)
    if draft is not None and draft.answers:
        return say(draw_resume(form, draft.stamp))
    return await _drawn(talk, await begin_form(talk.turn, form))


async def resume(talk: Talk) -> Said:
    """Where she stopped."""
    return await _drawn(talk, await resume_form(talk.turn, _name(talk)))


def _of_this_draft(way: Handler) -> Handler:
    """A button of an older draft does nothing: what is open now is asked again, below it."""

    @wraps(way)
    async def checked(talk: Talk) -> Said:
        name = _name(talk)
        draft = await find_draft(talk.turn, name)
        if draft is None or _word(talk, 1) == str(draft.stamp):
            return await way(talk)
        said = await _drawn(talk, await resume_form(talk.turn, name))
        return replace(said, messages=(OutgoingMessage(Text("form.earlier")), *said.messages), below=True)

    return checked


@_of_this_draft
async def begin_anew(talk: Talk) -> Said:
    """Without what was answered before."""
    name = _name(talk)
    if name not in STARTED_BY_KEY:
        raise Refused("forged_button", f"form:{name}")
    return await _drawn(talk, await begin_form(talk.turn, FORMS[name]))


@_of_this_draft
async def answer(talk: Talk) -> Said:
    """A tapped answer. What she agreed to stays readable: a question of consent is not written over."""
    name, question = _name(talk), _word(talk, 2)
    below = question in (*CONSENTS, CONSENT_TO_BE_ASKED) or not await _is_open(talk, name, question)
    return replace(await _answered(talk, name, question, _word(talk, 3)), below=below)


@_of_this_draft
async def skip(talk: Talk) -> Said:
    """No answer to an optional question."""
    name, question = _name(talk), _word(talk, 2)
    below = not await _is_open(talk, name, question)
    return replace(await _drawn(talk, await skip_question(talk.turn, name, question)), below=below)


@_of_this_draft
async def back(talk: Talk) -> Said:
    """To the question before."""
    return await _drawn(talk, await go_back(talk.turn, _name(talk), _word(talk, 2)))


@_of_this_draft
async def correct(talk: Talk) -> Said:
    """One answer anew, from the summary."""
    return await _drawn(talk, await correct_answer(talk.turn, _name(talk), _word(talk, 2)))


@_of_this_draft
async def cancel(talk: Talk) -> Said:
    """Nothing is saved. An old button, above the question that is open now, cancels nothing."""
    name = _name(talk)
    if not await _is_open(talk, name, _word(talk, 2)):
        return replace(await _drawn(talk, await resume_form(talk.turn, name)), below=True)
    await drop_form(talk.turn, name)
    return say(OutgoingMessage(Text("form.cancelled")), main_menu(talk.turn.speaker, Text("menu.hello")))


@_of_this_draft
async def save(talk: Talk) -> Said:
    """The summary was confirmed."""
    return await SAVE.get(_name(talk), _finish_enrolment)(talk)


async def typed(talk: Talk) -> Said | None:
    """Typed words for the question that waits, or the label of one of its buttons; None when they are neither."""
    asking = await _waiting(talk)
    if asking is None:
        return None
    for choice in (choice for row in draw_form(asking).choices for choice in row):
        tap = read_payload(choice.payload)
        if tap is not None and reads_like(talk.heard.words, talk.label_of(choice.label)):
            said = await WAYS[tap.action](replace(talk, heard=replace(talk.heard, tap=tap)))
            return replace(said, ends_question=True)
    if asking.question is None or not _takes(asking, talk.heard.words):
        return None
    said = await _answered(talk, asking.form.name, asking.question.name, talk.heard.words)
    return replace(said, ends_question=True)


async def open_question(talk: Talk) -> tuple[OutgoingMessage, ...]:
    """The question that waits in this chat, if one does, drawn anew."""
    asking = await _waiting(talk)
    return () if asking is None else (await drawn_question(talk, asking),)


async def resume_or_menu(talk: Talk, words: Text) -> Said:
    """The menu; and before anything else the open question of one who has not joined yet."""
    asking = await go_on_joining(talk.turn)
    if asking is not None:
        return say(await drawn_question(talk, asking))
    return say(main_menu(talk.turn.speaker, words))


async def _is_open(talk: Talk, name: str, question: str) -> bool:
    """Whether this is the question that waits now; no name means the summary of a complete form."""
    draft = await find_draft(talk.turn, name)
    waits = next_question(FORMS[name], draft.answers) if draft else None
    return draft is not None and question == (waits.name if waits else "")


async def _waiting(talk: Talk) -> Asking | None:
    draft = await waiting_form(talk.turn)
    return await resume_form(talk.turn, draft.form) if draft else None


def _takes(asking: Asking, words: str) -> bool:
    # A question with buttons only does not wait for words: who writes there is told that nobody reads it.
    question = asking.question
    if asking.form.name in TOLD_BY_FAMILIES and read_loss(words) is not None:
        return False  # words of a loss are no answer: she is asked about them
    if question is None or question.kind is Kind.TYPED:
        return question is not None
    return not isinstance(give_answer(question, words, asking.options), Problem)


async def _answered(talk: Talk, name: str, question: str, raw: str) -> Said:
    asking = await answer_form(talk.turn, name, question, raw)
    if asking is not None and question == LANGUAGE and name in READ_BY_HER:
        await speak_chosen_language(talk.turn, asking.draft.answers)
    return await _drawn(talk, asking)


async def _drawn(talk: Talk, asking: Asking | None) -> Said:
    if asking is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    if asking.question is None and asking.form.name in FINISH:
        return await FINISH[asking.form.name](talk)
    whom = await whom_of_form(talk, asking) if asking.form.name in TOLD_BY_FAMILIES else None
    return say(replace(draw_form(asking), whom=whom))


async def _finish_enrolment(talk: Talk) -> Said:
    same = await ask_whether_same(talk) if _word(talk, 2) != ANYWAY else None
    if same is not None:
        return say(same)
    enrolled = await enrol_family(talk.turn)
    if enrolled is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    return say(
        *draw_caregiver_invite(enrolled.invite, enrolled.children, username=talk.username, caregiver=enrolled.caregiver)
    )


async def _finish_joining(talk: Talk) -> Said:
    joined = await finish_joining(talk.turn)
    if joined is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    return await _welcome(await refreshed(talk), joined)


async def _welcome(talk: Talk, joined: Joined) -> Said:
    caregiver = joined.caregiver
    header = await whom(talk, caregiver)
    if not joined.wants_messages:
        menu = replace(main_menu(talk.turn.speaker, Text("join.without_messages")), whom=header)
        return Said([menu], about=(caregiver.id, ()), then=await _next_to_join(talk))
    digest = await what_matters_now(talk.turn, caregiver)
    await plan_one(talk.turn, caregiver)
    key = "join.done_awaiting" if digest.awaiting else "join.done"
    hour = Text(key, {"hour": f"{caregiver.tip_hour:02d}:00"})
    subjects = tuple(child.id for child in digest.tip_for)
    messages = (replace(main_menu(talk.turn.speaker, hour), whom=header), draw_digest(digest, header))
    return Said(messages, about=(caregiver.id, subjects), then=await _next_to_join(talk))


async def _next_to_join(talk: Talk) -> tuple[Said, ...]:
    """On a shared telephone the next one is asked, once the one before has answered everything."""
    asking = await go_on_joining(talk.turn)
    return () if asking is None else (say(await drawn_question(talk, asking)),)


async def drawn_question(talk: Talk, asking: Asking) -> OutgoingMessage:
    """A question of joining says on a shared telephone whom it asks."""
    asked = next((one for one in talk.turn.speaker.caregivers if int(one.id) == asking.draft.about), None)
    if asking.form.name != JOINING.name or asked is None:
        return draw_form(asking)
    return replace(draw_form(asking), whom=await whom(talk, asked))


async def _finish_inviting(talk: Talk) -> Said:
    invited = await invite_colleague(talk.turn)
    if invited is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    return say(draw_actor_invite(invited.invite, invited.name, username=talk.username))


async def _finish_confirming(talk: Talk) -> Said:
    let_in = await confirm_number(talk.turn)
    if let_in is None:
        asking = await correct_answer(talk.turn, CONFIRMING.name, "number")
        again = () if asking is None else (draw_form(asking),)
        return say(main_menu(talk.turn.speaker, Text("confirm.nobody_waits")), *again)
    hello = OutgoingMessage(Text("confirm.hello"))
    question = draw_form(let_in.asking) if let_in.asking else main_menu(let_in.turn.speaker, Text("relink.hello"))
    await reply(let_in.turn, (hello, question))
    return say(main_menu(talk.turn.speaker, Text("confirm.done")))


# A form that is saved at its last answer; enrolment waits for the summary to be confirmed.
FINISH: dict[str, Callable[[Talk], Awaitable[Said]]] = {
    JOINING.name: _finish_joining,
    INVITING.name: _finish_inviting,
    CONFIRMING.name: _finish_confirming,
    INVITING_KIN.name: finish_inviting,
    FINDING.name: finish_finding,
    NAMING.name: save_name,
    CONSENT_ON_PAPER.name: finish_consent,
    SELF_ENROLMENT.name: finish_self_enrolment,
    BY_NUMBER.name: finish_by_number,
    AWAY.name: finish_away,
    MOVING.name: finish_moving,
    SESSION_TO.name: finish_moving_session,
    SESSION_EXTRA.name: finish_adding_session,
    SESSION_OTHER.name: ask_to_alter,
    GIVEN_ON.name: finish_given_on,
    AREA_GATE.name: finish_gate_day,
    AREA_AGE.name: finish_age,
    AREA_ROUND.name: finish_round,
    STATION_CAPACITY.name: finish_capacity,
    STATION_ROUTE.name: finish_route,
    NEW_BIRTH_DATE.name: finish_new_birth_date,
    **campaign_typed.FINISH,
}


# A form whose summary is confirmed; all others with a summary are enrolments.
SAVE: dict[str, Handler] = {
    ADDING.name: save_child,
    BIRTH.name: save_birth,
    CHECKING.name: save_checking,
    DOSES_HAD.name: save_doses,
    SESSION_OTHER.name: alter,
}


WAYS: dict[str, Handler] = {
    "form": answer,
    "form_skip": skip,
    "form_back": back,
    "form_correct": correct,
    "form_cancel": cancel,
    "form_save": save,
}


def _name(talk: Talk) -> str:
    """The form that a button speaks of, when it is one that this speaker may fill in."""
    name = _word(talk, 0)
    if name not in FORMS:
        raise Refused("forged_button", "form")
    if name in PERMISSIONS:
        access_actor(talk.turn.speaker, PERMISSIONS[name])
    return name


def _word(talk: Talk, place: int) -> str:
    return talk.heard.tap.word(place) if talk.heard.tap else ""
