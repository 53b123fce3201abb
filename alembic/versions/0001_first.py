"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
TABLES = """
    provinces communes facilities actors actor_places addresses actor_addresses families caregivers children
    pregnancies care_roles consents caregiver_addresses invites code_tries join_requests drafts outbox attempts
    vaccinations visit_answers bots updates chat_turns audit_entries tick_runs
"""


def upgrade() -> None:
    """Create everything, in the order of references."""
    create_places()
    create_actors_and_addresses()
    create_families()
    create_care()
    create_enrolment()
    create_outbox()
    create_visits()
    create_programme()


def downgrade() -> None:
    """Drop everything, in the other order."""
    for table in TABLES.split()[::-1]:
        op.drop_table(table)


def create_numbered(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Create a table whose rows have numbers that are never used twice."""
    number = sa.Column("id", BIG_ID, autoincrement=True, nullable=False)
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    op.create_table(name, number, *columns, key, sqlite_autoincrement=True)


def reference(table: str, column: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    """A column that points to another table's row."""
    return sa.Column(column, BIG_ID, sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}"), nullable=nullable)


def create_unique_where(condition: str, name: str, table: str, columns: list[str]) -> None:
    """Create a unique index over some rows only."""
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def create_places() -> None:
    """Provinces, communes and facilities."""
    create_numbered(
        "provinces",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("emergency_phone", sa.String(40), nullable=False),
        sa.Column("protection_phone", sa.String(40), nullable=False),
        sa.Column("phones_verified_on", sa.Date()),
        sa.UniqueConstraint("code", name="uq_provinces_code"),
    )
    create_numbered(
        "communes",
        reference("communes", "province_id", "provinces"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.UniqueConstraint("province_id", "name", name="uq_communes_province_id_name"),
    )
    create_numbered(
        "facilities",
        reference("facilities", "commune_id", "communes"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("hours", sa.String(200), nullable=False),
        sa.Column("session_rule", sa.String(400), nullable=False),
        sa.UniqueConstraint("commune_id", "name", name="uq_facilities_commune_id_name"),
    )


def create_actors_and_addresses() -> None:
    """Who works for the programme, and whom a channel delivers to."""
    create_numbered(
        "actors",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        reference("actors", "created_by", "actors", nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
    )
    create_numbered(
        "actor_places",
        reference("actor_places", "actor_id", "actors"),
        reference("actor_places", "commune_id", "communes", nullable=True),
        reference("actor_places", "facility_id", "facilities", nullable=True),
        sa.CheckConstraint("(commune_id IS NULL) <> (facility_id IS NULL)", name=op.f("ck_actor_places_one_place")),
    )
    op.create_index("ix_actor_places_actor_id", "actor_places", ["actor_id"])
    op.create_index("ix_actor_places_commune_id", "actor_places", ["commune_id"])
    op.create_index("ix_actor_places_facility_id", "actor_places", ["facility_id"])
    create_numbered(
        "addresses",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("bot", sa.String(40), nullable=False),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("state_reason", sa.String(40)),
        sa.Column("state_at", INSTANT),
        sa.Column("last_inbound_at", INSTANT),
        sa.UniqueConstraint("channel", "bot", "external_id", name="uq_addresses_channel_bot_external_id"),
    )
    create_numbered(
        "actor_addresses",
        reference("actor_addresses", "actor_id", "actors"),
        reference("actor_addresses", "address_id", "addresses"),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
    )
    op.create_index("ix_actor_addresses_actor_id", "actor_addresses", ["actor_id"])
    op.create_index("ix_actor_addresses_address_id", "actor_addresses", ["address_id"])
    create_unique_where(
        "revoked_at IS NULL", "uq_actor_addresses_living", "actor_addresses", ["actor_id", "address_id"]
    )


def create_families() -> None:
    """Families, their caregivers, children and pregnancies."""
    create_numbered(
        "families",
        reference("families", "facility_id", "facilities"),
        sa.Column("zone", sa.String(60), nullable=False),
        reference("families", "enrolled_by", "actors"),
        sa.Column("enrolled_at", INSTANT, nullable=False),
    )
    op.create_index("ix_families_enrolled_by", "families", ["enrolled_by"])
    op.create_index("ix_families_facility_id", "families", ["facility_id"])
    create_numbered(
        "caregivers",
        reference("caregivers", "family_id", "families"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("phone", sa.String(20)),
        sa.Column("tip_hour", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("joined_at", INSTANT),
        sa.Column("joined_on", sa.Date()),
        sa.Column("stopped_at", INSTANT),
    )
    op.create_index("ix_caregivers_family_id", "caregivers", ["family_id"])
    create_numbered(
        "children",
        reference("children", "family_id", "families"),
        reference("children", "facility_id", "facilities"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(10), nullable=False),
        sa.Column("birth_weight_g", sa.Integer()),
        sa.Column("gestation_weeks", sa.Integer()),
    )
    op.create_index("ix_children_birth_date", "children", ["birth_date"])
    op.create_index("ix_children_facility_id", "children", ["facility_id"])
    op.create_index("ix_children_family_id", "children", ["family_id"])
    create_numbered(
        "pregnancies",
        reference("pregnancies", "family_id", "families"),
        reference("pregnancies", "facility_id", "facilities"),
        sa.Column("due_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_pregnancies_due_on", "pregnancies", ["due_on"])
    op.create_index("ix_pregnancies_facility_id", "pregnancies", ["facility_id"])
    op.create_index("ix_pregnancies_family_id", "pregnancies", ["family_id"])


def create_care() -> None:
    """Who cares for whom, consent, and the chats of caregivers."""
    create_numbered(
        "care_roles",
        reference("care_roles", "caregiver_id", "caregivers"),
        reference("care_roles", "child_id", "children", nullable=True),
        reference("care_roles", "pregnancy_id", "pregnancies", nullable=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.CheckConstraint("(child_id IS NULL) <> (pregnancy_id IS NULL)", name=op.f("ck_care_roles_one_subject")),
        sa.UniqueConstraint("caregiver_id", "child_id", name="uq_care_roles_caregiver_id_child_id"),
        sa.UniqueConstraint("caregiver_id", "pregnancy_id", name="uq_care_roles_caregiver_id_pregnancy_id"),
    )
    op.create_index("ix_care_roles_child_id", "care_roles", ["child_id"])
    op.create_index("ix_care_roles_pregnancy_id", "care_roles", ["pregnancy_id"])
    create_numbered(
        "consents",
        reference("consents", "caregiver_id", "caregivers"),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.String(20), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
    )
    op.create_index("ix_consents_caregiver_id", "consents", ["caregiver_id"])
    create_numbered(
        "caregiver_addresses",
        reference("caregiver_addresses", "caregiver_id", "caregivers"),
        reference("caregiver_addresses", "address_id", "addresses"),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
    )
    op.create_index("ix_caregiver_addresses_address_id", "caregiver_addresses", ["address_id"])
    op.create_index("ix_caregiver_addresses_caregiver_id", "caregiver_addresses", ["caregiver_id"])
    create_unique_where(
        "revoked_at IS NULL", "uq_caregiver_addresses_living", "caregiver_addresses", ["caregiver_id", "address_id"]
    )


def create_enrolment() -> None:
    """Invites, codes, requests and drafts."""
    create_numbered(
        "invites",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("code_hash", sa.String(64)),
        reference("invites", "caregiver_id", "caregivers", nullable=True),
        sa.Column("actor_place", sa.JSON()),
        reference("invites", "created_by", "actors", nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("code_expires_at", INSTANT),
        sa.Column("claimed_at", INSTANT),
        sa.Column("withdrawn_at", INSTANT),
        sa.UniqueConstraint("token_hash", name="uq_invites_token_hash"),
    )
    op.create_index("ix_invites_caregiver_id", "invites", ["caregiver_id"])
    op.create_index("ix_invites_code_hash", "invites", ["code_hash"])
    create_unique_where(
        "claimed_at IS NULL AND withdrawn_at IS NULL", "uq_invites_living_code", "invites", ["code_hash"]
    )
    create_numbered(
        "code_tries",
        reference("code_tries", "address_id", "addresses"),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_code_tries_address_id", "code_tries", ["address_id"])
    create_numbered(
        "join_requests",
        reference("join_requests", "address_id", "addresses"),
        sa.Column("number", sa.String(8), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
    )
    op.create_index("ix_join_requests_address_id", "join_requests", ["address_id"])
    op.create_index("ix_join_requests_number", "join_requests", ["number"])
    create_numbered(
        "drafts",
        reference("drafts", "address_id", "addresses"),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("about_id", BIG_ID),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.UniqueConstraint("address_id", "form", name="uq_drafts_address_id_form"),
    )


def create_outbox() -> None:
    """The outbox and its attempts."""
    create_numbered(
        "outbox",
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(40)),
        reference("outbox", "caregiver_id", "caregivers", nullable=True),
        reference("outbox", "address_id", "addresses", nullable=True),
        sa.Column("message_key", sa.String(120), nullable=False),
        sa.Column("occasion", sa.String(120), nullable=False),
        sa.Column("message", sa.JSON()),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("send_from", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("retry_at", INSTANT),
        sa.Column("lease_until", INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("resent", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("not_found_on", sa.Date()),
        sa.Column("language", sa.String(20)),
        sa.Column("external_id", sa.String(64)),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
    )
    op.create_index("ix_outbox_address_id_state", "outbox", ["address_id", "state"])
    op.create_index("ix_outbox_caregiver_id_state", "outbox", ["caregiver_id", "state"])
    op.create_index("ix_outbox_state_lane_send_from_id", "outbox", ["state", "lane", "send_from", "id"])
    create_unique_where("caregiver_id IS NULL", "uq_outbox_address_occasion", "outbox", ["address_id", "occasion"])
    create_unique_where(
        "caregiver_id IS NOT NULL",
        "uq_outbox_caregiver_message_occasion",
        "outbox",
        ["caregiver_id", "message_key", "occasion"],
    )
    create_numbered(
        "attempts",
        reference("attempts", "outbox_id", "outbox"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("result", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(300)),
    )
    op.create_index("ix_attempts_outbox_id", "attempts", ["outbox_id"])


def create_visits() -> None:
    """Vaccinations and answers to reminders."""
    create_numbered(
        "vaccinations",
        reference("vaccinations", "child_id", "children"),
        sa.Column("vaccine", sa.String(40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        reference("vaccinations", "actor_id", "actors", nullable=True),
        reference("vaccinations", "caregiver_id", "caregivers", nullable=True),
        reference("vaccinations", "facility_id", "facilities", nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
    )
    op.create_index("ix_vaccinations_caregiver_id", "vaccinations", ["caregiver_id"])
    op.create_index("ix_vaccinations_child_id", "vaccinations", ["child_id"])
    op.create_index("ix_vaccinations_facility_id", "vaccinations", ["facility_id"])
    create_unique_where(
        "withdrawn_at IS NULL", "uq_vaccinations_living", "vaccinations", ["child_id", "vaccine", "given_on", "source"]
    )
    create_numbered(
        "visit_answers",
        reference("visit_answers", "caregiver_id", "caregivers"),
        reference("visit_answers", "facility_id", "facilities"),
        sa.Column("visit_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.UniqueConstraint(
            "caregiver_id", "facility_id", "visit_on", name="uq_visit_answers_caregiver_id_facility_id_visit_on"
        ),
    )
    op.create_index("ix_visit_answers_facility_id", "visit_answers", ["facility_id"])


def create_programme() -> None:
    """What came in and whose turn it is, the audit log, and the runs of ticks."""
    op.create_table(
        "bots",
        sa.Column("bot", sa.String(40), nullable=False),
        sa.Column("last_update_id", sa.BigInteger()),
        sa.Column("username", sa.String(64)),
        sa.Column("paused_until", INSTANT),
        sa.PrimaryKeyConstraint("bot", name="pk_bots"),
    )
    create_numbered(
        "updates",
        sa.Column("bot", sa.String(40), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("problem", sa.String(300)),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("processed_at", INSTANT),
        sa.UniqueConstraint("bot", "update_id", name="uq_updates_bot_update_id"),
    )
    op.create_index("ix_updates_waiting", "updates", ["bot", "state", "chat", "id"])
    op.create_table(
        "chat_turns",
        sa.Column("bot", sa.String(40), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("oldest_waiting", BIG_ID),
        sa.Column("retry_at", INSTANT),
        sa.Column("lease_until", INSTANT),
        sa.PrimaryKeyConstraint("bot", "chat", name="pk_chat_turns"),
    )
    op.create_index("ix_chat_turns_bot_oldest_waiting", "chat_turns", ["bot", "oldest_waiting"])
    create_numbered(
        "audit_entries",
        sa.Column("at", INSTANT, nullable=False),
        reference("audit_entries", "actor_id", "actors", nullable=True),
        reference("audit_entries", "address_id", "addresses", nullable=True),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(120)),
        sa.Column("details", sa.JSON()),
    )
    op.create_index("ix_audit_entries_action", "audit_entries", ["action"])
    op.create_index("ix_audit_entries_actor_id", "audit_entries", ["actor_id"])
    op.create_index("ix_audit_entries_address_id", "audit_entries", ["address_id"])
    op.create_table(
        "tick_runs",
        sa.Column("tick", sa.String(40), nullable=False),
        sa.Column("ran_at", INSTANT, nullable=False),
        sa.Column("wall_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("tick", name="pk_tick_runs"),
    )
