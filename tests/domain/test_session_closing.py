"""What a visit of An comes to, by what was due and what Hoa said of it."""

from datetime import date, timedelta

import pytest

from domain.attendance import POSTPONED_FOR, TURNED_AWAY, Outcome, Why
from domain.care.forecast import CareForecast
from domain.care.plan import CareKind
from domain.care.rounds import ENTERED_BY_STAFF
from domain.identifiers import ChildId, PregnancyId
from domain.session_closing import (
    UNMARKED,
    Mark,
    Say,
    VisitRecord,
    Who,
    may_be_closed,
    parse_say,
    parse_who,
    record_of,
    stamp_of,
    tally_of,
)
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.visits import Needs

DAY = date(2026, 12, 5)
AN, BE = Who(child=ChildId(1)), Who(child=ChildId(2))


def dose(group: str, vaccine: str) -> DoseForecast:
    return DoseForecast(group, 1, vaccine, SeriesStatus.NOT_COMPLETE, earliest=DAY, due=DAY)


CHECKUP = CareForecast("checkup_3_months", CareKind.CHECKUP, DAY, DAY, None, DAY, ENTERED_BY_STAFF)
NEEDS = Needs((dose("penta_primary", "PENTA"), dose("opv", "OPV"), dose("pcv", "PCV")), (CHECKUP,))
ACCEPTED = {
    "penta_primary": frozenset({"PENTA", "HEXA"}),
    "opv": frozenset({"OPV", "HEXA"}),
    "pcv": frozenset({"PCV"}),
}


def comes_to(mark: Mark, for_all: dict[str, str] | None = None) -> VisitRecord:
    return record_of(NEEDS, mark, for_all or {}, ACCEPTED)


def test_who_is_not_marked_came_and_got_all_that_was_due() -> None:
    assert comes_to(UNMARKED) == VisitRecord(Outcome.CAME, None, ("PENTA", "OPV", "PCV"), ("checkup_3_months",))


@pytest.mark.parametrize("outcome", [Outcome.NOT_COME, Outcome.REFUSED, Outcome.TOO_MANY])
def test_of_one_who_did_not_come_refused_or_had_to_leave_nothing_is_recorded(outcome: Outcome) -> None:
    assert comes_to(Mark(outcome)) == VisitRecord(outcome)


@pytest.mark.parametrize("why", POSTPONED_FOR)
def test_a_postponed_child_got_nothing_and_the_reason_is_kept(why: Why) -> None:
    assert comes_to(Mark(Outcome.POSTPONED, why)) == VisitRecord(Outcome.POSTPONED, why)


def test_where_one_vaccine_was_missing_the_others_were_given_and_it_is_the_services_failure() -> None:
    record = comes_to(Mark(lacking=frozenset({"PENTA"})))
    assert record == VisitRecord(Outcome.NO_VACCINE, None, ("OPV", "PCV"), ("checkup_3_months",))
    assert record.outcome in TURNED_AWAY


def test_a_vaccine_that_was_not_due_for_her_cannot_be_missing() -> None:
    assert comes_to(Mark(lacking=frozenset({"MMR"}))) == comes_to(UNMARKED)


def test_a_mothers_tetanus_vaccine_may_be_missing_too() -> None:
    record = record_of(Needs((), (CHECKUP,)), Mark(lacking=frozenset({CHECKUP.key})), {}, {})
    assert record == VisitRecord(Outcome.NO_VACCINE)


def test_what_six_in_one_holds_is_not_recorded_twice() -> None:
    assert comes_to(Mark(instead={"PENTA": "HEXA"})).vaccines == ("HEXA", "PCV")
    assert comes_to(UNMARKED, {"PENTA": "HEXA"}).vaccines == ("HEXA", "PCV")
    assert comes_to(UNMARKED, {"OPV": "HEXA"}).vaccines == ("HEXA", "PCV")


