"""What is wrong with what staff typed: too long, too short, or what must never be said to these families."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from domain.campaigns.campaign import LONGEST_LABEL, LONGEST_TEXT, Campaign, CampaignContent
from domain.campaigns.segment import Segment
from domain.media import LONGEST_CAPTION
from domain.message import Value
from services.programme import Programme
from services.turn import Work

DAYS_OF_A_MONTH = 30.4375


@dataclass(frozen=True)
class TextProblem:
    """A key of the interface that says what is wrong and what may be done, with its values."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


async def phones_of_site(work: Work) -> tuple[str, ...]:
    """The telephone numbers that a text may name: the programme's own."""
    provinces = await work.uow.area.provinces()
    return tuple(sorted({phone for one in provinces for phone in (one.emergency_phone, one.protection_phone)}))


def problems_of_text(
    programme: Programme, campaign: Campaign, text: str, language: str, *, phones: Collection[str]
) -> tuple[TextProblem, ...]:
    """Everything that keeps this text from being sent to these families."""
    longest = LONGEST_CAPTION if campaign.content.media else LONGEST_TEXT
    if not text.strip():
        return (TextProblem("campaign.problem.empty"),)
    if units_of(text) > longest:
        return (TextProblem("campaign.problem.too_long", {"length": units_of(text), "longest": longest}),)
    return _never_said(programme, campaign.segment, text, language, phones)


def problems_of_label(programme: Programme, campaign: Campaign, label: str, language: str) -> tuple[TextProblem, ...]:
    """The same for the label of a button."""
    if not label.strip():
        return (TextProblem("campaign.problem.empty_label"),)
    if units_of(label) > LONGEST_LABEL:
        return (TextProblem("campaign.problem.label_too_long", {"longest": LONGEST_LABEL}),)
    return _never_said(programme, campaign.segment, label, language, ())


def problems_of_content(work: Work, campaign: Campaign, *, phones: Collection[str]) -> tuple[TextProblem, ...]:
    """Everything that keeps the campaign from being submitted: judged anew, because whom it is for may have changed."""
    content, programme = campaign.content, work.programme
    found: list[TextProblem] = []
    if not campaign.title.strip():
        found.append(TextProblem("campaign.problem.no_title"))
    if not any(content.speaks(tag) for tag in content.texts):
        found.append(TextProblem("campaign.problem.no_text"))
    found += [TextProblem("campaign.problem.label_missing", {"language": tag}) for tag in _half_said(content)]
    for tag, text in content.texts.items():
        found += problems_of_text(programme, campaign, text, tag, phones=phones)
        for answer in content.answers:
            found += problems_of_label(programme, campaign, answer.labels[tag], tag) if tag in answer.labels else ()
    return tuple(found)


def _half_said(content: CampaignContent) -> Sequence[str]:
    return [tag for tag, text in content.texts.items() if text.strip() and not content.speaks(tag)]


def _never_said(
    programme: Programme, segment: Segment, text: str, language: str, phones: Collection[str]
) -> tuple[TextProblem, ...]:
    youngest, oldest = _ages(segment)
    found = programme.never_said(text, language, youngest_days=youngest, oldest_days=oldest, phones=tuple(phones))
    return tuple(TextProblem(f"never_said.{one.rule.lower()}", {"words": one.words}) for one in found)


def _ages(segment: Segment) -> tuple[int | None, int | None]:
    """In days; None: open, and judged as if the youngest were among them."""
    if not segment.by_age or segment.expecting:
        return None, None
    oldest = int(segment.age_to * DAYS_OF_A_MONTH) if segment.age_to is not None else None
    return int((segment.age_from or 0) * DAYS_OF_A_MONTH), oldest


def units_of(text: str) -> int:
    """Its length as the channel counts it, in units of UTF-16. Source: reference/telegram.md section 8.13."""
    return len(text.encode("utf-16-le")) // 2
