"""What is next for An and the other children, worked out by hand from the text of Viet Nam's draft schedule."""

from datetime import date

import pytest

from content.schedules.loading import load_schedules
from domain.sex import Sex
from domain.vaccination.engine import Case, assess
from domain.vaccination.forecast import DoseForecast, SeriesStatus, due_doses
from domain.vaccination.history import GivenDose

SCHEDULE = load_schedules()["vn-epi"]
ALL_GATES = frozenset(SCHEDULE.gates)
BORN = date(2026, 1, 15)


def doses(*given_doses: str) -> list[GivenDose]:
    """ "PENTA 2026-03-15" as a given dose."""
    return [GivenDose(vaccine, date.fromisoformat(day)) for vaccine, day in (text.split() for text in given_doses)]


def forecasts(
    *given_doses: str,
    born: date = BORN,
    sex: Sex | None = Sex.FEMALE,
    today: str = "2026-07-01",
    open_gates: frozenset[str] = frozenset(),
) -> dict[str, DoseForecast]:
    case = Case(born, sex, date.fromisoformat(today), tuple(doses(*given_doses)), open_gates)
    return {dose.group: dose for dose in assess(SCHEDULE, case).forecasts}


def days(dose: DoseForecast) -> list[str]:
    return [str(day) for day in (dose.earliest, dose.due, dose.overdue, dose.latest)]


def test_a_newborn_has_every_first_dose_ahead() -> None:
    found = forecasts(today="2026-01-15")
    assert {
        key: (str(dose.earliest), str(dose.due), str(dose.overdue), str(dose.latest)) for key, dose in found.items()
    } == {
        "hepb_birth": ("2026-01-15", "2026-01-15", "2026-01-16", "2026-01-21"),
        "bcg": ("2026-01-15", "2026-01-15", "2026-02-15", "2027-01-14"),
        "penta_primary": ("2026-03-15", "2026-03-15", "2026-04-15", "None"),
        "td_7y": ("2033-01-15", "2033-01-15", "2034-01-15", "None"),
        "opv": ("2026-03-15", "2026-03-15", "2026-04-15", "None"),
        "ipv": ("2026-06-15", "2026-06-15", "2026-07-15", "None"),
        "mcv": ("2026-10-15", "2026-10-15", "2026-12-15", "None"),
        "je": ("2027-01-15", "2027-01-15", "2027-02-15", "None"),
    }


@pytest.mark.parametrize(
    ("born", "two_months"),
    [
        ("2025-12-28", "2026-02-28"),
        ("2025-12-29", "2026-03-01"),  # no 29 February in 2026
        ("2025-12-30", "2026-03-01"),
        ("2025-12-31", "2026-03-01"),
        ("2027-12-29", "2028-02-29"),
        ("2028-02-29", "2028-04-29"),
        ("2026-07-31", "2026-10-01"),  # no 31 September
    ],
)
def test_two_months_are_complete_for_children_born_at_the_end_of_a_month(born: str, two_months: str) -> None:
    found = forecasts(born=date.fromisoformat(born), today=born)
    assert str(found["penta_primary"].earliest) == two_months


def test_a_child_of_29_february_is_due_for_japanese_encephalitis_on_1_march() -> None:
    assert str(forecasts(born=date(2024, 2, 29), today="2025-01-01")["je"].due) == "2025-03-01"


@pytest.mark.parametrize(
    ("given_on", "next_dose"),
    [
        ("2026-02-25", 1),  # one day before six weeks
        ("2026-02-26", 2),  # six weeks: before the schedule's two months, but it counts
        ("2026-03-14", 2),
        ("2026-03-15", 2),
    ],
)
def test_a_first_dose_counts_from_six_weeks(given_on: str, next_dose: int) -> None:
    found = forecasts(f"PENTA {given_on}")["penta_primary"]
    assert found.dose_number == next_dose
    assert [str(dose.given_on) for dose in found.not_counted] == ([given_on] if next_dose == 1 else [])


@pytest.mark.parametrize(
    ("second", "next_dose", "earliest"),
    [
        ("2026-04-11", 2, "2026-05-09"),  # 27 days: does not count; the next waits from the dose that was given
        ("2026-04-12", 3, "2026-05-10"),  # 28 days
    ],
)
def test_twenty_eight_days_lie_between_two_doses(second: str, next_dose: int, earliest: str) -> None:
    found = forecasts("PENTA 2026-03-15", f"PENTA {second}")["penta_primary"]
    assert (found.dose_number, str(found.earliest)) == (next_dose, earliest)
    assert len(found.not_counted) == (1 if next_dose == 2 else 0)


