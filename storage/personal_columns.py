"""The registry of personal columns: whose each one is, what erasure does to it, and whether its owner's file gives it.

Every column of every table stands here exactly once. Erasure and export are carried out by this page and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func

from storage import tables as t


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


def _of(whose: Whose, columns: str, *, told: bool = False, kept: str = "") -> tuple[Personal, ...]:
    return tuple(Personal(column, whose, told, kept) for column in columns.split())


def _hers(columns: str, *, told: bool = False, kept: str = "") -> tuple[Personal, ...]:
    return _of(Whose.CAREGIVER, columns, told=told, kept=kept)


def _chats(columns: str, *, told: bool = False) -> tuple[Personal, ...]:
    return _of(Whose.ADDRESS, columns, told=told)


def _childs(columns: str, *, told: bool = False) -> tuple[Personal, ...]:
    return _of(Whose.CHILD, columns, told=told, kept=STATION)


def _entry(
    table: Table,
    plain: str,
    *personal: Iterable[Personal],
    erased: tuple[Rule, ...] = (),
    told_by: Column[Any] | None = None,
    told_tie: Tie = Tie.CAREGIVER,
) -> Entry:
    columns = tuple(one for some in personal for one in some)
    return Entry(table, frozenset(plain.split()), columns, erased, told_by, told_tie)


def _blank(column: Column[Any], tie: Tie, columns: str) -> Rule:
    return Rule(column, tie, tuple(columns.split()))


_CHOSEN = "language phone tip_hour amount joined_on stopped_at wants_visits pause_covers paused_until"
_CHAT = "channel bot external_id language state state_reason state_at last_inbound_at unconfirmed_since"
# The chat of a removed one stays quiet, whatever becomes of his file.
_QUIET = func.coalesce(t.caregiver_addresses.c.revoked_as, "") == "removed"
_WAITS = t.updates.c.state == "received"  # answered in a moment, to a stranger then

REGISTRY: tuple[Entry, ...] = (
    # What is tied to a message goes before the message.
    _entry(
        t.attempts,
        "id outbox_id at result",
        _hers("detail"),
        erased=(Rule(t.attempts.c.outbox_id, Tie.MESSAGE),),
    ),
    _entry(
        t.outbox,
        "id lane state reason caregiver_id address_id occasion subjects send_from expires_at retry_at lease_until"
        " attempts resent not_found_on external_id planned_at",
        _hers("message_key sent_at", told=True),
        _hers("message language"),
        erased=(
            Rule(t.outbox.c.caregiver_id, Tie.CAREGIVER),
            # What went to another when the telephone was shared stays hers.
            Rule(t.outbox.c.address_id, Tie.ADDRESS, unless=t.outbox.c.caregiver_id.is_not(None)),
        ),
        told_by=t.outbox.c.caregiver_id,
    ),
    _entry(
        t.caregivers,
        "id family_id",
        _hers("role", told=True, kept=WHO_AGREED),
        _hers(_CHOSEN, told=True),
        _hers("joined_at bereaved_at"),
        _hers("ended_at ended_as", kept=NEVER_AGAIN),
        erased=(_blank(t.caregivers.c.id, Tie.CAREGIVER, f"{_CHOSEN} joined_at bereaved_at"),),
        told_by=t.caregivers.c.id,
    ),
    _entry(
        t.care_roles,
        "id caregiver_id child_id pregnancy_id",
        _hers("role"),
        erased=(Rule(t.care_roles.c.caregiver_id, Tie.CAREGIVER),),
    ),
    _entry(
        t.caregiver_addresses,
        "id caregiver_id address_id",
        _hers("linked_at revoked_at", told=True),
        _hers("revoked_as"),
        erased=(Rule(t.caregiver_addresses.c.caregiver_id, Tie.CAREGIVER, unless=_QUIET),),
        told_by=t.caregiver_addresses.c.caregiver_id,
    ),
    _entry(
        t.consents,
        "id caregiver_id witness_id",
        _hers("purpose given text_version language way at withdrawn_at", told=True, kept=PROOF),
        told_by=t.consents.c.caregiver_id,
    ),
    _entry(
        t.visit_answers,
        "id caregiver_id facility_id",
        _hers("visit_on answer at", told=True),
        erased=(Rule(t.visit_answers.c.caregiver_id, Tie.CAREGIVER),),
        told_by=t.visit_answers.c.caregiver_id,
    ),
    _entry(
        t.vaccinations,
        "id child_id actor_id facility_id recorded_at",
        _childs("vaccine given_on source withdrawn_at", told=True),
        _hers("caregiver_id"),
        erased=(_blank(t.vaccinations.c.caregiver_id, Tie.CAREGIVER, "caregiver_id"),),
        told_by=t.vaccinations.c.child_id,
        told_tie=Tie.CHILD,
    ),
    _entry(
        t.children,
        "id family_id facility_id",
        _childs("name birth_date sex birth_weight_g gestation_weeks birth_place", told=True),
        _childs("tracks ended_at ended_as"),
        told_by=t.children.c.id,
        told_tie=Tie.CHILD,
    ),
    _entry(
        t.pregnancies,
        "id family_id facility_id",
        _childs("due_on", told=True),
        _childs("ended_at ended_as not_yet_on"),
        told_by=t.pregnancies.c.id,
        told_tie=Tie.PREGNANCY,
    ),
    _entry(
        t.families,
        "id facility_id zone enrolled_by volunteer_id",
        _of(Whose.CHILD, "enrolled_at", kept=STATION),
    ),
    _entry(
        t.tasks,
        "id occasion family_id caregiver_id actor_id created_at closed_at closed_by",
        _hers("kind due_on outcome"),
        erased=(Rule(t.tasks.c.caregiver_id, Tie.CAREGIVER),),
    ),
    _entry(
        t.invites,
        "id caregiver_id created_by created_at expires_at code_expires_at claimed_at withdrawn_at",
        _hers("token_hash code_hash offered_by"),
        _of(Whose.ACTOR, "actor_place", kept=WORK),
        erased=(
            Rule(t.invites.c.caregiver_id, Tie.CAREGIVER),
            _blank(t.invites.c.offered_by, Tie.CAREGIVER, "offered_by"),
        ),
    ),
    _entry(
        t.applications,
        "id address_id facility_id card_id made_at expires_at settled_at settled_by caregiver_id",
        _hers("number answers"),
        erased=(Rule(t.applications.c.caregiver_id, Tie.CAREGIVER), Rule(t.applications.c.address_id, Tie.ADDRESS)),
    ),
    _entry(
        t.drafts,
        "id address_id form version about_id stamp updated_at",
        _chats("answers"),
        erased=(
            Rule(t.drafts.c.address_id, Tie.ADDRESS),
            Rule(t.drafts.c.about_id, Tie.CAREGIVER, unless=t.drafts.c.form != "joining"),
        ),
    ),
    _entry(
        t.code_tries,
        "id address_id",
        _chats("at"),
        erased=(Rule(t.code_tries.c.address_id, Tie.ADDRESS),),
    ),
    _entry(
        t.join_requests,
        "id address_id created_at expires_at used_at",
        _chats("number"),
        erased=(Rule(t.join_requests.c.address_id, Tie.ADDRESS),),
    ),
    _entry(
        t.moves,
        "id family_id from_facility_id to_facility_id asked_by asked_at answered_at agreed",
        _hers("answered_by"),
        erased=(_blank(t.moves.c.answered_by, Tie.CAREGIVER, "answered_by"),),
    ),
    _entry(
        t.audit_entries,
        "id at actor_id action",
        _hers("subject details"),
        _chats("address_id"),
        erased=(
            _blank(t.audit_entries.c.subject, Tie.AUDITED, "subject details"),
            _blank(t.audit_entries.c.address_id, Tie.ADDRESS, "address_id details"),
        ),
    ),
    _entry(
        t.updates,
        "id bot update_id state attempts received_at processed_at",
        _chats("chat body problem"),
        erased=(Rule(t.updates.c.chat, Tie.CHAT, ("chat", "body", "problem"), unless=_WAITS),),
    ),
    _entry(
        t.chat_turns,
        "bot oldest_waiting retry_at lease_until",
        _chats("chat"),
        # A chat that waits for its turn would wait for ever without its row.
        erased=(Rule(t.chat_turns.c.chat, Tie.CHAT, unless=t.chat_turns.c.oldest_waiting.is_not(None)),),
    ),
    _entry(
        t.addresses,
        "id",
        _chats("channel", told=True),
        _chats(_CHAT.removeprefix("channel ")),
        erased=(_blank(t.addresses.c.id, Tie.CHAT_ITSELF, _CHAT),),
        told_by=t.addresses.c.id,
        told_tie=Tie.ADDRESS,
    ),
    _entry(
        t.erasures,
        "id caregiver_id last_address_id",
        _hers("asked_at due_at cancelled_at done_at receipt", kept=PROOF),
    ),
    _entry(
        t.actors,
        "id role created_by created_at revoked_at",
        _of(Whose.ACTOR, "name", told=True, kept=WORK),
        told_by=t.actors.c.id,
        told_tie=Tie.ACTOR,
    ),
    _entry(t.actor_places, "id actor_id commune_id facility_id"),
    _entry(t.actor_addresses, "id actor_id address_id linked_at revoked_at"),
    _entry(
        t.absences,
        "id actor_id stand_in_id noted_at ended_at",
        _of(Whose.ACTOR, "from_on until_on", kept=WORK),
    ),
    _entry(
        t.merges,
        "id kept_family_id merged_family_id merged_by merged_at undone_by undone_at",
        _hers("moved"),
        erased=(_blank(t.merges.c.id, Tie.MERGE, "moved"),),
    ),
    _entry(t.cards, "id facility_id batch number token_hash printed_at used_at withdrawn_at"),
    _entry(t.posters, "id facility_id token made_at withdrawn_at"),
    _entry(t.provinces, "id code name country zone emergency_phone protection_phone phones_verified_on"),
    _entry(t.communes, "id province_id name"),
    _entry(t.facilities, "id commune_id name kind phone hours session_rule contact_id"),
    _entry(t.bots, "bot last_update_id username paused_until"),
    _entry(t.tick_runs, "tick ran_at wall_at"),
)


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
