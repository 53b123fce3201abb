"""A text's sentences as they are judged: an item of a list belongs to the list's title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.never_said.reading import BREAK, BULLET, CROSS, HEADING, TICK, Token, bare, tokens_of

_LONGEST_TITLE = 12
_LONGEST, _OVERLAP = 200, 20
_SEPARATORS = (BREAK, "?", "\n")
_END = Token("\n", 0, 0)


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence; before them, the title of the list in which it stands."""

    tokens: tuple[Token, ...]
    is_question: bool = False

    @cached_property
    def words(self) -> list[str]:
        """The words alone."""
        return [token.word for token in self.tokens]

    @cached_property
    def bare_words(self) -> list[str]:
        """The words without Vietnamese marks."""
        return [bare(word) for word in self.words]

    @cached_property
    def either(self) -> list[str]:
        """The words, and once more without their marks."""
        return [*self.words, BREAK, *self.bare_words]


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text, in order."""
    return list(_sentences(tokens_of(text)))


def _sentences(tokens: Sequence[Token]) -> Iterator[Sentence]:
    title: tuple[Token, ...] = ()
    begun: list[Token] = []
    begins_line = True
    for token in [*tokens, _END]:
        if token.word in _SEPARATORS:
            if begun:
                yield Sentence((*title, *begun), token.word == "?")
                title = tuple(begun[-_LONGEST_TITLE:]) if begun[-1].word == HEADING else title
            begins_line = token.word == "\n"
            begun = []
            continue
        if begins_line and not _begins_item(token):
            title = ()
        if len(begun) == _LONGEST:
            yield Sentence(tuple(begun))
            begun = begun[-_OVERLAP:]
        begins_line = False
        begun.append(token)


def _begins_item(token: Token) -> bool:
    return token.word in (BULLET, CROSS, TICK) or token.word.isdecimal()
