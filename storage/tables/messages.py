"""The outbox and its attempts."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, UniqueConstraint, false, text

from domain.sending.outbox import Lane
from storage.tables.base import Instant, id_column, metadata, reference

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("lane", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(40)),
    reference("caregiver_id", "caregivers", nullable=True, index=False),
    reference("address_id", "addresses", nullable=True, index=False),
    Column("bot", String(40), nullable=False, server_default=text("''")),
    Column("message_key", String(120), nullable=False),
    Column("occasion", String(120), nullable=False),
    Column("message", JSON(none_as_null=True)),
    Column("subjects", JSON, nullable=False),
    Column("send_from", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("retry_at", Instant),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("resent", Boolean, nullable=False, server_default=false()),
    Column("not_found_on", Date),
    Column("language", String(20)),
    Column("external_id", String(64)),
    Column("planned_at", Instant, nullable=False),
    Column("sent_at", Instant),
    sqlite_autoincrement=True,
)

# The database refuses the duplicate.
Index(
    "uq_outbox_caregiver_message_occasion",
    outbox.c.caregiver_id,
    outbox.c.message_key,
    outbox.c.occasion,
    unique=True,
    sqlite_where=outbox.c.caregiver_id.is_not(None),
    postgresql_where=outbox.c.caregiver_id.is_not(None),
)
Index(
    "uq_outbox_address_occasion",
    outbox.c.address_id,
    outbox.c.occasion,
    unique=True,
    sqlite_where=outbox.c.caregiver_id.is_(None),
    postgresql_where=outbox.c.caregiver_id.is_(None),
)
# In the order in which rows are claimed, so that a claim reads no further than its limit.
Index(
    "ix_outbox_state_bot_lane_send_from_id",
    *(outbox.c.state, outbox.c.bot, outbox.c.lane, outbox.c.send_from, outbox.c.id),
)
# What else is open for the same recipient.
Index("ix_outbox_caregiver_id_state", outbox.c.caregiver_id, outbox.c.state)
Index("ix_outbox_address_id_state", outbox.c.address_id, outbox.c.state)
# What became of a campaign, counted without a look at its rows; rows of other lanes cost nothing here.
OF_CAMPAIGNS = text(f"lane IN ({Lane.CAMPAIGN.value}, {Lane.CHANGE.value})")
Index(
    "ix_outbox_campaigns",
    *(outbox.c.occasion, outbox.c.state, outbox.c.reason, outbox.c.send_from),
    sqlite_where=OF_CAMPAIGNS,
    postgresql_where=OF_CAMPAIGNS,
)
# What was closed and may open again while its window lasts.
CLOSED = text("state = 'closed'")
Index(
    "ix_outbox_closed_lane_expires_at",
    outbox.c.lane,
    outbox.c.expires_at,
    sqlite_where=CLOSED,
    postgresql_where=CLOSED,
)

attempts = Table(
    "attempts",
    metadata,
    id_column(),
    reference("outbox_id", "outbox"),
    Column("at", Instant, nullable=False),
    Column("result", String(40), nullable=False),
    Column("detail", String(300)),
    sqlite_autoincrement=True,
)

# What a caregiver made of a message: whether it helped, what she answered to its quiz, and whether she keeps it.
message_marks = Table(
    "message_marks",
    metadata,
    id_column(),
    reference("caregiver_id", "caregivers"),
    Column("message_key", String(120), nullable=False),
    Column("helpful", Boolean),
    Column("answer", Integer),
    Column("kept_at", Instant),
    Column("at", Instant, nullable=False),
    UniqueConstraint("caregiver_id", "message_key"),
    sqlite_autoincrement=True,
)
# So that editors' counts read no rows.
Index("ix_message_marks_message_key_helpful", message_marks.c.message_key, message_marks.c.helpful)
