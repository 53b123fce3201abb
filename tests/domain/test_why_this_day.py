"""Why a dose counts or does not, and why a visit is on its day: worked out by hand for An of Quảng Ninh and others."""

from datetime import date

from content.schedules.loading import load_schedules
from domain.session_calendar import ChangeKind, SessionCalendar, SessionChange, StockOut
from domain.session_days import DaysOfMonth, SessionRule
from domain.sex import Sex
from domain.vaccination.engine import Assessment, Case, Exemption, assess
from domain.vaccination.history import GivenDose
from domain.vaccination.reasons import Reason
from domain.visits import Needs, next_visit
from domain.why import JudgedDose, PassedBecause, Verdict, VisitChoice, coming, in_force_instead, judged, why_this_day

SCHEDULES = load_schedules()
BORN = date(2026, 1, 15)
RULE = SessionRule((DaysOfMonth((5, 20)),))


def doses(*told: str) -> tuple[GivenDose, ...]:
    """ "PENTA 2026-03-15" as a given dose, "PENTA ?" as one of unknown date."""
    pairs = [text.split() for text in told]
    return tuple(GivenDose(vaccine, None if day == "?" else date.fromisoformat(day)) for vaccine, day in pairs)


def assessed(given: tuple[GivenDose, ...], key: str = "vn-epi", born: date = BORN, **more: object) -> Assessment:
    today = date.fromisoformat(str(more.get("today", "2026-04-01")))
    exempt = {str(more["refused"]): Exemption.REFUSED} if "refused" in more else {}
    return assess(SCHEDULES[key], Case(born, Sex.FEMALE, today, given, exemptions=exempt))


def verdicts(*told: str, key: str = "vn-epi", born: date = BORN, **more: object) -> list[JudgedDose]:
    given = doses(*told)
    return list(judged(given, assessed(given, key, born, **more).evaluations))


def chosen(
    today: str, *told: str, calendar: SessionCalendar | None = None, cannot: frozenset[date] = frozenset()
) -> VisitChoice:
    needs = Needs(assessed(doses(*told), today=today).forecasts)
    own, on = calendar or SessionCalendar(RULE), date.fromisoformat(today)
    return why_this_day(next_visit(needs, own, on, unless=cannot), needs, own, on, cannot=cannot)


NEWBORN = ("HEPB0 2026-01-15", "BCG 2026-01-16")
AT_TWO = (*NEWBORN, "PENTA 2026-03-20", "OPV 2026-03-20")


def test_what_was_given_in_time_counts() -> None:
    assert {one.verdict for one in verdicts(*AT_TWO)} == {Verdict.COUNTED}


def test_a_dose_three_days_too_young_does_not_count_and_says_so() -> None:
    # 6 weeks after 15 January is 26 February.
    (early,) = verdicts("PENTA 2026-02-23")
    assert (early.verdict, early.reason, early.details["days"]) == (Verdict.NOT_COUNTED, Reason.TOO_YOUNG, 3)


def test_a_live_vaccine_too_near_to_another_names_it() -> None:
    told = verdicts("MMR 2026-09-20", "JE_LIVE 2026-10-05", key="cn-nip", today="2026-11-01")
    assert told[0].verdict is Verdict.COUNTED
    assert (told[1].verdict, told[1].reason) == (Verdict.NOT_COUNTED, Reason.LIVE_TOO_NEAR)
    assert told[1].details["other"] == "MMR"


def test_a_dose_of_unknown_date_is_neither_counted_nor_wrong() -> None:
    assert [one.verdict for one in verdicts("PENTA ?", "UNKNOWN ?")] == [Verdict.DAY_UNKNOWN, Verdict.NOT_COUNTED]


def test_a_dose_behind_a_closed_gate_is_judged_when_it_was_given() -> None:
    (rota,) = verdicts("ROTA2 2026-03-20")
    assert rota.verdict is Verdict.COUNTED


