"""CDC's XML read piece by piece, so that every complaint names the file and the element."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

from content.schedules.entries import ScheduleError
from domain.vaccination.ages import Age

T = TypeVar("T")


class Node:
    """One element with the file it stands in."""

    def __init__(self, file: str, element: ElementTree.Element) -> None:
        self._file = file
        self._element = element

    def text(self, path: str) -> str:
        """The words of a child element; empty where there is none."""
        return (self._element.findtext(path) or "").strip()

    def words(self) -> str:
        """The element's own words."""
        return (self._element.text or "").strip()

    def each(self, path: str) -> list["Node"]:
        """The child elements that are not empty."""
        found = self._element.findall(path)
        return [Node(self._file, one) for one in found if len(one) or (one.text or "").strip()]

    def read(self, path: str, convert: Callable[[str], T], expected: str) -> T:
        """The words of a child element, converted; a ValueError or KeyError of the converter refuses the file."""
        text = self.text(path)
        try:
            return convert(text)
        except (ValueError, KeyError):
            raise ScheduleError(f"{self._file}: <{path}> {text!r} is not {expected}") from None

    def age(self, path: str) -> Age | None:
        """A duration, if one stands there."""
        return self.read(path, Age.parse, "a duration") if self.text(path) else None

    def day(self, path: str, form: str = "%Y%m%d") -> date | None:
        """A date, if one stands there."""
        if not self.text(path):
            return None
        return self.read(path, lambda text: datetime.strptime(text, form).date(), "a date")  # noqa: DTZ007 - a day only

    def number(self, path: str) -> int:
        """A whole number."""
        return self.read(path, int, "a whole number")

    def truth(self, path: str) -> bool:
        """Yes or no, as CDC writes it; nothing is no."""
        return self.read(path, lambda text: _TRUTHS[text.lower()], "Yes or No")


_TRUTHS = {"yes": True, "y": True, "no": False, "n": False, "n/a": False, "": False}


def read_xml(path: Path) -> Node:
    """The whole file. Raises ScheduleError when it is missing or not XML."""
    try:
        return Node(path.name, ElementTree.parse(path).getroot())  # noqa: S314 - the operator's own file
    except FileNotFoundError:
        raise ScheduleError(f"{path.name} is missing in {path.parent}") from None
    except ElementTree.ParseError as error:
        raise ScheduleError(f"{path.name}: this is not XML: {error}") from None


def codes(text: str) -> frozenset[str]:
    """CVX codes separated by semicolons, as `cvx` writes them."""
    return frozenset(cvx(code) for code in text.split(";") if code.strip())


def cvx(text: str) -> str:
    """A CVX code with at least two digits. Raises ValueError for anything but a number."""
    return f"{int(text):02d}"
