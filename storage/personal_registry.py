"""The registry of personal columns: whose each one is, what erasure does to it, and whether its owner's file gives it.

Every column of every table stands here exactly once. Erasure and export are carried out by this page and nothing else.
"""

from sqlalchemy import func

from storage import tables as t
from storage.personal_columns import (
    NEVER_AGAIN,
    PROOF,
    STATION,
    WHO_AGREED,
    WORK,
    Entry,
    Rule,
    Tie,
    Whose,
    blank,
    chats,
    childs,
    columns_of,
    entry,
    hers,
)

_CHOSEN = "language phone tip_hour amount joined_on stopped_at wants_visits pause_covers paused_until"
_CHAT = "channel bot external_id language state state_reason state_at last_inbound_at unconfirmed_since spoken_to_at"
# The chat of a removed one stays quiet, whatever becomes of his file.
_QUIET = func.coalesce(t.caregiver_addresses.c.revoked_as, "") == "removed"
_WAITS = t.updates.c.state == "received"  # answered in a moment, to a stranger then

REGISTRY: tuple[Entry, ...] = (
    # What is tied to a message goes before the message.
    entry(
        t.attempts,
        "id outbox_id at result",
        hers("detail"),
        erased=(Rule(t.attempts.c.outbox_id, Tie.MESSAGE),),
    ),
    entry(
        t.outbox,
        "id lane state reason caregiver_id address_id occasion subjects send_from expires_at retry_at lease_until"
        " attempts resent not_found_on external_id planned_at bot",
        hers("message_key sent_at", told=True),
        hers("message language"),
        erased=(
            Rule(t.outbox.c.caregiver_id, Tie.CAREGIVER),
            # What went to another when the telephone was shared stays hers.
            Rule(t.outbox.c.address_id, Tie.ADDRESS, unless=t.outbox.c.caregiver_id.is_not(None)),
        ),
        told_by=t.outbox.c.caregiver_id,
    ),
    entry(
        t.caregivers,
        "id family_id",
        hers("role", told=True, kept=WHO_AGREED),
        hers(_CHOSEN, told=True),
        hers("joined_at bereaved_at"),
        hers("ended_at ended_as", kept=NEVER_AGAIN),
        erased=(blank(t.caregivers.c.id, Tie.CAREGIVER, f"{_CHOSEN} joined_at bereaved_at"),),
        told_by=t.caregivers.c.id,
    ),
    entry(
        t.care_roles,
        "id caregiver_id child_id pregnancy_id",
        hers("role"),
        erased=(Rule(t.care_roles.c.caregiver_id, Tie.CAREGIVER),),
    ),
    entry(
        t.caregiver_addresses,
        "id caregiver_id address_id",
        hers("linked_at revoked_at", told=True),
        hers("revoked_as"),
        erased=(Rule(t.caregiver_addresses.c.caregiver_id, Tie.CAREGIVER, unless=_QUIET),),
        told_by=t.caregiver_addresses.c.caregiver_id,
    ),
    entry(
        t.consents,
        "id caregiver_id witness_id",
        hers("purpose given text_version language way at withdrawn_at", told=True, kept=PROOF),
        told_by=t.consents.c.caregiver_id,
    ),
    entry(
        t.visit_answers,
        "id caregiver_id facility_id",
        hers("visit_on answer at", told=True),
        erased=(Rule(t.visit_answers.c.caregiver_id, Tie.CAREGIVER),),
        told_by=t.visit_answers.c.caregiver_id,
    ),
    entry(
        t.vaccinations,
        "id child_id actor_id facility_id recorded_at withdrawn_by corrects_id",
        childs("vaccine given_on date_known source withdrawn_at", told=True),
        childs("withdrawn_as"),
        hers("caregiver_id"),
        erased=(blank(t.vaccinations.c.caregiver_id, Tie.CAREGIVER, "caregiver_id"),),
        told_by=t.vaccinations.c.child_id,
        told_tie=Tie.CHILD,
    ),
    entry(
        t.exemptions,
        "id child_id actor_id noted_at",
        childs("dose_group kind until_on withdrawn_at", told=True),
        hers("caregiver_id"),
        erased=(blank(t.exemptions.c.caregiver_id, Tie.CAREGIVER, "caregiver_id"),),
        told_by=t.exemptions.c.child_id,
        told_tie=Tie.CHILD,
    ),
    entry(
        t.care_done,
        "id child_id pregnancy_id actor_id facility_id recorded_at",
        childs("item done_on source withdrawn_at", told=True),
        hers("caregiver_id"),
        erased=(blank(t.care_done.c.caregiver_id, Tie.CAREGIVER, "caregiver_id"),),
        told_by=t.care_done.c.child_id,
        told_tie=Tie.CHILD,
    ),
    entry(
        t.attendances,
        "id facility_id child_id pregnancy_id actor_id at",
        childs("visit_on outcome why source withdrawn_at", told=True),
        hers("caregiver_id"),
        erased=(blank(t.attendances.c.caregiver_id, Tie.CAREGIVER, "caregiver_id"),),
        told_by=t.attendances.c.child_id,
        told_tie=Tie.CHILD,
    ),
    entry(
        t.session_marks,
        "id facility_id child_id pregnancy_id actor_id at",
        childs("session_on vaccine outcome instead why"),
    ),
    entry(
        t.reactions,
        "id child_id caregiver_id facility_id seen_at seen_by",
        hers("given_on watch answer at", told=True),
        hers("needs"),
        erased=(Rule(t.reactions.c.caregiver_id, Tie.CAREGIVER),),
        told_by=t.reactions.c.caregiver_id,
    ),
    entry(
        t.campaign_answers,
        "id campaign_id caregiver_id",
        hers("place at", told=True),
        erased=(Rule(t.campaign_answers.c.caregiver_id, Tie.CAREGIVER),),
        told_by=t.campaign_answers.c.caregiver_id,
    ),
    entry(
        t.message_marks,
        "id caregiver_id",
        hers("message_key helpful answer kept_at at", told=True),
        erased=(Rule(t.message_marks.c.caregiver_id, Tie.CAREGIVER),),
        told_by=t.message_marks.c.caregiver_id,
    ),
    entry(
        t.topic_answers,
        "id caregiver_id facility_id",
        hers("visit_on topic answer at", told=True),
        erased=(Rule(t.topic_answers.c.caregiver_id, Tie.CAREGIVER),),
        told_by=t.topic_answers.c.caregiver_id,
    ),
    entry(
        t.children,
        "id family_id facility_id",
        childs("name birth_date sex birth_weight_g gestation_weeks birth_place", told=True),
        childs("tracks kept_tracks card_missing_since ended_at ended_as"),
        told_by=t.children.c.id,
        told_tie=Tie.CHILD,
    ),
    entry(
        t.pregnancies,
        "id family_id facility_id",
        childs("due_on", told=True),
        childs("ended_at ended_as not_yet_on"),
        told_by=t.pregnancies.c.id,
        told_tie=Tie.PREGNANCY,
    ),
    entry(
        t.families,
        "id facility_id zone enrolled_by volunteer_id",
        columns_of(Whose.CHILD, "enrolled_at", kept=STATION),
    ),
    entry(
        t.tasks,
        "id occasion family_id caregiver_id actor_id child_id created_at closed_at closed_by",
        hers("kind due_on outcome"),
        erased=(Rule(t.tasks.c.caregiver_id, Tie.CAREGIVER),),
    ),
    entry(
        t.invites,
        "id caregiver_id created_by created_at expires_at code_expires_at claimed_at withdrawn_at",
        hers("token_hash code_hash offered_by"),
        columns_of(Whose.ACTOR, "actor_place", kept=WORK),
        erased=(
            Rule(t.invites.c.caregiver_id, Tie.CAREGIVER),
            blank(t.invites.c.offered_by, Tie.CAREGIVER, "offered_by"),
        ),
    ),
    entry(
        t.applications,
        "id address_id facility_id card_id made_at expires_at settled_at settled_by caregiver_id",
        hers("number answers"),
        erased=(Rule(t.applications.c.caregiver_id, Tie.CAREGIVER), Rule(t.applications.c.address_id, Tie.ADDRESS)),
    ),
    entry(
        t.drafts,
        "id address_id form version about_id stamp updated_at",
        chats("answers"),
        erased=(
            Rule(t.drafts.c.address_id, Tie.ADDRESS),
            Rule(t.drafts.c.about_id, Tie.CAREGIVER, unless=t.drafts.c.form != "joining"),
        ),
    ),
    entry(
        t.code_tries,
        "id address_id",
        chats("at"),
        erased=(Rule(t.code_tries.c.address_id, Tie.ADDRESS),),
    ),
    entry(
        t.join_requests,
        "id address_id created_at expires_at used_at",
        chats("number"),
        erased=(Rule(t.join_requests.c.address_id, Tie.ADDRESS),),
    ),
    entry(
        t.moves,
        "id family_id from_facility_id to_facility_id asked_by asked_at answered_at agreed",
        hers("answered_by"),
        erased=(blank(t.moves.c.answered_by, Tie.CAREGIVER, "answered_by"),),
    ),
    entry(
        t.audit_entries,
        "id at actor_id action",
        hers("subject details"),
        chats("address_id"),
        erased=(
            blank(t.audit_entries.c.subject, Tie.AUDITED, "subject details"),
            blank(t.audit_entries.c.address_id, Tie.ADDRESS, "address_id details"),
        ),
    ),
    entry(
        t.audit_findings,
        "id run_id caregiver_id fault occasion",
        hers("message_key happened_on"),
        erased=(Rule(t.audit_findings.c.caregiver_id, Tie.CAREGIVER),),
    ),
    entry(t.audit_runs, "id at days families counts"),
    entry(
        t.updates,
        "id bot update_id state attempts received_at processed_at",
        chats("chat body problem"),
        erased=(Rule(t.updates.c.chat, Tie.CHAT, ("chat", "body", "problem"), unless=_WAITS),),
    ),
    entry(
        t.chat_turns,
        "bot oldest_waiting retry_at lease_until",
        chats("chat"),
        # A chat that waits for its turn would wait for ever without its row.
        erased=(Rule(t.chat_turns.c.chat, Tie.CHAT, unless=t.chat_turns.c.oldest_waiting.is_not(None)),),
    ),
    entry(
        t.addresses,
        "id",
        chats("channel", told=True),
        chats(_CHAT.removeprefix("channel ")),
        erased=(blank(t.addresses.c.id, Tie.CHAT_ITSELF, _CHAT),),
        told_by=t.addresses.c.id,
        told_tie=Tie.ADDRESS,
    ),
    entry(
        t.erasures,
        "id caregiver_id last_address_id",
        hers("asked_at due_at cancelled_at done_at receipt", kept=PROOF),
    ),
    entry(
        t.actors,
        "id role created_by created_at revoked_at",
        columns_of(Whose.ACTOR, "name", told=True, kept=WORK),
        told_by=t.actors.c.id,
        told_tie=Tie.ACTOR,
    ),
    entry(t.actor_places, "id actor_id commune_id facility_id"),
    entry(t.actor_addresses, "id actor_id address_id linked_at revoked_at"),
    entry(
        t.absences,
        "id actor_id stand_in_id noted_at ended_at",
        columns_of(Whose.ACTOR, "from_on until_on", kept=WORK),
    ),
    entry(
        t.merges,
        "id kept_family_id merged_family_id merged_by merged_at undone_by undone_at",
        hers("moved"),
        erased=(blank(t.merges.c.id, Tie.MERGE, "moved"),),
    ),
    entry(t.cards, "id facility_id batch number token_hash printed_at used_at withdrawn_at"),
    entry(t.posters, "id facility_id token made_at withdrawn_at"),
    entry(t.provinces, "id code name country zone emergency_phone protection_phone phones_verified_on"),
    entry(t.communes, "id province_id name"),
    entry(
        t.facilities,
        "id commune_id name kind phone hours session_rule contact_id reminder_days morning_reminder capacity"
        " emergency_route on_call_id",
    ),
    entry(t.gates, "id province_id gate from_on is_open actor_id at"),
    entry(t.upper_ages, "id province_id item age actor_id at"),
    entry(t.outbreaks, "id province_id dose_group from_on until_on actor_id at"),
    entry(t.care_rounds, "id province_id kind from_on until_on min_age max_age actor_id at cancelled_at"),
    entry(t.session_changes, "id facility_id session_on kind moved_to place hours capacity actor_id at undone_at"),
    entry(t.stock_outs, "id facility_id vaccine from_on until_on actor_id at"),
    entry(t.session_closings, "id facility_id session_on closed_at closed_by topic topic_done_at"),
    entry(t.register_columns, "id facility_id field heading"),
    entry(
        t.child_forecasts,
        "child_id version computed_at",
        childs("due_on overdue_on latest_on"),
    ),
    entry(t.schedule_activations, "id schedule version actor_id at"),
    entry(t.bots, "bot last_update_id username paused_until"),
    entry(t.schema_floor, "oldest"),
    entry(t.send_budgets, "bot next_at paused_until paused_for"),
    entry(t.media, "content_hash kind mime_type content kept_at"),
    entry(t.media_file_ids, "bot content_hash file_id"),
    entry(
        t.campaigns,
        "id author_id created_at title state before_pause texts answers media missing segment send_from lives_minutes"
        " approved_by_id approved_at started_at ended_at withdrawn_at broken revision told_number told told_at repeats"
        " repeats_of_id",
    ),
    entry(t.tick_runs, "tick ran_at wall_at"),
    entry(t.alarms, "kind about since noticed_at told_at well_since last_told_at"),
    entry(t.bot_states, "bot refused_as refused_since seen_at"),
    entry(t.tallies, "name counted until"),
    entry(t.zone_plans, "zone planned_on journey planned_at"),
)
