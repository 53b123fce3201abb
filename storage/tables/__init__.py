"""Every table of the database, by what it is about."""

from storage.tables.area import communes, facilities, provinces
from storage.tables.base import metadata
from storage.tables.cards import applications, cards, posters
from storage.tables.care_work import absences, erasures, merges, moves, tasks
from storage.tables.enrolment import code_tries, drafts, invites, join_requests
from storage.tables.family import care_roles, caregivers, children, consents, families, pregnancies
from storage.tables.messages import attempts, outbox
from storage.tables.people import actor_addresses, actor_places, actors, addresses, caregiver_addresses
from storage.tables.programme import audit_entries, tick_runs
from storage.tables.receiving import bots, chat_turns, updates
from storage.tables.visits import vaccinations, visit_answers

__all__ = [
    "absences",
    "actor_addresses",
    "actor_places",
    "actors",
    "addresses",
    "applications",
    "attempts",
    "audit_entries",
    "bots",
    "cards",
    "care_roles",
    "caregiver_addresses",
    "caregivers",
    "chat_turns",
    "children",
    "code_tries",
    "communes",
    "consents",
    "drafts",
    "erasures",
    "facilities",
    "families",
    "invites",
    "join_requests",
    "merges",
    "metadata",
    "moves",
    "outbox",
    "posters",
    "pregnancies",
    "provinces",
    "tasks",
    "tick_runs",
    "updates",
    "vaccinations",
    "visit_answers",
]
