"""What can be wrong with content: in a file (with its line), or with one text at the moment it is rendered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where in our files something stands."""

    file: str
    line: int


class ContentError(Exception):
    """A file of content breaks a rule of its format."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(f"{place.file}:{place.line}: {problem}")
        self.place = place
        self.problem = problem


class UnknownLanguage(Exception):
    """A language tag that is not in content/languages.yaml."""


class RenderingError(Exception):
    """A text that cannot be rendered: a bug of ours, and the same for every reader."""
