"""One step of a dialogue: take an answer, keep the draft, and say what to ask next."""

from dataclasses import dataclass, replace

from domain.forms.adding import ADDING
from domain.forms.area_rules import AREA_AGE, AREA_GATE, AREA_ROUND, STATION_CAPACITY, STATION_ROUTE
from domain.forms.away import AWAY
from domain.forms.birth import BIRTH, NAMING
from domain.forms.campaigns import CAMPAIGN_FORMS
from domain.forms.confirming import CONFIRMING
from domain.forms.consent_on_paper import CONSENT_ON_PAPER
from domain.forms.doses_had import DOSES_HAD
from domain.forms.enrolment import ENROLMENT
from domain.forms.finding import FINDING
from domain.forms.form import (
    Answer,
    Answers,
    Form,
    Problem,
    Question,
    Surroundings,
    earlier_questions,
    give_answer,
    next_question,
    with_answer,
    without,
)
from domain.forms.given_on import GIVEN_ON
from domain.forms.inviting import INVITING
from domain.forms.inviting_kin import INVITING_KIN
from domain.forms.joining import JOINING
from domain.forms.moving import MOVING
from domain.forms.new_birth_date import NEW_BIRTH_DATE
from domain.forms.self_enrolment import BY_NUMBER, CHECKING, SELF_ENROLMENT
from domain.forms.session_days import SESSION_EXTRA, SESSION_OTHER, SESSION_TO
from services.forms.surroundings import surroundings_of
from services.ports import Draft
from services.turn import Turn

OF_ENROLMENT = (ENROLMENT, JOINING, INVITING, INVITING_KIN, CONFIRMING, SELF_ENROLMENT, CHECKING, BY_NUMBER)
OF_FAMILIES = (CONSENT_ON_PAPER, BIRTH, NAMING, ADDING, FINDING, AWAY, MOVING)
OF_RECORDS = (DOSES_HAD, GIVEN_ON, NEW_BIRTH_DATE)
OF_PLACES = (AREA_GATE, AREA_AGE, AREA_ROUND, STATION_CAPACITY, STATION_ROUTE)
OF_SESSIONS = (SESSION_TO, SESSION_OTHER, SESSION_EXTRA)
FORMS = {
    form.name: form for form in (*OF_ENROLMENT, *OF_FAMILIES, *OF_RECORDS, *OF_PLACES, *OF_SESSIONS, *CAMPAIGN_FORMS)
}


@dataclass(frozen=True)
class Asking:
    """A form with its next question (None: complete, to be confirmed), and what was wrong with the last answer."""

    form: Form
    draft: Draft
    question: Question | None
    options: Surroundings
    problem: Problem | None = None


async def begin_form(
    turn: Turn,
    form: Form,
    *,
    about: int | None = None,
    answers: Answers | None = None,
) -> Asking:
    """A new draft in place of an older one of the same form."""
    draft = Draft(form.name, form.version, dict(answers or {}), about, turn.moment.now)
    return await _keep(turn, form, await turn.uow.drafts.begin(turn.speaker.address.id, draft))


async def resume_form(turn: Turn, name: str) -> Asking | None:
    """Where she stopped, perhaps yesterday; None when there is nothing, or only a draft of an older version."""
    draft = await find_draft(turn, name)
    if draft is None:
        return None
    return await _keep(turn, FORMS[name], replace(draft, updated_at=turn.moment.now))


async def find_draft(turn: Turn, name: str) -> Draft | None:
    """Her draft of the current version of a form."""
    draft = await turn.uow.drafts.find(turn.speaker.address.id, name)
    form = FORMS.get(name)
    return draft if draft and form and draft.version == form.version else None


async def waiting_form(turn: Turn) -> Draft | None:
    """The draft that typed words are meant for: the one touched last."""
    draft = await turn.uow.drafts.latest(turn.speaker.address.id)
    return draft if draft and draft.form in FORMS and draft.version == FORMS[draft.form].version else None


