"""Campaigns as columns, and back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import RowMapping

from domain.campaigns.campaign import Campaign, CampaignAnswer, CampaignContent, CampaignState, Missing, YearlyDay
from domain.campaigns.segment import segment_as_data, segment_from_data
from domain.identifiers import ActorId, CampaignId
from domain.message import Media, MediaKind
from storage.tables import campaigns

MINUTE = timedelta(minutes=1)
_INSTANTS = ("created_at", "send_from", "approved_at", "started_at", "ended_at", "withdrawn_at")
_PERHAPS = ("before_pause", "approved_by_id", "repeats_of_id")


def draft_columns(campaign: Campaign) -> dict[str, Any]:
    """What a draft may change."""
    return {
        "title": campaign.title,
        "segment": segment_as_data(campaign.segment),
        "send_from": campaign.send_from,
        "lives_minutes": campaign.lives // MINUTE,
        "repeats": [[one.month, one.day] for one in campaign.repeats],
        "revision": campaign.revision,
        **content_columns(campaign.content),
    }


def content_columns(content: CampaignContent) -> dict[str, Any]:
    """What is said."""
    return {
        "texts": dict(content.texts),
        "answers": [dict(one.labels) for one in content.answers],
        "media": _encode_media(content.media) if content.media else None,
        "missing": content.missing.value,
    }


def campaign_columns(campaign: Campaign) -> dict[str, Any]:
    """All but its number."""
    return draft_columns(campaign) | {
        **{name: getattr(campaign, name) for name in _INSTANTS},
        "author_id": campaign.author,
        "state": campaign.state.value,
        "before_pause": campaign.before_pause.value if campaign.before_pause else None,
        "approved_by_id": campaign.approved_by,
        "broken": campaign.broken,
        "repeats_of_id": campaign.repeats_of,
    }


def campaign_of(row: RowMapping) -> Campaign:
    """The campaign of a row."""
    before, approved_by, repeats_of = (row[campaigns.c[name]] for name in _PERHAPS)
    return Campaign(
        id=CampaignId(row[campaigns.c.id]),
        author=ActorId(row[campaigns.c.author_id]),
        title=row[campaigns.c.title],
        state=CampaignState(row[campaigns.c.state]),
        before_pause=CampaignState(before) if before is not None else None,
        content=_content(row),
        segment=segment_from_data(row[campaigns.c.segment]),
        lives=row[campaigns.c.lives_minutes] * MINUTE,
        approved_by=ActorId(approved_by) if approved_by is not None else None,
        broken=row[campaigns.c.broken],
        revision=row[campaigns.c.revision],
        repeats=tuple(YearlyDay(month, day) for month, day in row[campaigns.c.repeats]),
        repeats_of=CampaignId(repeats_of) if repeats_of is not None else None,
        **{name: row[campaigns.c[name]] for name in _INSTANTS},
    )


def _content(row: RowMapping) -> CampaignContent:
    media = row[campaigns.c.media]
    return CampaignContent(
        texts=row[campaigns.c.texts],
        answers=tuple(CampaignAnswer(labels) for labels in row[campaigns.c.answers]),
        media=_decode_media(media) if media is not None else None,
        missing=Missing(row[campaigns.c.missing]),
    )


def _encode_media(media: Media) -> dict[str, str]:
    return {"kind": media.kind.value, "content_hash": media.content_hash}


def _decode_media(stored: Mapping[str, str]) -> Media:
    return Media(MediaKind(stored["kind"]), stored["content_hash"])