def test_both_replaced_by_the_same_product_are_one_dose() -> None:
    assert comes_to(Mark(instead={"PENTA": "HEXA", "OPV": "HEXA"})).vaccines == ("HEXA", "PCV")


def test_another_product_that_holds_nothing_else_replaces_only_its_own() -> None:
    assert comes_to(Mark(instead={"OPV": "IPV"})).vaccines == ("PENTA", "IPV", "PCV")


def test_what_is_said_of_one_goes_before_what_is_said_of_all() -> None:
    assert comes_to(Mark(instead={"PENTA": "PENTA"}), {"PENTA": "HEXA"}).vaccines == ("PENTA", "OPV", "PCV")


def test_a_replacement_that_was_missing_covers_nothing() -> None:
    record = comes_to(Mark(lacking=frozenset({"PENTA"})), {"PENTA": "HEXA"})
    assert record.vaccines == ("OPV", "PCV")


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (1, True), (2, True), (3, False)])
def test_a_session_is_closed_on_its_day_or_within_two_days(days: int, may: bool) -> None:
    assert may_be_closed(DAY, DAY + timedelta(days=days)) is may


@pytest.mark.parametrize("who", [AN, Who(pregnancy=PregnancyId(12))])
def test_whose_visit_it_is_fits_on_a_button(who: Who) -> None:
    assert parse_who(str(who)) == who


@pytest.mark.parametrize("word", ["", "0", "-1", "p", "x1", "p0", "1 ", "٣", "1" * 19, "pp1"])
def test_a_forged_visit_is_nobodys(word: str) -> None:
    assert parse_who(word) is None


@pytest.mark.parametrize(
    "say",
    [
        Say(Outcome.NOT_COME),
        Say(Outcome.REFUSED),
        Say(Outcome.TOO_MANY),
        Say(Outcome.POSTPONED, why=Why.FEVER),
        Say(Outcome.NO_VACCINE, vaccine="PENTA"),
    ],
)
def test_what_is_said_fits_on_a_button(say: Say) -> None:
    assert parse_say(str(say)) == say


@pytest.mark.parametrize("word", ["", "came", "postponed", "postponed-work", "no_vaccine", "not_come-fever", "missed"])
def test_what_cannot_be_said_is_not_read(word: str) -> None:
    assert parse_say(word) is None


def test_a_mark_knows_what_it_says() -> None:
    assert Mark(Outcome.POSTPONED, Why.FEVER).says(Say(Outcome.POSTPONED, why=Why.FEVER))
    assert not Mark(Outcome.POSTPONED, Why.FEVER).says(Say(Outcome.POSTPONED, why=Why.ILL))
    assert Mark(lacking=frozenset({"PENTA"})).says(Say(Outcome.NO_VACCINE, vaccine="PENTA"))
    assert not UNMARKED.says(Say(Outcome.NOT_COME))


def test_the_numbers_of_a_session_are_visits_by_outcome_and_doses_by_vaccine() -> None:
    tally = tally_of(
        [comes_to(UNMARKED), comes_to(Mark(lacking=frozenset({"PENTA"}))), comes_to(Mark(Outcome.NOT_COME))]
    )
    assert dict(tally.outcomes) == {Outcome.CAME: 1, Outcome.NO_VACCINE: 1, Outcome.NOT_COME: 1}
    assert tally.vaccines == {"OPV": 2, "PCV": 2, "PENTA": 1}


def test_a_stamp_changes_with_whatever_would_go_on_record_and_with_nothing_else() -> None:
    came, away = comes_to(UNMARKED), VisitRecord(Outcome.NOT_COME)
    assert stamp_of([(AN, came), (BE, away)]) == stamp_of([(BE, away), (AN, came)])
    others = [[(AN, came)], [(AN, away), (BE, came)], [(AN, came), (BE, VisitRecord(Outcome.REFUSED))]]
    assert stamp_of([(AN, came), (BE, away)]) not in {stamp_of(records) for records in others}
