"""After a vaccination: who is asked what on which day, and what an answer means."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.aftercare import (
    SPANS,
    Advice,
    AftercareOccasion,
    Answer,
    Need,
    Watch,
    advice_for,
    danger_signs,
    is_digest_time,
    is_late,
    is_needless,
    is_planned_on,
    is_watched,
    is_young,
    kept_answer,
    need_of,
    parse_aftercare_occasion,
    told_between,
    usual_signs,
)
from domain.identifiers import ChildId
from domain.vaccination.schedule import Live, Vaccine
from tests.fakes.people import VIETNAM, moment_at

DAY = date(2026, 12, 5)
PENTA = Vaccine("PENTA", ("Diph", "Tet", "Pert"))
OPV = Vaccine("OPV", ("Polio",), Live.ORAL)
BCG = Vaccine("BCG", ("TB",), Live.INJECTED)
MR = Vaccine("MR", ("Measles", "Rubella"), Live.INJECTED)
ASKED = (Watch.EVENING, Watch.NEXT_DAY, Watch.BCG, Watch.MEASLES)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def local(instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(VIETNAM))


def between(watch: Watch, hour: int, minute: int = 0, *, on: date = DAY) -> tuple[datetime, datetime]:
    first, last = told_between(watch, DAY, moment_at(on, hour, minute).now, VIETNAM, seed="1")
    return local(first), local(last)


def planned(watch: Watch) -> list[int]:
    return [days for days in range(60) if is_planned_on(watch, DAY, after(days))]


def test_only_a_dose_of_today_is_asked_about_tonight_and_tomorrow() -> None:
    assert planned(Watch.EVENING) == planned(Watch.NEXT_DAY) == [0]


def test_bcgs_sore_is_spoken_of_in_its_third_week_and_measles_fever_from_day_seven() -> None:
    assert planned(Watch.BCG) == list(range(14, 21))
    assert planned(Watch.MEASLES) == [7, 8, 9]
    assert planned(Watch.ILL) == []


def test_bcg_and_every_vaccine_with_measles_have_a_watch_of_their_own() -> None:
    watches = {
        vaccine.code: [watch for watch in ASKED if is_watched(watch, [vaccine])] for vaccine in (PENTA, BCG, MR, OPV)
    }
    same_day = [Watch.EVENING, Watch.NEXT_DAY]
    assert watches == {
        "PENTA": same_day,
        "OPV": same_day,
        "BCG": [*same_day, Watch.BCG],
        "MR": [*same_day, Watch.MEASLES],
    }
    assert not any(is_watched(watch, []) for watch in ASKED)


def test_the_first_question_goes_between_six_and_eight_in_the_evening() -> None:
    first, last = between(Watch.EVENING, 9)
    assert first.date() == DAY
    assert 18 <= first.hour < 20
    assert last == local(moment_at(after(1), 17).now)


def test_what_the_nurse_writes_after_eight_is_asked_about_in_the_morning() -> None:
    assert between(Watch.EVENING, 19, 59)[0].date() == DAY
    first, last = between(Watch.EVENING, 20)
    assert (first.date(), first.hour) == (after(1), 7)
    assert first < last


def test_the_second_goes_the_evening_after_and_the_last_expires_after_48_hours() -> None:
    first, last = between(Watch.NEXT_DAY, 9)
    assert first.date() == after(1)
    assert 17 <= first.hour < 20
    assert last == local(moment_at(after(2), 18).now)


def test_two_questions_about_one_dose_are_never_of_use_at_the_same_time() -> None:
    for hour in range(24):
        for seed in range(20):
            now = moment_at(DAY, hour).now
            evening = told_between(Watch.EVENING, DAY, now, VIETNAM, seed=str(seed))
            following = told_between(Watch.NEXT_DAY, DAY, now, VIETNAM, seed=str(seed))
            assert evening[0] < evening[1] <= following[0] < following[1]


@pytest.mark.parametrize(("watch", "last"), [(Watch.BCG, 20), (Watch.MEASLES, 9)])
def test_a_watch_that_was_planned_late_goes_in_the_next_evening(watch: Watch, last: int) -> None:
    late = after(SPANS[watch].first + 1)
    first, until = between(watch, 7, on=late)
    assert first.date() == late
    assert 17 <= first.hour < 20
    assert until == local(moment_at(after(last), 20).now)


def test_in_chinas_hours_the_evening_is_chinas() -> None:
    now = datetime(2026, 12, 5, 11, 59, tzinfo=UTC)  # 19:59 in Huai'an
    first, _last = told_between(Watch.EVENING, DAY, now, "Asia/Shanghai", seed="1")
    assert first.astimezone(ZoneInfo("Asia/Shanghai")).date() == DAY
    night, _last = told_between(Watch.EVENING, DAY, now + timedelta(minutes=1), "Asia/Shanghai", seed="1")
    assert night.astimezone(ZoneInfo("Asia/Shanghai")).date() == after(1)


@pytest.mark.parametrize(
    ("watch", "days", "late"),
    [
        (Watch.EVENING, 2, False),
        (Watch.EVENING, 3, True),
        (Watch.NEXT_DAY, 2, False),
        (Watch.NEXT_DAY, 3, True),
        (Watch.BCG, 42, False),
        (Watch.BCG, 43, True),
        (Watch.MEASLES, 14, False),
        (Watch.MEASLES, 15, True),
    ],
)
def test_an_answer_is_late_when_the_dose_is_hardly_the_cause(watch: Watch, days: int, late: bool) -> None:
    assert is_late(watch, DAY, after(days)) is late


def test_in_the_first_two_months_advice_is_more_careful_and_fever_is_a_danger_sign() -> None:
    assert is_young(date(2026, 10, 6), DAY)
    assert not is_young(date(2026, 10, 5), DAY)
    assert is_young(date(2026, 12, 31), DAY)  # a birth date that was corrected
    assert advice_for(Watch.EVENING, [PENTA], young=True) is Advice.FIRST_WEEKS
    assert advice_for(Watch.NEXT_DAY, [OPV], young=True) is Advice.FIRST_WEEKS
    assert need_of(Answer.FEVER, young=True) is Need.ALARM
    assert need_of(Answer.FEVER, young=False) is Need.MORNING
    assert danger_signs(Watch.EVENING, young=True)[0] is Answer.HOT_OR_COLD
    assert danger_signs(Watch.EVENING, young=False)[0] is Answer.HIGH_FEVER


def test_drops_alone_are_spoken_of_as_drops() -> None:
    assert advice_for(Watch.EVENING, [OPV], young=False) is Advice.DROPS
    assert advice_for(Watch.EVENING, [OPV, PENTA], young=False) is Advice.INJECTION
    assert advice_for(Watch.NEXT_DAY, [PENTA], young=False) is Advice.NEXT_DAY
    assert advice_for(Watch.BCG, [BCG, OPV], young=True) is Advice.BCG
    assert advice_for(Watch.MEASLES, [MR], young=False) is Advice.MEASLES


@pytest.mark.parametrize("watch", list(Watch))
@pytest.mark.parametrize("young", [True, False])
def test_every_danger_sign_rings_at_once_and_every_other_waits_for_the_morning(watch: Watch, young: bool) -> None:
    assert {need_of(sign, young=young) for sign in danger_signs(watch, young=young)} == {Need.ALARM}
    assert {need_of(sign, young=young) for sign in usual_signs(watch)} == {Need.MORNING}
    assert need_of(Answer.DANGER, young=young) is Need.ALARM
    assert need_of(Answer.WELL, young=young) is need_of(Answer.NONE, young=young) is Need.NOTHING
    signs = [*danger_signs(watch, young=young), *usual_signs(watch)]
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize(
    ("earlier", "answer", "kept"),
    [
        (None, Answer.WELL, Answer.WELL),
        (None, Answer.NONE, Answer.FEVER),
        (Answer.FEVER, Answer.NONE, Answer.FEVER),
        (Answer.FEVER, Answer.ELSE, Answer.FEVER),
        (Answer.FEVER, Answer.WELL, Answer.WELL),
        (Answer.FEVER, Answer.DANGER, Answer.DANGER),
        (Answer.WELL, Answer.ELSE, Answer.ELSE),
        (Answer.ELSE, Answer.SORE, Answer.SORE),
        (Answer.DANGER, Answer.WELL, Answer.DANGER),
        (Answer.DANGER, Answer.FEVER, Answer.DANGER),
        (Answer.DANGER, Answer.FIT, Answer.FIT),
        (Answer.FIT, Answer.DANGER, Answer.FIT),
        (Answer.FIT, Answer.ELSE, Answer.FIT),
    ],
)
def test_her_latest_word_counts_but_danger_stays(earlier: Answer | None, answer: Answer, kept: Answer) -> None:
    assert kept_answer(earlier, answer, young=False) is kept


@pytest.mark.parametrize(
    ("watch", "answer", "need", "needless"),
    [
        (Watch.EVENING, Answer.WELL, Need.NOTHING, False),
        (Watch.EVENING, Answer.FEVER, Need.MORNING, False),
        (Watch.EVENING, Answer.ELSE, Need.MORNING, True),
        (Watch.EVENING, Answer.SORE, Need.LISTED, True),
        (Watch.EVENING, Answer.FIT, Need.ALARM, True),
        (Watch.NEXT_DAY, Answer.SORE, Need.MORNING, False),
    ],
)
def test_the_second_question_is_not_asked_when_the_nurse_knows_more(
    watch: Watch, answer: Answer, need: Need, needless: bool
) -> None:
    assert is_needless(Watch.NEXT_DAY, [(watch, answer, need)]) is needless


def test_after_danger_nothing_of_that_dose_is_asked_any_more() -> None:
    for watch in ASKED:
        assert is_needless(watch, [(Watch.EVENING, Answer.DANGER, Need.ALARM)])
        assert not is_needless(watch, [])
    assert not is_needless(Watch.BCG, [(Watch.EVENING, Answer.SORE, Need.LISTED)])


def test_the_occasion_names_children_day_watch_and_advice() -> None:
    occasion = AftercareOccasion((ChildId(1), ChildId(2)), DAY, Watch.NEXT_DAY, Advice.DROPS)
    assert str(occasion) == "after:1+2:2026-12-05:next_day:drops"
    assert parse_aftercare_occasion(str(occasion)) == occasion
    assert parse_aftercare_occasion("visit:1:2026-12-05:7") is None
    assert parse_aftercare_occasion("after_digest:1:2026-12-05") is None


@pytest.mark.parametrize(("hour", "reads"), [(6, False), (7, True), (8, True), (11, True), (12, False), (19, False)])
def test_the_nurse_reads_in_the_morning(hour: int, reads: bool) -> None:
    assert is_digest_time(moment_at(DAY, hour).now, VIETNAM) is reads


@pytest.mark.parametrize(("watch", "days"), [(Watch.BCG, 15), (Watch.MEASLES, 8)])
@pytest.mark.parametrize(("hour", "lands"), [(9, (17, 20)), (19, (17, 20)), (20, (7, 8)), (22, (7, 8))])
def test_a_late_watch_told_of_at_night_waits_for_the_morning(
    watch: Watch, days: int, hour: int, lands: tuple[int, int]
) -> None:
    now = moment_at(DAY + timedelta(days=days), hour, 30).now
    first, ends = told_between(watch, DAY, now, VIETNAM, seed="1")
    local = first.astimezone(ZoneInfo(VIETNAM))
    assert lands[0] <= local.hour < lands[1]
    assert local.date() == DAY + timedelta(days=days + int(lands[0] == 7))
    assert first < ends
