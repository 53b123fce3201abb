"""Whether two children (or awaited births) of one commune are likely one and the same, enrolled twice.

It says only what a person should look at; merging is a person's act. Source of every rule, where none is named: rule of
this house, to be confirmed with the volunteers.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from domain.identifiers import CommuneId, FamilyId
from domain.sex import Sex

DAYS_AROUND_DUE = 35


@dataclass(frozen=True)
class FamilyTraits:
    """What is compared of a child that is born (`birth_date`) or awaited (`due_on`): exactly one of the two days.

    `child_name` as the family wrote it (empty: not yet named); `phones` of its caregivers and the `mother_phone` among
    them in E.164. The facility is no trait: two facilities of one commune may both have enrolled the child.
    Raises ValueError for both days or none.
    """

    family: FamilyId
    commune: CommuneId
    birth_date: date | None = None
    due_on: date | None = None
    child_name: str = ""
    sex: Sex | None = None
    phones: frozenset[str] = frozenset()
    mother_phone: str = ""

    def __post_init__(self) -> None:
        if (self.birth_date is None) == (self.due_on is None):
            raise ValueError("a child is born or awaited: one day, not two and not none")


class Reason(StrEnum):
    """What two files have in common."""

    SAME_PHONE = "same_phone"
    SAME_MOTHER_PHONE = "same_mother_phone"
    SAME_NAME = "same_name"
    SAME_BIRTH_DATE = "same_birth_date"
    ONE_DAY_APART = "one_day_apart"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    SAME_SEX = "same_sex"
    BIRTH_NEAR_DUE_DATE = "birth_near_due_date"
    SAME_PREGNANCY = "same_pregnancy"


@dataclass(frozen=True)
class Likeness:
    """Why two files may be one child. `is_weak`: something that would settle it (a name, the sex) is not known."""

    reasons: frozenset[Reason]
    is_weak: bool = False


class _Names(StrEnum):
    ALIKE = "alike"
    DIFFERENT = "different"
    NOT_KNOWN = "not_known"


def likeness(a: FamilyTraits, b: FamilyTraits) -> Likeness | None:
    """Why `a` and `b` may be the same child, or None. The order of the two does not matter.

    Two children of one family are never duplicates of one another: they are twins or siblings, and whoever enrolled
    them saw both. Nor are children of different communes compared. A shared phone alone is none.
    """
    if a.family == b.family or a.commune != b.commune:
        return None
    if a.birth_date is None or b.birth_date is None:
        return _around_a_birth(a, b)
    return _both_born(a, b, _dates(a.birth_date, b.birth_date))


def _around_a_birth(a: FamilyTraits, b: FamilyTraits) -> Likeness | None:
    """The mother's own phone in both, and days within five weeks: no woman gives birth twice in that time.

    A phone of anybody else is not enough: two daughters-in-law share a grandmother's. The unborn have no other trait.
    Source of five weeks: a due date told by weeks may be two wrong, and most births come within three of it.
    """
    days = [day for day in (a.birth_date, a.due_on, b.birth_date, b.due_on) if day is not None]
    if not a.mother_phone or a.mother_phone != b.mother_phone or abs((days[0] - days[1]).days) > DAYS_AROUND_DUE:
        return None
    awaited_twice = a.due_on is not None and b.due_on is not None
    near = Reason.SAME_PREGNANCY if awaited_twice else Reason.BIRTH_NEAR_DUE_DATE
    return Likeness(frozenset({Reason.SAME_MOTHER_PHONE, near}))


def _both_born(a: FamilyTraits, b: FamilyTraits, dates: Reason | None) -> Likeness | None:
    """Alike in date, name and sex, as far as each is known; a date that differs by a slip needs phone and name.

    Another name on the same date counts, weakly, only with the same phone and sex: families use a nickname here and the
    name of the certificate there. A sex that differs is another child.
    """
    # Thousands are compared at once: what costs little comes first.
    if dates is None or (a.sex and b.sex and a.sex != b.sex):
        return None
    names, same_phone = _names(a.child_name, b.child_name), bool((a.phones & b.phones) - {""})
    sex_known = a.sex is not None and b.sex is not None
    if dates is not Reason.SAME_BIRTH_DATE and not (same_phone and names is _Names.ALIKE):
        return None
    if names is not _Names.ALIKE and not (sex_known and (same_phone or names is _Names.NOT_KNOWN)):
        return None
    found = {
        dates: True,
        Reason.SAME_PHONE: same_phone,
        Reason.SAME_NAME: names is _Names.ALIKE,
        Reason.SAME_SEX: sex_known,
    }
    is_weak = names is not _Names.ALIKE or not sex_known
    return Likeness(frozenset(reason for reason, holds in found.items() if holds), is_weak=is_weak)


def _dates(a: date, b: date) -> Reason | None:
    """Births at midnight and slips of a day; 3/11 for 11/3, because both orders are written."""
    if a == b:
        return Reason.SAME_BIRTH_DATE
    if abs((a - b).days) == 1:
        return Reason.ONE_DAY_APART
    swapped = (a.year, a.month, a.day) == (b.year, b.day, b.month)
    return Reason.DAY_AND_MONTH_SWAPPED if swapped else None


_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f"
_SYLLABLE = re.compile(rf"[{_HAN}]|[^\W\d_{_HAN}]+")
_WORD = re.compile(rf"[{_HAN}]+|[^\W\d_{_HAN}]+")
# How a child is called that has no name yet.
_NOT_A_NAME = frozenset({"be", "em", "con", "chau", "cu", "baby", "宝", "孩", "子", "娃"})


def _names(a: str, b: str) -> _Names:
    """Marks, capitals and the order of syllables do not count; "An" is alike to "Nguyễn Văn An"."""
    first, second = _syllables(a), _syllables(b)
    if not set(first) - _NOT_A_NAME or not set(second) - _NOT_A_NAME:
        return _Names.NOT_KNOWN
    return _Names.ALIKE if first <= second or second <= first else _Names.DIFFERENT


@lru_cache(maxsize=4096)
def _syllables(name: str) -> Counter[str]:
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf")).replace("đ", "d")
    return Counter(_SYLLABLE.findall(bare))


def initials_of(name: str) -> str:
    """What is shown of a name: "N. T. A." of "Nguyễn Thị An", "王**" of "王小明", "…" of no name at all.

    The first letter of each word in capitals with its marks, the first Chinese character of a row with a star for each
    other one; figures, emoji and signs are left out. Raises nothing.
    """
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name))
    shown = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    words = _WORD.findall(re.sub(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])", "", shown))
    return " ".join(_initial(word) for word in words) or "…"


def _initial(word: str) -> str:
    if re.match(f"[{_HAN}]", word):
        return word[0] + "*" * (len(word) - 1)
    return f"{word[0].upper()[0]}."
