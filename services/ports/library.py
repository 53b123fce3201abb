"""The library of messages, as far as use cases ask for it: by topic, by words, by a button's code."""

from collections.abc import Sequence
from typing import Protocol

from domain.quiz import Quiz


class LibraryPort(Protocol):
    """What is written in it never changes while the program runs."""

    def cards(self) -> Sequence[str]:
        """The keys of the cards for danger and first aid, the most urgent first."""
        ...

    def card_ages(self, key: str) -> tuple[int, int] | None:
        """From and until which day of life a card is for; None: it is not about a child."""
        ...

    def cards_for(self, words: str) -> Sequence[str]:
        """The cards that somebody means who types these words, in any language."""
        ...

    def find(self, words: str, language: str) -> Sequence[str]:
        """The keys of the messages that hold these words, the best first; in her language, otherwise in another."""
        ...

    def topics(self) -> Sequence[str]:
        """The topics of the journeys, in the order of the plan."""
        ...

    def topic_of(self, key: str) -> str:
        """The topic of a message."""
        ...

    def code_of(self, key: str) -> str:
        """A short word for a button."""
        ...

    def key_of(self, code: str) -> str | None:
        """Which message a button means; None when it is in the library no more."""
        ...

    def quiz_of(self, key: str) -> Quiz | None:
        """The quiz of a message that is one."""
        ...


class NoLibrary:
    """Without content there is nothing to find."""

    def cards(self) -> Sequence[str]:
        """None."""
        return ()

    def card_ages(self, key: str) -> tuple[int, int] | None:
        """None."""
        del key
        return None

    def cards_for(self, words: str) -> Sequence[str]:
        """None."""
        del words
        return ()

    def find(self, words: str, language: str) -> Sequence[str]:
        """None."""
        del words, language
        return ()

    def topics(self) -> Sequence[str]:
        """None."""
        return ()

    def topic_of(self, key: str) -> str:
        """Its first word."""
        return key.partition(".")[0]

    def code_of(self, key: str) -> str:
        """The key itself."""
        return key

    def key_of(self, code: str) -> str | None:
        """None."""
        del code
        return None

    def quiz_of(self, key: str) -> Quiz | None:
        """None."""
        del key
        return None
