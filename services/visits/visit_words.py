"""The words that were written for a visit, as a part of what is said of it; none where they may not be sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.area import Facility
from domain.message import Text, Value
from domain.people import Child
from domain.visit_texts import ChildAtVisit, VisitStep, step_of_reminder
from services.programme import Programme
from services.visits.find_visits import FamilyVisit


@dataclass(frozen=True)
class ReminderWords:
    """The paragraph of a reminder, and the children of whom it can be asked what their visit is for."""

    paragraph: Text | None = None
    explained: tuple[Child, ...] = ()


NO_WORDS = ReminderWords()


def words_of_reminder(programme: Programme, visit: FamilyVisit, days_before: int, language: str) -> ReminderWords:
    """What goes with a reminder: siblings share the words of the youngest visit; a pregnancy has none."""
    expected = {
        child: ChildAtVisit(child.birth_date, visit.on, needs)
        for child, needs in visit.subjects
        if isinstance(child, Child)
    }
    if not expected:
        return NO_WORDS

    def words(children: Iterable[ChildAtVisit], step: VisitStep) -> Text | None:
        return words_of(programme, visit.facility, children, step, language)

    explained = tuple(child for child, one in expected.items() if words([one], VisitStep.WHY) is not None)
    return ReminderWords(words(expected.values(), step_of_reminder(days_before)), explained)


def words_of(
    programme: Programme, facility: Facility, children: Iterable[ChildAtVisit], step: VisitStep, language: str
) -> Text | None:
    """The text of the visit of these children, in the words for one who reads that language."""
    key = programme.visit_texts.key(facility.commune.province.country, children, step)
    return Text(key) if programme.may_join(key, language) else None


def paragraph_of(words: Text | None) -> tuple[Value, ...]:
    """As lines between two others: with a blank one on either side, or only one where there is nothing to say."""
    return ("", words, "") if words is not None else ()
