"""The trips that `make test` runs are there under the names by which it knows them."""

from tests.architecture.rooms import HOUSE
from tests.trips.each_time import EACH_TIME, runs_each_time


def test_every_trip_that_is_to_run_each_time_is_there() -> None:
    for file, names in EACH_TIME.items():
        written = (HOUSE / "tests" / "trips" / file).read_text("utf-8")
        assert [name for name in names if f"async def {name}(" not in written] == [], file


def test_of_a_trip_in_three_languages_one_runs_each_time() -> None:
    trip = "test_lan_scans_one_of_two_hundred_cards_and_minh_confirms_it_by_its_number"
    runs = {tag: runs_each_time("test_applications.py", f"{trip}[sqlite-{tag}]") for tag in ("vi", "zh", "en")}
    assert runs == {"vi": True, "zh": False, "en": False}
    assert runs_each_time("test_receiving.py", "test_anything[sqlite]")


def test_on_postgresql_fewer_run() -> None:
    runs = [
        runs_each_time("test_reminders.py", f"test_nobody_answers_for_lan[{kind}]") for kind in ("sqlite", "postgres")
    ]
    assert runs == [True, True]
    assert not runs_each_time("test_reminders.py", "test_siblings_and_twins_are_named_in_one_reminder[postgres]")
