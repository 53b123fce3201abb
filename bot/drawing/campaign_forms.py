"""The questions of campaigns that name a language, as only their drafts know it."""

from bot.drawing.doses_had import OwnWords
from domain.forms.campaigns import CAMPAIGN_FORMS
from domain.forms.form import Question
from domain.message import Text
from services.forms.answer_form import Asking


def _question(asking: Asking, question: Question) -> Text | None:
    autonym = asking.draft.answers.get("autonym")
    if not autonym:
        return None
    return Text(f"form.{asking.form.name}.{question.name}", {"language": autonym})


_WORDS = OwnWords(
    question=_question,
    option=lambda _asking, _question, _option: None,
    field=lambda _asking, _question: None,
    answer=lambda _asking, _question, _answer: None,
)
words_of_campaigns = dict.fromkeys((form.name for form in CAMPAIGN_FORMS), _WORDS)
