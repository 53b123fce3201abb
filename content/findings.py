"""What the checks of content report: sentences that say where what is wrong, and how to mend it."""

from dataclasses import dataclass

from content.errors import Place


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in one place, and how to mend it; `key` is the text's, where it is about one."""

    place: Place
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.place.file}:{self.place.line}"
        return (
            f"{where}: {self.key}: {self.problem} {self.remedy}"
            if self.key
            else f"{where}: {self.problem} {self.remedy}"
        )

    def as_values(self) -> dict[str, str | int]:
        """The same for a program."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "key": self.key,
            "problem": self.problem,
            "remedy": self.remedy,
        }


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a text, before it is known where it stands."""

    problem: str
    remedy: str

    def at(self, place: Place, key: str) -> Finding:
        return Finding(place, key, self.problem, self.remedy)
