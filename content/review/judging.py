"""Judges what came back from a clinician, row by row: what is taken over, what she approves, what is refused."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from content.approvals import Approval, text_hash
from content.desk import Desk, State, WrittenText
from content.languages import SOURCE
from content.message import Message
from content.review.rules import IncomingRules
from domain.review_sheet import ReturnedText, fingerprint, plain_text

YES = frozenset({"yes", "y", "có", "duyệt", "đồng ý", "是", "同意", "通过"})
NO = frozenset({"no", "n", "không", "chưa", "否", "不", "不同意"})


@dataclass(frozen=True)
class Told:
    """Something about one row that a person should read."""

    where: str
    key: str
    sentences: tuple[str, ...]


@dataclass
class Intake:
    """What a file changes. `stale` rows are about words that have changed since it was made."""

    language: str
    texts: dict[str, str] = field(default_factory=dict)
    approvals: list[Approval] = field(default_factory=list)
    stale: list[Told] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    remarks: list[Told] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not self.texts and not self.approvals


@dataclass(frozen=True)
class _Stale:
    sentence: str


@dataclass(frozen=True)
class _Refused:
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class _Accepted:
    text: str
    is_new: bool
    is_approved: bool


_Verdict: TypeAlias = _Stale | _Refused | _Accepted


@dataclass(frozen=True)
class Judge:
    """Who judges the rows of one clinician on one day."""

    desk: Desk
    rules: IncomingRules
    clinician: str
    today: date

    def take_in(self, rows: Iterable[ReturnedText], tag: str) -> Intake:
        """Everything that the rows say."""
        intake, seen = Intake(tag), set[str]()
        for row in rows:
            if row.remark:
                intake.remarks.append(Told(row.where, row.key, (row.remark,)))
            if row.is_answered:
                again = _Refused(("It stands in this file twice.",)) if row.key in seen else None
                self._note(intake, row, again or self._verdict(row, tag))
                seen.add(row.key)
        return intake

    def _note(self, intake: Intake, row: ReturnedText, verdict: _Verdict) -> None:
        if isinstance(verdict, _Stale):
            intake.stale.append(Told(row.where, row.key, (verdict.sentence,)))
        elif isinstance(verdict, _Refused):
            intake.refused.append(Told(row.where, row.key, verdict.sentences))
        else:
            if verdict.is_new:
                intake.texts[row.key] = verdict.text
            if verdict.is_approved:
                intake.approvals.append(self._approval(row.key, intake.language, verdict.text))

    def _approval(self, key: str, tag: str, text: str) -> Approval:
        return Approval(key, tag, text_hash(text), self.clinician, self.today)

    def _verdict(self, row: ReturnedText, tag: str) -> _Verdict:
        if row.problem:
            return _Refused((row.problem,))
        message = self.desk.message_of(row.key)
        if message is None:
            return _Refused(("There is no such text any more.",))
        if plain_text(row.english) != plain_text(dict(message.texts())[row.key]):
            return _Stale("The English has changed since, or was changed on the sheet.")
        now, new = self.desk.written(row.key, tag), plain_text(row.new_text)
        if row.shown != fingerprint(now.text) and (not new or new != plain_text(now.text)):
            return _Stale("The text has changed since the sheet was made.")
        answer = plain_text(row.approved).casefold()
        if answer and answer not in YES | NO:
            return _Refused((f"“{row.approved}” is neither yes nor no.",))
        return self._weighed(row.key, tag, message, _wish(now, new, says_yes=answer in YES, says_no=answer in NO))

    def _weighed(self, key: str, tag: str, message: Message, wish: "_Wish") -> _Verdict:
        hindrance = wish.hindrance(tag, has_place=tag == SOURCE or key in self.desk.entries[tag])
        if hindrance:
            return _Refused((hindrance,))
        flaws = self._flaws(key, tag, message, wish)
        if flaws:
            return _Refused(tuple(flaws))
        return _Accepted(wish.text, is_new=wish.is_new, is_approved=wish.is_approved)

    def _flaws(self, key: str, tag: str, message: Message, wish: "_Wish") -> Sequence[str]:
        if not wish.is_new and not wish.is_approved:
            return ()
        find = self.rules.flaws if wish.is_new else self.rules.grave_flaws
        return [f"{flaw.problem} {flaw.remedy}" for flaw in find(message, key, tag, wish.text)]


@dataclass(frozen=True)
class _Wish:
    """What a row asks for, by the text as it stands now."""

    now: WrittenText
    text: str
    is_new: bool
    is_approved: bool
    is_objection: bool

    def hindrance(self, tag: str, *, has_place: bool) -> str:
        """Why nothing can come of it, whatever the words are."""
        if not has_place:
            return "Its place is not there yet: run `make translations`."
        if self.is_new and tag == SOURCE:
            return "The English stands in content/messages, and is changed there."
        if self.is_approved and not self.text:
            return "There is no text that could be approved."
        if self.is_objection and self.now.approval is not None:
            by = self.now.approval.clinician
            return f"She says no, and {by} has approved it: `cradle content revoke` takes that back."
        return ""


def _wish(now: WrittenText, new: str, *, says_yes: bool, says_no: bool) -> _Wish:
    """Her own words, or those that stand there; what translates an older English is taken over by her yes."""
    is_changed = bool(new) and new != plain_text(now.text)
    is_new = is_changed or (now.state is State.OUTDATED and (says_yes or bool(new)))
    holds = now.state is State.APPROVED and not is_new
    return _Wish(
        now=now,
        text=new if is_changed else now.text,
        is_new=is_new,
        is_approved=says_yes and not holds,
        is_objection=says_no and holds,
    )


def rows_of(desk: Desk, key: str, tag: str) -> Iterator[ReturnedText]:
    """The rows by which one message, or one part of it, is approved as it stands now."""
    message = desk.message_of(key)
    if message is not None:
        for each, english in message.texts():
            if each == key or "#" not in key:
                shown = fingerprint(desk.written(each, tag).text)
                yield ReturnedText("", each, english, shown, approved="yes")