def test_a_second_dose_is_possible_after_28_days_but_due_at_three_months() -> None:
    assert days(forecasts("PENTA 2026-03-10")["penta_primary"]) == ["2026-04-07", "2026-04-15", "2026-05-15", "None"]


@pytest.mark.parametrize(
    ("months", "first", "second_due"),
    [(11, "2026-12-15", "2027-01-12"), (13, "2027-02-15", "2027-03-15"), (25, "2028-02-15", "2028-03-14")],
)
def test_a_late_start_goes_on_28_days_later_and_never_begins_anew(months: int, first: str, second_due: str) -> None:
    late = forecasts(today=first)["penta_primary"]
    assert (late.dose_number, late.is_due(date.fromisoformat(first))) == (1, True)
    found = forecasts(f"PENTA {first}", today=first)["penta_primary"]
    assert (found.dose_number, str(found.earliest), str(found.due)) == (2, second_due, second_due)


def test_a_long_pause_does_not_begin_a_series_anew() -> None:
    found = forecasts("PENTA 2026-03-15", today="2030-03-15")["penta_primary"]
    assert (found.dose_number, str(found.due)) == (2, "2026-04-15")


def test_five_in_one_and_six_in_one_may_be_mixed() -> None:
    found = forecasts("PENTA 2026-03-15", "OPV 2026-03-15", "HEXA 2026-04-15", "HEXA 2026-05-15", today="2026-06-01")
    assert found["penta_primary"].status is SeriesStatus.COMPLETE
    assert found["opv"].status is SeriesStatus.COMPLETE
    # 15 May is past 14 weeks (23 April), 15 April is not: one of the two six-in-one is an injected polio dose.
    assert (found["ipv"].dose_number, str(found["ipv"].earliest)) == (2, "2026-10-15")


def test_the_booster_waits_for_the_three_first_doses() -> None:
    three = ("PENTA 2026-03-15", "PENTA 2026-04-15", "PENTA 2026-05-15")
    assert "dtp_booster" not in forecasts(*three[:2])
    booster = forecasts(*three)["dtp_booster"]
    assert (booster.dose_number, booster.vaccine, days(booster)) == (
        4,
        "DPT",
        ["2027-07-15", "2027-07-15", "2028-01-15", "None"],
    )


def test_a_late_third_dose_is_not_its_own_booster() -> None:
    found = forecasts("HEXA 2027-08-01", "HEXA 2027-09-01", "HEXA 2027-10-01", today="2027-10-02")
    assert found["penta_primary"].status is SeriesStatus.COMPLETE
    booster = found["dtp_booster"]
    assert (booster.dose_number, str(booster.earliest), booster.not_counted) == (4, "2028-04-01", ())


@pytest.mark.parametrize(("given_on", "status"), [("2027-07-14", "not_complete"), ("2027-07-15", "complete")])
def test_a_booster_one_day_before_18_months_does_not_count(given_on: str, status: str) -> None:
    three = ("PENTA 2026-03-15", "PENTA 2026-04-15", "PENTA 2026-05-15")
    assert forecasts(*three, f"DPT {given_on}", today="2027-08-01")["dtp_booster"].status == status


@pytest.mark.parametrize(("today", "status"), [("2026-01-21", "not_complete"), ("2026-01-22", "aged_out")])
def test_the_birth_dose_is_no_longer_given_from_the_seventh_day(today: str, status: str) -> None:
    assert forecasts(today=today)["hepb_birth"].status == status


@pytest.mark.parametrize(("today", "status"), [("2027-01-14", "not_complete"), ("2027-01-15", "aged_out")])
def test_bcg_is_no_longer_given_from_the_first_birthday(today: str, status: str) -> None:
    assert forecasts(today=today)["bcg"].status == status


def test_rotavirus_is_shown_only_where_its_gate_is_open() -> None:
    assert "rota" not in forecasts(today="2026-03-15")
    opened = forecasts(today="2026-03-15", open_gates=frozenset({"rota"}))["rota"]
    assert days(opened) == ["2026-03-15", "2026-03-15", "2026-04-15", "2026-07-14"]


