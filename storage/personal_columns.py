"""The words of the registry of personal columns: whose a column is, what erasure does to it, who is told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Table


class Whose(StrEnum):
    """Whom a column tells of."""

    CAREGIVER = "caregiver"
    CHILD = "child"
    ACTOR = "actor"
    ADDRESS = "address"


class Tie(StrEnum):
    """Through what a row hangs on somebody: the number or the word that a column holds."""

    CAREGIVER = "caregiver"
    AUDITED = "audited"  # `caregiver:12`, as the audit log writes it
    ADDRESS = "address"  # what hangs on a chat that was hers alone
    CHAT = "chat"  # the same by the channel's own number of the chat
    CHAT_ITSELF = "chat_itself"  # the address, which goes last
    MESSAGE = "message"
    MERGE = "merge"  # a merge of files in which she stands; without what it moved it cannot be undone
    CHILD = "child"
    PREGNANCY = "pregnancy"
    ACTOR = "actor"


@dataclass(frozen=True)
class Personal:
    """One personal column. `told`: its owner's file gives it. `kept`: why erasure leaves it."""

    column: str
    whose: Whose
    told: bool = False
    kept: str = ""


@dataclass(frozen=True)
class Rule:
    """Rows tied by a column: they go, or the columns of `blanks` are emptied; not those of which `unless` is true."""

    column: Column[Any]
    tie: Tie
    blanks: tuple[str, ...] = ()
    unless: ColumnElement[bool] | None = None


@dataclass(frozen=True)
class Entry:
    """A table: its columns that are not personal (numbers, states, instants) and those that are; how it is erased."""

    table: Table
    plain: frozenset[str]
    personal: tuple[Personal, ...] = ()
    erased: tuple[Rule, ...] = ()
    told_by: Column[Any] | None = None
    told_tie: Tie = Tie.CAREGIVER

    @property
    def told(self) -> tuple[str, ...]:
        """The columns that the file of their owner gives."""
        return tuple(one.column for one in self.personal if one.told)


PROOF = "proof of what was agreed to; nothing else tells of her any more"
WHO_AGREED = "says as what somebody consented for a child; the row has no name"
NEVER_AGAIN = "says that nothing is sent any more"
STATION = "the station's record, which it keeps by law"
WORK = "whoever works for the programme answers for what she did"


def columns_of(whose: Whose, columns: str, *, told: bool = False, kept: str = "") -> tuple[Personal, ...]:
    """Columns that tell of somebody, by their names."""
    return tuple(Personal(column, whose, told, kept) for column in columns.split())


def hers(columns: str, *, told: bool = False, kept: str = "") -> tuple[Personal, ...]:
    """Columns that tell of a caregiver."""
    return columns_of(Whose.CAREGIVER, columns, told=told, kept=kept)


def chats(columns: str, *, told: bool = False) -> tuple[Personal, ...]:
    """Columns that tell of a chat."""
    return columns_of(Whose.ADDRESS, columns, told=told)


def childs(columns: str, *, told: bool = False) -> tuple[Personal, ...]:
    """Columns that tell of a child; the station keeps them."""
    return columns_of(Whose.CHILD, columns, told=told, kept=STATION)


def entry(
    table: Table,
    plain: str,
    *personal: Iterable[Personal],
    erased: tuple[Rule, ...] = (),
    told_by: Column[Any] | None = None,
    told_tie: Tie = Tie.CAREGIVER,
) -> Entry:
    """A table with its columns: those that are not personal by their names, and the personal ones."""
    columns = tuple(one for some in personal for one in some)
    return Entry(table, frozenset(plain.split()), columns, erased, told_by, told_tie)


def blank(column: Column[Any], tie: Tie, columns: str) -> Rule:
    """The rows stay, and these columns of them are emptied."""
    return Rule(column, tie, tuple(columns.split()))


def flaws_of(registry: Iterable[Entry], tables: Mapping[str, Table]) -> tuple[str, ...]:
    """Columns that are missing here, stand twice or are gone; personal ones of hers that erasure forgets."""
    listed = [name for entry in registry for name in _listed(entry)]
    there = {f"{table.name}.{column.name}" for table in tables.values() for column in table.columns}
    return (
        *(f"{name} is not in the registry" for name in sorted(there - set(listed))),
        *(f"{name} is gone" for name in sorted(set(listed) - there)),
        *(f"{name} stands twice" for name in sorted({name for name in listed if listed.count(name) > 1})),
        *(flaw for entry in registry for flaw in _forgotten(entry)),
    )


def _listed(entry: Entry) -> tuple[str, ...]:
    names = (*entry.plain, *(one.column for one in entry.personal))
    return tuple(f"{entry.table.name}.{name}" for name in names)


def _forgotten(entry: Entry) -> Iterable[str]:
    goes = any(not rule.blanks for rule in entry.erased)
    blanked = {name for rule in entry.erased for name in rule.blanks}
    for one in entry.personal:
        if bool(one.kept) == (one.column in blanked or (goes and one.whose is not Whose.ACTOR)):
            yield f"{entry.table.name}.{one.column} is neither erased nor kept with a reason, or both"
