"""Every table of the database, by what it is about."""

from storage.tables.area import care_rounds, communes, facilities, gates, outbreaks, provinces, upper_ages
from storage.tables.auditing import audit_findings, audit_runs
from storage.tables.base import metadata
from storage.tables.campaigns import campaign_answers, campaigns
from storage.tables.cards import applications, cards, posters
from storage.tables.care_work import absences, erasures, merges, moves, tasks
from storage.tables.enrolment import code_tries, drafts, invites, join_requests
from storage.tables.family import care_roles, caregivers, children, consents, families, pregnancies
from storage.tables.forecasts import child_forecasts, schedule_activations
from storage.tables.media import media, media_file_ids
from storage.tables.messages import OF_CAMPAIGNS, attempts, message_marks, outbox
from storage.tables.operations import alarms, bot_states, tallies
from storage.tables.people import actor_addresses, actor_places, actors, addresses, caregiver_addresses
from storage.tables.programme import audit_entries, tick_runs, zone_plans
from storage.tables.receiving import bots, chat_turns, send_budgets, updates
from storage.tables.sessions import register_columns, session_changes, session_closings, session_marks, stock_outs
from storage.tables.versions import schema_floor
from storage.tables.visits import (
    attendances,
    care_done,
    exemptions,
    reactions,
    topic_answers,
    vaccinations,
    visit_answers,
)

__all__ = [
    "OF_CAMPAIGNS",
    "absences",
    "actor_addresses",
    "actor_places",
    "actors",
    "addresses",
    "alarms",
    "applications",
    "attempts",
    "attendances",
    "audit_entries",
    "audit_findings",
    "audit_runs",
    "bot_states",
    "bots",
    "campaign_answers",
    "campaigns",
    "cards",
    "care_done",
    "care_roles",
    "care_rounds",
    "caregiver_addresses",
    "caregivers",
    "chat_turns",
    "child_forecasts",
    "children",
    "code_tries",
    "communes",
    "consents",
    "drafts",
    "erasures",
    "exemptions",
    "facilities",
    "families",
    "gates",
    "invites",
    "join_requests",
    "media",
    "media_file_ids",
    "merges",
    "message_marks",
    "metadata",
    "moves",
    "outbox",
    "outbreaks",
    "posters",
    "pregnancies",
    "provinces",
    "reactions",
    "register_columns",
    "schedule_activations",
    "schema_floor",
    "send_budgets",
    "session_changes",
    "session_closings",
    "session_marks",
    "stock_outs",
    "tallies",
    "tasks",
    "tick_runs",
    "topic_answers",
    "updates",
    "upper_ages",
    "vaccinations",
    "visit_answers",
    "zone_plans",
]
