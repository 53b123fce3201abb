"""A quiz in a message, as keys of texts: two or three answers, which of them is right, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Quiz:
    """The answers in their order; `right` counts from 1."""

    answers: tuple[str, ...]
    right: int
    why: str

    def is_right(self, answer: int) -> bool:
        """Whether this answer, counted from 1, is the right one."""
        return answer == self.right
