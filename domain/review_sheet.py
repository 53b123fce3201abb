"""What a clinician is shown of the health texts, on a sheet or in a file, and what she writes beside them."""

import unicodedata
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class ShownText:
    """One text as she reads it: the words about it are in her language, `text` is what she is asked to approve."""

    key: str
    window: str
    state: str
    english: str
    text: str
    doubt: str
    sources: str


@dataclass(frozen=True)
class ReviewBatch:
    """As many texts as are read at one sitting. `title` is what stands on its sheet."""

    number: int
    title: str
    texts: tuple[ShownText, ...]


@dataclass(frozen=True)
class ReturnedText:
    """One row as it came back; `shown` is the fingerprint of the text that she had before her.

    A `problem` says why it cannot be read.
    """

    where: str
    key: str
    english: str
    shown: str
    new_text: str = ""
    approved: str = ""
    remark: str = ""
    problem: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether she wrote anything that is to change something."""
        return bool(self.new_text or self.approved or self.problem)


@dataclass(frozen=True)
class ReturnedSheet:
    """A whole file as it came back."""

    language: str
    texts: tuple[ReturnedText, ...]


def plain_text(text: str) -> str:
    """The text without what a spreadsheet or an editor changes unasked: ends of lines, blanks around, the encoding."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def fingerprint(text: str) -> str:
    """By what a text is known again."""
    return sha256(plain_text(text).encode()).hexdigest()