@pytest.mark.parametrize(
    ("first", "today", "status"),
    [
        ("2026-06-16", "2026-06-16", "not_complete"),  # 28 days later is the last day before six months
        ("2026-06-17", "2026-06-17", "aged_out"),  # 28 days later the child is six months old
        ("2026-03-15", "2026-07-14", "not_complete"),
        ("2026-03-15", "2026-07-15", "aged_out"),
    ],
)
def test_rotavirus_is_not_begun_nor_ended_past_its_age(first: str, today: str, status: str) -> None:
    assert forecasts(f"ROTA2 {first}", today=today, open_gates=ALL_GATES)["rota"].status == status


def test_an_aged_out_dose_is_never_due() -> None:
    rota = forecasts(today="2026-07-15", open_gates=ALL_GATES)["rota"]
    assert rota.status is SeriesStatus.AGED_OUT
    assert not rota.is_due(date(2026, 7, 14))


@pytest.mark.parametrize(("sex", "is_shown"), [(Sex.FEMALE, True), (Sex.MALE, False), (None, False)])
def test_hpv_is_for_girls(sex: Sex | None, is_shown: bool) -> None:
    assert ("hpv" in forecasts(sex=sex, open_gates=ALL_GATES)) is is_shown


@pytest.mark.parametrize(
    ("vaccine", "given_on", "next_dose"),
    [
        ("MEASLES", "2026-10-14", 1),  # an outbreak's dose one day before nine months is extra
        ("MEASLES", "2026-10-15", 2),
        ("MMR", "2026-10-15", 2),
    ],
)
def test_measles_counts_from_nine_months(vaccine: str, given_on: str, next_dose: int) -> None:
    assert forecasts(f"{vaccine} {given_on}", today="2026-12-01")["mcv"].dose_number == next_dose


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ("MR 2027-07-15", "complete"),
        ("MR 2027-01-15", "complete"),  # from twelve months it counts
        ("MR 2027-01-14", "not_complete"),
        ("MEASLES 2027-07-15", "not_complete"),  # the second must hold rubella
    ],
)
def test_the_second_measles_dose_holds_rubella_and_counts_from_twelve_months(second: str, status: str) -> None:
    assert forecasts("MEASLES 2026-10-15", second, today="2027-08-01")["mcv"].status == status


@pytest.mark.parametrize(("bcg", "earliest"), [("2026-09-17", "2026-10-15"), ("2026-09-18", "2026-10-16")])
def test_injected_live_vaccines_stand_28_days_apart(bcg: str, earliest: str) -> None:
    assert str(forecasts(f"BCG {bcg}", today="2026-10-01")["mcv"].earliest) == earliest


def test_drops_do_not_hold_up_an_injected_live_vaccine() -> None:
    assert str(forecasts("OPV 2026-10-10", today="2026-10-11")["mcv"].earliest) == "2026-10-15"


def test_japanese_encephalitis_goes_by_its_intervals() -> None:
    second = forecasts("JE_INACT 2027-01-20", today="2027-01-20")["je"]
    assert (second.dose_number, days(second)) == (2, ["2027-01-27", "2027-01-27", "2027-02-03", "None"])
    third = forecasts("JE_INACT 2027-01-20", "JE_INACT 2027-02-20", today="2027-02-20")["je"]
    assert (third.dose_number, days(third)) == (3, ["2028-02-20", "2028-02-20", "2028-04-20", "None"])


def test_what_is_entered_for_a_later_day_does_not_count_yet() -> None:
    assert forecasts("PENTA 2026-03-15", today="2026-03-14")["penta_primary"].dose_number == 1


def test_due_doses_are_those_that_should_be_given_on_that_day() -> None:
    found = forecasts("HEPB0 2026-01-15", "BCG 2026-01-16", today="2026-03-15").values()
    assert due_doses(found, date(2026, 3, 14)) == ()
    assert [dose.vaccine for dose in due_doses(found, date(2026, 3, 15))] == ["PENTA", "OPV"]
    assert [dose.vaccine for dose in due_doses(found, date(2026, 6, 15))] == ["PENTA", "OPV", "IPV"]


def test_the_order_in_which_doses_were_entered_does_not_matter() -> None:
    assert forecasts("PENTA 2026-04-15", "PENTA 2026-03-15") == forecasts("PENTA 2026-03-15", "PENTA 2026-04-15")
