"""A person says which column of a register is what: guesses are shown, corrected and confirmed on the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from domain.register_columns import find_columns, flaws_of, heading_key, is_word, vaccine_of
from domain.register_guesses import Proposal, propose_columns, propose_words
from domain.register_rows import RegisterSheet

QUESTION = "Keep these? Or say another one, like PENTA.1=a heading, or PENTA=a word of the register"


class NotMappedError(Exception):
    """What is still wrong, a sentence each."""

    def __init__(self, flaws: Sequence[str] = ()) -> None:
        super().__init__("\n".join(flaws))
        self.flaws = tuple(flaws)


@dataclass(frozen=True)
class Said:
    """What a person says: a heading by field (empty: leave it out), and words with the vaccine that each means."""

    columns: Mapping[str, str]
    words: tuple[tuple[str, str], ...] = ()

    def with_column(self, written: str) -> "Said":
        """One more, written like PENTA.1=heading."""
        name, heading = _pair(written)
        field = name.upper() if "." in name else name.lower()
        return Said({**self.columns, field: heading}, self.words)

    def with_word(self, written: str) -> "Said":
        """One more, written like PENTA=word."""
        vaccine, word = _pair(written)
        return Said(self.columns, (*self.words, (vaccine.upper(), word)))


def _pair(written: str) -> tuple[str, str]:
    name, equals, heading = written.partition("=")
    if not equals:
        raise NotMappedError([f"“{written}”: write it like PENTA.1=“5 trong 1 mũi 1”."])
    return name.strip(), heading.strip()


def settle_columns(
    sheet: RegisterSheet, codes: frozenset[str], *, known: Mapping[str, str], said: Said, show: Console, ask: bool
) -> dict[str, str]:
    """The heading of each field, agreed with a person; NotMappedError when there is no agreement."""
    while True:
        proposed = _propose(sheet, codes, known, said)
        show.print(_table(sheet, proposed))
        mapping = {field: one.heading for field, one in proposed.items()}
        flaws = _flaws(sheet, mapping, codes)
        if not ask:
            return _agreed(mapping, flaws)
        for flaw in flaws:
            show.print(flaw, soft_wrap=True, markup=False)
        answer = typer.prompt(f"{QUESTION} [y/n]", default="n" if flaws else "y").strip()
        if "=" not in answer:
            return _agreed(mapping, flaws if answer.lower() in ("y", "yes") else [*flaws, "They were not confirmed."])
        is_vaccine = answer.partition("=")[0].strip().upper() in codes
        said = said.with_word(answer) if is_vaccine else said.with_column(answer)


def _agreed(mapping: dict[str, str], flaws: Sequence[str]) -> dict[str, str]:
    if flaws:
        raise NotMappedError(flaws)
    return mapping


def _propose(sheet: RegisterSheet, codes: frozenset[str], known: Mapping[str, str], said: Said) -> dict[str, Proposal]:
    proposed = propose_columns(sheet.headings, codes, known=known, said=said.columns)
    if "vaccine" not in proposed:
        return proposed
    cells = sheet.words_below(proposed["vaccine"].heading)
    return proposed | propose_words(cells, codes, known=known, said=said.words)


def _flaws(sheet: RegisterSheet, mapping: Mapping[str, str], codes: frozenset[str]) -> list[str]:
    flaws = flaws_of(mapping, codes)
    if flaws:
        return [f"{flaw}." for flaw in flaws]
    found = find_columns(sheet.headings, mapping, line=sheet.heading_line)
    return [str(problem) for problem in found] if isinstance(found, tuple) else []


def _table(sheet: RegisterSheet, proposed: Mapping[str, Proposal]) -> Table:
    """For each column its field, then the words for vaccines; what is not read says so."""
    table = Table("in the register", "is", "who says so")
    fields = {heading_key(one.heading): field for field, one in proposed.items() if not is_word(field)}
    for heading in filter(None, sheet.headings):
        field = fields.get(heading_key(heading))
        table.add_row(escape(heading), field or "–", proposed[field].origin if field else "not read")
    words = {heading_key(one.heading) for field, one in proposed.items() if is_word(field)}
    for field, one in proposed.items():
        if is_word(field):
            table.add_row(f"the word “{escape(one.heading)}”", vaccine_of(field), one.origin)
    if "vaccine" in proposed:
        for word in sheet.words_below(proposed["vaccine"].heading):
            if heading_key(word) not in words:
                table.add_row(f"the word “{escape(word)}”", "?", "nobody yet")
    return table
