"""What a caregiver makes of a message: it helped or not, she keeps it, she answers its quiz."""

from collections.abc import Sequence

from domain.people import Caregiver
from services.turn import Turn


async def vote_on_message(turn: Turn, caregiver: Caregiver, key: str, *, helpful: bool) -> None:
    """Her latest word on it; editors see how many there are of each."""
    await turn.uow.message_marks.vote(caregiver.id, key, helpful=helpful, at=turn.moment.now)


async def keep_message(turn: Turn, caregiver: Caregiver, key: str, *, keep: bool) -> None:
    """From now on it is among what she keeps, or no more."""
    await turn.uow.message_marks.keep(caregiver.id, key, turn.moment.now if keep else None)


async def list_kept(turn: Turn, caregiver: Caregiver) -> Sequence[str]:
    """The keys of what she keeps and may still be shown, the latest first."""
    kept = await turn.uow.message_marks.kept(caregiver.id)
    private = turn.programme.is_private if turn.speaker.is_shared else _never
    return [key for key in kept if turn.programme.may_send(key, caregiver.language) and not private(key)]


async def answer_quiz(turn: Turn, caregiver: Caregiver, key: str, answer: int) -> bool | None:
    """Whether the answer, counted from 1, is right; None when there is no such quiz or answer any more."""
    quiz = turn.programme.library.quiz_of(key)
    if quiz is None or not 1 <= answer <= len(quiz.answers):
        return None
    await turn.uow.message_marks.answer(caregiver.id, key, answer, turn.moment.now)
    return quiz.is_right(answer)


def _never(_key: str) -> bool:
    return False
