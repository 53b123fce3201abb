"""What is true of a family while its history is told: an account beside the one that the programme keeps."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.identifiers import CaregiverId, ChildId, FamilyId, PregnancyId
from domain.pause import PauseScope
from domain.reader import Role
from domain.sending.outbox import Lane
from tests.histories.house import Letter

HOME = ZoneInfo("Asia/Ho_Chi_Minh")
OPEN = {Lane.TIP: (8 * 60, 20 * 60), Lane.VISIT: (5 * 60 + 30, 21 * 60), Lane.CAMPAIGN: (8 * 60, 20 * 60)}


@dataclass
class Someone:
    """A caregiver: who she is, on which chat, what she asks for now, and whether she was ever silent."""

    id: CaregiverId
    role: Role
    chat: str
    joined_on: date
    stopped: bool = False
    gone: bool = False
    pause: tuple[PauseScope, date | None] | None = None
    was_silent: bool = False

    def is_quiet(self, lane: Lane, on: date) -> bool:
        """Whether she asked that this kind of message does not come on that day."""
        if self.stopped or self.gone:
            return True
        if self.pause is None or (self.pause[1] is not None and on >= self.pause[1]):
            return False
        return lane is not Lane.VISIT or self.pause[0] is PauseScope.ALL


@dataclass
class Kid:
    """A child by its name, and whether it is spoken of."""

    id: ChildId
    name: str
    born_on: date
    lost: bool = False


@dataclass
class Expected:
    """A birth that is awaited, until it is told or lost."""

    id: PregnancyId
    due_on: date
    over: bool = False


@dataclass
class Home:
    """The family as its history has made it."""

    family: FamilyId
    people: list[Someone]
    kids: list[Kid]
    private: frozenset[str]
    expected: Expected | None = None
    mother_died: bool = False

    def readers_of(self, chat: str) -> list[Someone]:
        """Who reads on a telephone."""
        return [one for one in self.people if one.chat == chat and not one.gone]

    def faults(self, letter: Letter) -> list[str]:
        """What is wrong with a letter that left; nothing when all is well."""
        someone = next((one for one in self.people if one.id == letter.caregiver), None)
        if letter.lane is Lane.REPLY or someone is None:
            return []
        local = letter.at.astimezone(HOME)
        minute = local.hour * 60 + local.minute
        opens, closes = OPEN[letter.lane]
        text, kids = letter.rendered.text, {kid.id: kid for kid in self.kids}
        about = [kids[ChildId(number)] for number in letter.subjects if number in kids]
        shared = len(self.readers_of(letter.chat)) > 1
        checks = {
            "at night": not opens <= minute < closes,
            "to one who asked for silence": someone.is_quiet(letter.lane, local.date()),
            "to a chat that is not hers": someone.chat != letter.chat,
            "about nobody who is spoken of": bool(about) and all(kid.lost for kid in about),
            "with the name of a lost child": any(kid.lost and kid.name and kid.name in text for kid in self.kids),
            "of a birth that is told or lost": letter.key == "birth.ask" and (not self.expected or self.expected.over),
            "about two where one was lost": any(kid.lost for kid in about) and "các bé" in text,
            "private on a shared telephone": shared and letter.key in self.private,
            "without saying for whom": shared and "Gửi:" not in text.split("\n")[0],
            "of a mother who died": self.mother_died and " mẹ" in text.lower() and letter.lane is Lane.TIP,
        }
        return [f"{fault}: {letter.key} at {local:%d/%m %H:%M}" for fault, is_so in checks.items() if is_so]


def over_caps(letters: list[Letter]) -> list[str]:
    """Days and weeks on which somebody got more than is good."""
    found = []
    for caregiver in {letter.caregiver for letter in letters}:
        hers = [one for one in letters if one.caregiver == caregiver and one.lane is not Lane.REPLY]
        tips = [one.at.astimezone(HOME).date() for one in hers if one.lane is Lane.TIP]
        found += [f"two tips on {day}" for day in set(tips) if tips.count(day) > 1]
        for one in hers:
            if one.lane is Lane.TIP:
                week = [other for other in hers if timedelta(0) <= one.at - other.at < timedelta(days=6)]
                found += [f"{len(week)} within a week until {one.at:%d/%m}"] if len(week) > 6 else []
    return found


def day_of(instant: datetime) -> date:
    """The day in their kitchen."""
    return instant.astimezone(HOME).date()
