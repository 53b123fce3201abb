"""A campaign's rules: languages, the first few, when it will be finished, and which day of the year is next."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.campaigns.campaign import (
    CampaignAnswer,
    CampaignContent,
    Missing,
    YearlyDay,
    canary_size,
    next_yearly_day,
)
from domain.campaigns.finish import finish_of
from domain.campaigns.occasion import CampaignOccasion, Told, parse_campaign_occasion
from domain.identifiers import CampaignId

HANOI = "Asia/Ho_Chi_Minh"
TAY = ("tyz", "vi", "en")


def test_who_reads_tay_gets_vietnamese_unless_staff_leave_her_out() -> None:
    texts = {"vi": "Ngày mai có tiêm chủng.", "zh": "明天打疫苗。"}
    assert CampaignContent(texts).language_for(TAY) == "vi"
    assert CampaignContent(texts, missing=Missing.LEFT_OUT).language_for(TAY) is None


def test_a_text_whose_buttons_are_not_translated_counts_as_missing() -> None:
    answers = (CampaignAnswer({"vi": "Vâng"}),)
    content = CampaignContent({"vi": "Chị có đến không?", "zh": "您来吗？"}, answers)
    assert content.speaks("vi")
    assert not content.speaks("zh")


@pytest.mark.parametrize(("recipients", "canary"), [(0, 0), (7, 7), (20, 20), (500, 20), (2_001, 21), (100_000, 1_000)])
def test_one_in_a_hundred_goes_first_but_at_least_twenty(recipients: int, canary: int) -> None:
    assert canary_size(recipients) == canary


def test_a_hundred_thousand_at_thirty_a_second_take_56_minutes() -> None:
    noon = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    finish = finish_of({HANOI: 100_000}, begin=noon, rate=30.0)
    assert (finish.today, finish.later) == (100_000, 0)
    assert finish.ends_at - noon == timedelta(seconds=100_000 / 30)


def test_what_does_not_fit_before_eight_in_the_evening_goes_on_the_next_morning() -> None:
    last_minute = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)  # 19:59 in Hạ Long
    finish = finish_of({HANOI: 2_000}, begin=last_minute, rate=30.0)
    assert (finish.today, finish.later) == (1_800, 200)
    assert finish.ends_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC) + timedelta(seconds=200 / 30)


def test_what_is_begun_at_night_waits_for_the_morning() -> None:
    night = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # 03:00
    assert finish_of({HANOI: 30}, begin=night, rate=30.0).begins_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_what_goes_first_is_waited_for() -> None:
    noon = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    assert finish_of({HANOI: 30}, begin=noon, rate=30.0, before=300).begins_at == noon + timedelta(seconds=10)


def test_the_next_day_of_a_yearly_campaign_is_found_over_the_turn_of_the_year() -> None:
    june_and_december = (YearlyDay(6, 1), YearlyDay(12, 1))
    assert next_yearly_day(june_and_december, date(2026, 6, 1)) == date(2026, 6, 1)
    assert next_yearly_day(june_and_december, date(2026, 6, 2)) == date(2026, 12, 1)
    assert next_yearly_day(june_and_december, date(2026, 12, 2)) == date(2027, 6, 1)
    assert next_yearly_day((YearlyDay(2, 29),), date(2027, 1, 1)) == date(2027, 3, 1)
    assert next_yearly_day((), date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    "occasion",
    [
        CampaignOccasion(CampaignId(7)),
        CampaignOccasion(CampaignId(7), Told.CORRECTED, 3),
        CampaignOccasion(CampaignId(7), Told.WITHDRAWN),
    ],
)
def test_an_occasion_is_read_back(occasion: CampaignOccasion) -> None:
    assert parse_campaign_occasion(str(occasion)) == occasion


@pytest.mark.parametrize("other", ["child:7", "campaign", "campaign:x", "campaign:1:2:3", "campaign:²", ""])
def test_other_occasions_are_no_campaigns(other: str) -> None:
    assert parse_campaign_occasion(other) is None
