"""What the checks of content report: sentences that say what is wrong and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in one file, and how to mend it."""

    file: str
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.problem} {self.remedy}"


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a text, before it is known which file it stands in."""

    problem: str
    remedy: str

    def in_file(self, file: str, key: str) -> Finding:
        return Finding(file, key, self.problem, self.remedy)