async def answer_form(turn: Turn, name: str, question: str, raw: str) -> Asking | None:
    """Take an answer to a question, the open one or an earlier one; None when the draft is gone.

    The same tap twice sets the same answer and asks the same next question.
    """
    draft = await find_draft(turn, name)
    asked = FORMS[name].question(question) if name in FORMS else None
    if draft is None or asked is None:
        return None
    if _is_ahead(draft, asked):
        return await _keep(turn, FORMS[name], draft)
    options = await surroundings_of(turn, draft.answers)
    read = give_answer(asked, raw, options)
    if isinstance(read, Problem):
        return Asking(FORMS[name], draft, asked, options, read)
    return await _answered(turn, draft, question, read)


async def skip_question(turn: Turn, name: str, question: str) -> Asking | None:
    """Leave an optional question without an answer."""
    draft = await find_draft(turn, name)
    asked = FORMS[name].question(question) if name in FORMS else None
    if draft is None or asked is None:
        return None
    if _is_ahead(draft, asked) or asked.name in draft.answers:
        return await _keep(turn, FORMS[name], draft)
    if not asked.optional:
        options = await surroundings_of(turn, draft.answers)
        return Asking(FORMS[name], draft, asked, options, Problem("problem.choose"))
    return await _answered(turn, draft, question, None)


async def go_back(turn: Turn, name: str, question: str) -> Asking | None:
    """From the question named, back to the one before it, whose answer is taken back. A second tap does no more."""
    draft = await find_draft(turn, name)
    if draft is None:
        return None
    form = FORMS[name]
    options = await surroundings_of(turn, draft.answers)
    answers = without(draft.answers, question)
    before = next((one for one in earlier_questions(form, answers, question) if not _is_needless(one, options)), None)
    if before is not None:
        answers = without(answers, before.name)
    return await _keep(turn, form, replace(draft, answers=answers, updated_at=turn.moment.now))


async def correct_answer(turn: Turn, name: str, question: str) -> Asking | None:
    """Take one answer back from the summary, to be asked again; the others stay."""
    draft = await find_draft(turn, name)
    if draft is None:
        return None
    answers = without(draft.answers, question)
    return await _keep(turn, FORMS[name], replace(draft, answers=answers, updated_at=turn.moment.now))


async def drop_form(turn: Turn, name: str) -> None:
    """Cancel a dialogue."""
    await turn.uow.drafts.drop(turn.speaker.address.id, name)


async def _answered(turn: Turn, draft: Draft, question: str, value: Answer) -> Asking:
    form = FORMS[draft.form]
    answers = with_answer(form, draft.answers, question, value)
    return await _keep(turn, form, replace(draft, answers=answers, updated_at=turn.moment.now))


def _is_ahead(draft: Draft, asked: Question) -> bool:
    # An old button must not answer what this draft has not asked yet: nobody would see that it did.
    return asked.name not in draft.answers and asked != next_question(FORMS[draft.form], draft.answers)


async def _keep(turn: Turn, form: Form, draft: Draft) -> Asking:
    options = await surroundings_of(turn, draft.answers)
    while (needless := _needless(form, draft.answers, options)) is not None:
        draft = replace(draft, answers=with_answer(form, draft.answers, *needless))
        options = await surroundings_of(turn, draft.answers)
    await turn.uow.drafts.keep(turn.speaker.address.id, draft)
    return Asking(form, draft, next_question(form, draft.answers), options)


def _needless(form: Form, answers: Answers, options: Surroundings) -> tuple[str, Answer] | None:
    """The answer to a question about places that leaves no choice: a volunteer of one station is not asked which."""
    question = next_question(form, answers)
    if question is None or not _is_needless(question, options):
        return None
    choices = options.options_of(question)
    return question.name, choices[0].value if choices else None


def _is_needless(question: Question, options: Surroundings) -> bool:
    if question.options_from in (None, "languages"):
        return False
    choices = options.options_of(question)
    return not choices if question.optional else len(choices) == 1
