"""What is wrong with one row of a file that people bring."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in one cell, and what was expected; without a column the row is meant, without a line the file."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        places = (f"line {self.line}" if self.line else "", self.column)
        return f"{', '.join(place for place in places if place) or 'the file'}: {self.sentence}"
