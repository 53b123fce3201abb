"""The buttons under a piece of advice: the answers of its quiz, whether it helped, and what one may do with it."""

from domain.identifiers import CaregiverId
from domain.message import Choice, Text
from services.ports.library import LibraryPort

Row = tuple[Choice, ...]


def tip_choices(library: LibraryPort, key: str, caregiver: CaregiverId, *, kept: bool = False) -> tuple[Row, ...]:
    """Each carries her number and the message's code."""
    code = library.code_of(key)
    whether = (
        Choice(Text("library.choice.helpful"), f"v1:helped:{caregiver}:{code}:1"),
        Choice(Text("library.choice.not_helpful"), f"v1:helped:{caregiver}:{code}:0"),
    )
    keep = Choice(Text("library.choice.keep"), f"v1:keep:{caregiver}:{code}:1")
    drop = Choice(Text("library.choice.drop"), f"v1:keep:{caregiver}:{code}:0")
    onwards = (drop if kept else keep, Choice(Text("library.choice.pass_on"), f"v1:pass_on:{caregiver}:{code}"))
    return (*_answers(library, key, caregiver), whether, onwards)


def _answers(library: LibraryPort, key: str, caregiver: CaregiverId) -> tuple[Row, ...]:
    quiz = library.quiz_of(key)
    answers = enumerate(quiz.answers, start=1) if quiz else ()
    code = library.code_of(key)
    return tuple((Choice(Text(answer), f"v1:quiz:{caregiver}:{code}:{place}"),) for place, answer in answers)
