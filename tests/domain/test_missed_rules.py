"""Who is called after a missed session day, and who came in vain and is never called for it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.attendance import STAYED_AWAY_FOR, AttendanceSource, Outcome, Why
from domain.calendar import add_months
from domain.identifiers import ChildId, FacilityId
from domain.missed import (
    CALL_WITHIN,
    Answer,
    CallOccasion,
    Miss,
    MissedCase,
    Rung,
    SessionOccasion,
    TurnedFor,
    call_occasion,
    count_misses,
    is_lacking_still,
    is_overdue,
    reported_as,
    rung_of,
    session_occasion,
    since_last_dose,
    standing_outcome,
    turned_away_for,
)
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.visits import URGENT_BEFORE

ON = date(2026, 12, 5)
TODAY = date(2026, 12, 6)
RECORD, REPORTED = AttendanceSource.RECORD, AttendanceSource.REPORTED
DPT = DoseForecast("dtp_booster", 4, "DPT", SeriesStatus.NOT_COMPLETE, due=date(2026, 11, 20))
AT_EIGHTEEN_MONTHS = MissedCase(ON, date(2025, 5, 20), (Miss(ON),), ever_vaccinated=True, lacking=(DPT,))


def test_the_first_miss_of_a_child_whom_nothing_hurries_is_nobodys_call() -> None:
    assert rung_of(AT_EIGHTEEN_MONTHS, TODAY) is Rung.NOBODY


@pytest.mark.parametrize(
    ("born", "rung"),
    [
        (date(2026, 6, 6), Rung.VOLUNTEER),  # five months and 29 days
        (date(2026, 6, 5), Rung.NOBODY),  # six months on the day itself
        (date(2026, 6, 4), Rung.NOBODY),
    ],
)
def test_under_six_months_the_first_miss_is_enough(born: date, rung: Rung) -> None:
    assert rung_of(replace(AT_EIGHTEEN_MONTHS, birth_date=born), TODAY) is rung


def test_six_months_end_on_the_first_of_the_next_month_where_the_month_is_too_short() -> None:
    born = date(2026, 8, 31)
    assert add_months(born, 6) == date(2027, 3, 1)
    last_day = replace(AT_EIGHTEEN_MONTHS, birth_date=born, on=date(2027, 2, 28), misses=(Miss(date(2027, 2, 28)),))
    assert rung_of(last_day, TODAY) is Rung.VOLUNTEER
    after = replace(last_day, on=date(2027, 3, 1), misses=(Miss(date(2027, 3, 1)),))
    assert rung_of(after, TODAY) is Rung.NOBODY


def test_a_child_who_was_never_vaccinated_is_called_at_once() -> None:
    assert rung_of(replace(AT_EIGHTEEN_MONTHS, ever_vaccinated=False), TODAY) is Rung.VOLUNTEER


@pytest.mark.parametrize(("days", "rung"), [(0, Rung.VOLUNTEER), (35, Rung.VOLUNTEER), (36, Rung.NOBODY)])
def test_a_dose_that_nears_its_last_day_hurries(days: int, rung: Rung) -> None:
    assert timedelta(days=35) == URGENT_BEFORE
    nearing = replace(DPT, group="rota", latest=TODAY + timedelta(days=days))
    assert rung_of(replace(AT_EIGHTEEN_MONTHS, lacking=(nearing,)), TODAY) is rung


@pytest.mark.parametrize(("group", "rung"), [("dtp_booster", Rung.VOLUNTEER), ("mcv", Rung.NOBODY)])
def test_an_outbreak_hurries_those_who_lack_a_dose_of_its_group(group: str, rung: Rung) -> None:
    assert rung_of(replace(AT_EIGHTEEN_MONTHS, outbreaks=frozenset({group})), TODAY) is rung


def test_the_second_miss_is_called_in_any_case_and_the_third_by_a_health_worker() -> None:
    days = [ON - timedelta(days=30 * n) for n in (2, 1, 0)]
    misses = tuple(Miss(day) for day in days)
    rungs = [rung_of(replace(AT_EIGHTEEN_MONTHS, misses=misses[-count:]), TODAY) for count in (1, 2, 3)]
    assert rungs == [Rung.NOBODY, Rung.VOLUNTEER, Rung.HEALTH_WORKER]


def test_nobody_calls_when_nothing_is_lacking() -> None:
    young = replace(AT_EIGHTEEN_MONTHS, birth_date=date(2026, 10, 5), lacking=(), ever_vaccinated=False)
    assert rung_of(young, TODAY) is Rung.NOBODY


def test_a_dose_begins_the_count_anew() -> None:
    misses = [Miss(date(2026, 11, 5)), Miss(date(2026, 10, 5)), Miss(ON)]
    assert [one.on.month for one in since_last_dose(misses, None)] == [10, 11, 12]
    assert [one.on.month for one in since_last_dose(misses, date(2026, 10, 20))] == [11, 12]
    assert since_last_dose(misses, ON) == ()


def test_who_had_said_that_they_cannot_come_is_excused_once_and_not_for_ever() -> None:
    first, second, third = (Miss(date(2026, month, 5), excused=True) for month in (10, 11, 12))
    assert [count_misses(one) for one in ([first], [first, second], [first, second, third])] == [0, 1, 2]
    assert count_misses([first, replace(second, excused=False), third]) == 1
    young = replace(AT_EIGHTEEN_MONTHS, birth_date=date(2026, 10, 5), misses=(Miss(ON, excused=True),))
    assert rung_of(young, TODAY) is Rung.NOBODY


@pytest.mark.parametrize(
    ("record", "reported", "outcome"),
    [
        (None, None, None),
        (Outcome.NOT_COME, None, Outcome.NOT_COME),
        (None, Outcome.NOT_COME, Outcome.NOT_COME),
        (Outcome.CAME, Outcome.NOT_COME, Outcome.CAME),
        (Outcome.NOT_COME, Outcome.TOO_MANY, Outcome.TOO_MANY),
        (Outcome.NOT_COME, Outcome.REFUSED, Outcome.REFUSED),
        (Outcome.POSTPONED, Outcome.NOT_COME, Outcome.POSTPONED),
    ],
)
def test_the_facilitys_word_goes_first_and_only_the_family_knows_whether_it_came_in_vain(
    record: Outcome | None, reported: Outcome | None, outcome: Outcome | None
) -> None:
    words = {RECORD: record, REPORTED: reported}
    assert standing_outcome({side: word for side, word in words.items() if word is not None}) is outcome


@pytest.mark.parametrize(
    ("outcome", "why", "source", "reason"),
    [
        (Outcome.NO_VACCINE, None, RECORD, TurnedFor.NO_VACCINE),
        (Outcome.TOO_MANY, None, REPORTED, TurnedFor.TOO_MANY),
        (Outcome.POSTPONED, Why.FEVER, RECORD, TurnedFor.POSTPONED),
        (Outcome.POSTPONED, None, RECORD, TurnedFor.POSTPONED),
        (Outcome.POSTPONED, Why.OTHER, REPORTED, TurnedFor.POSTPONED),
        (Outcome.POSTPONED, None, REPORTED, TurnedFor.NOT_SAID),
        (Outcome.NOT_COME, Why.ILL, REPORTED, None),
        (Outcome.CAME, None, RECORD, None),
    ],
)
def test_for_what_they_were_turned_away(
    outcome: Outcome, why: Why | None, source: AttendanceSource, reason: TurnedFor | None
) -> None:
    assert turned_away_for(outcome, why, source) is reason


def test_every_answer_is_kept_as_what_it_says() -> None:
    assert reported_as(Answer.VACCINATED) == (Outcome.CAME, None)
    assert reported_as(Answer.UNWANTED) == (Outcome.REFUSED, None)
    assert reported_as(Answer.STAYED) == (Outcome.NOT_COME, None)
    assert {reported_as(Answer.STAYED, why)[1] for why in STAYED_AWAY_FOR} == set(STAYED_AWAY_FOR)
    kept = {reason: reported_as(Answer.TURNED, reason) for reason in ("no_vaccine", "postponed", "too_many")}
    assert [turned_away_for(*word, REPORTED) for word in kept.values()] == [TurnedFor(reason) for reason in kept]
    assert turned_away_for(*reported_as(Answer.TURNED), REPORTED) is TurnedFor.NOT_SAID


@pytest.mark.parametrize(
    ("answer", "reason"), [(Answer.TURNED, "not_said"), (Answer.TURNED, "far"), (Answer.STAYED, "fever")]
)
def test_a_reason_that_was_not_offered_is_none(answer: Answer, reason: str) -> None:
    with pytest.raises(ValueError, match=r"not_said|far|fever"):
        reported_as(answer, reason)


@pytest.mark.parametrize(
    ("now", "lacking"),
    [
        (DPT, True),
        (replace(DPT, dose_number=3), True),  # an earlier one was withdrawn
        (replace(DPT, dose_number=5), False),
        (replace(DPT, status=SeriesStatus.COMPLETE, dose_number=None), False),
        (replace(DPT, status=SeriesStatus.AGED_OUT, dose_number=None), True),
        (replace(DPT, status=SeriesStatus.IMMUNE, dose_number=None), False),
        (replace(DPT, refused=True), False),
        (replace(DPT, group="mcv"), False),
    ],
)
def test_whether_a_dose_of_that_day_is_lacking_still(now: DoseForecast, lacking: bool) -> None:
    assert is_lacking_still(DPT, {now.group: now}) is lacking


def test_a_call_goes_on_to_a_health_worker_on_the_fourth_day() -> None:
    assert [is_overdue(TODAY, TODAY + timedelta(days=days)) for days in (0, 3, 4)] == [False, False, True]
    assert timedelta(days=3) == CALL_WITHIN


def test_the_occasions_say_what_they_are_about() -> None:
    about = SessionOccasion(FacilityId(7), ON)
    assert session_occasion("missed:7:2026-12-05") == session_occasion("turned:7:2026-12-05:12+13:1") == about
    assert session_occasion("visit:7:2026-12-05:1") is None
    call = CallOccasion(ChildId(12), ON)
    assert str(call) == "missed:12:2026-12-05"
    assert call_occasion(str(call)) == call_occasion(f"{call}:nurse") == call