def test_a_dose_is_judged_anew_when_the_birth_date_is_corrected() -> None:
    (before,) = verdicts("PENTA 2026-02-28")
    (after,) = verdicts("PENTA 2026-02-28", born=date(2026, 1, 25))
    assert (before.verdict, after.verdict) == (Verdict.COUNTED, Verdict.NOT_COUNTED)


def test_a_product_against_several_diseases_may_count_for_some_of_them() -> None:
    (six,) = verdicts("HEXA 2026-03-20")
    assert (six.verdict, six.reason) == (Verdict.IN_PART, Reason.TOO_YOUNG)


def test_what_comes_next_is_in_order_of_days_without_what_is_refused() -> None:
    groups = [dose.group for dose in coming(assessed(doses(*AT_TWO), refused="opv").forecasts)]
    assert groups[0] == "penta_primary"
    assert "opv" not in groups


def test_a_visit_is_on_the_first_session_with_something_due() -> None:
    choice = chosen("2026-04-01", *AT_TWO)
    assert choice.visit is not None
    assert (choice.visit.on, choice.first_due) == (date(2026, 4, 20), date(2026, 4, 17))
    assert choice.passed == ()


def test_a_cancelled_and_a_moved_day_are_named() -> None:
    days = (
        SessionChange(date(2026, 4, 20), ChangeKind.CANCELLED),
        SessionChange(date(2026, 5, 5), ChangeKind.MOVED, moved_to=date(2026, 5, 8)),
    )
    choice = chosen("2026-04-01", *AT_TWO, calendar=SessionCalendar(RULE, days))
    assert choice.visit is not None
    assert choice.visit.on == date(2026, 5, 8)
    assert [(one.on.isoformat(), one.because, one.moved_to) for one in choice.passed] == [
        ("2026-04-20", PassedBecause.CANCELLED, None),
        ("2026-05-05", PassedBecause.MOVED, date(2026, 5, 8)),
    ]


def test_a_day_on_which_the_family_cannot_come_is_named() -> None:
    choice = chosen("2026-04-01", *AT_TWO, cannot=frozenset({date(2026, 4, 20)}))
    assert choice.visit is not None
    assert choice.visit.on == date(2026, 5, 5)
    assert [(one.on, one.because) for one in choice.passed] == [(date(2026, 4, 20), PassedBecause.CANNOT)]


def test_a_day_without_any_of_the_vaccines_is_named_with_them() -> None:
    out = tuple(StockOut(code, date(2026, 4, 20), date(2026, 4, 20)) for code in ("PENTA", "OPV"))
    choice = chosen("2026-04-01", *AT_TWO, calendar=SessionCalendar(RULE, (), out))
    (passed,) = choice.passed
    assert (passed.because, passed.vaccines) == (PassedBecause.NO_VACCINE, ("PENTA", "OPV"))


def test_where_no_session_is_known_it_says_since_when_something_is_due() -> None:
    choice = chosen("2026-04-01", *AT_TWO, calendar=SessionCalendar(None))
    assert (choice.visit, choice.first_due) == (None, date(2026, 4, 17))


def test_what_stands_in_the_place_of_a_circular_no_longer_in_force_is_named_once() -> None:
    sources = [dose.source for dose in coming(assessed(()).forecasts)]
    assert in_force_instead(sources) == ("vn_circular_13_2026",)
    assert in_force_instead([]) == ()


def test_an_aged_out_group_asks_for_nothing() -> None:
    found = assessed((), today="2027-03-01", born=BORN).forecasts
    assert "bcg" not in {dose.group for dose in coming(found)}


def test_a_dose_whose_last_day_comes_before_any_session_is_named() -> None:
    choice = chosen("2026-01-17")  # hepatitis B of birth until 21 January, BCG until she is one year old
    assert choice.visit is not None
    assert (choice.visit.on, choice.waits_already, choice.first_due) == (date(2026, 1, 20), True, BORN)
    assert choice.too_late == ()
    later = chosen(
        "2026-01-17", calendar=SessionCalendar(RULE, (SessionChange(date(2026, 1, 20), ChangeKind.CANCELLED),))
    )
    assert [dose.group for dose in later.too_late] == ["hepb_birth"]
