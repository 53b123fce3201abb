"""The plan of the house, held against what stands: who may read a clock, ask the surroundings, see somebody's rows."""

import subprocess
import sys
from collections import Counter

import pytest

from tests.architecture.rooms import HOUSE, ROOMS, attributes_in, calls_in, files_of, functions_in, undocumented_in

WITHOUT_SIMULATOR = tuple(room for room in ROOMS if room != "simulator")
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
STOPWATCHES = {("time", "monotonic"), ("time", "monotonic_ns"), ("time", "perf_counter")}
SURROUNDINGS = {("os", "environ"), ("os", "getenv"), ("os", "putenv")}
MAY_TIME = {
    "app/clock.py": "it waits for a simulator that is still starting",
    "app/bot_process.py": "it gives the pace its real seconds",
    "app/observing.py": "it measures how long the database takes, and how old an answer is",
    "app/scheduler_process.py": "it waits for the sender, but not for ever",
}
MAY_ASK_SURROUNDINGS = {
    "app/settings.py": "the one place that reads settings",
    "app/demo/command.py": "it makes the demo's own settings",
}
SOMEBODYS = {
    ("families", "caregiver"),
    ("families", "child"),
    ("families", "children_with"),
    ("families", "family"),
    ("families", "households"),
}
MAY_SEE = {
    "services/visits/session_days/ask_calls.py": "who looks after a family of the facility whose day was changed",
    "services/access.py": "it decides",
    "services/library/find_cards.py": "the zone of those who speak from this chat",
    "services/library/find_messages.py": "the zone of one whom access_own gave",
    "services/messages/plan_day.py": "the planner, for everybody",
    "services/messages/read_as.py": "the reader of a message that is going to her",
    "services/enrolment/join.py": "the zone of one whom access_own gave",
    "services/enrolment/list_families.py": "the date of a family whose caregiver access_caregiver gave",
    "services/visits/call_details.py": "the child of a task that open_task gave",
    "services/visits/call_list.py": "the planner, for everybody whom no message reaches",
    "services/visits/out_of_reach.py": "the planner, for everybody whom no message reaches",
    "services/visits/missed/keep_ladder.py": "the planner of calls, for everybody",
    "services/visits/tell_urgent.py": "the planner, for every child",
    "services/visits/find_visits.py": "the schedule of one for whom the caller has access",
    "services/family/find_subjects.py": "the family of one whom access_own gave",
    "services/enrolment/claim_invite.py": "the one for whom the invite in the speaker's hand was made",
    "services/family/pause_messages.py": "the zone of one who speaks",
    "services/family/find_tip.py": "the zone of one who speaks",
    "services/family/show_children.py": "the zone of one who speaks",
    "services/family/show_known.py": "the station of one who speaks",
    "services/family/welcome.py": "the zone of one whom access_own gave",
    "services/privacy/change_consent.py": "the station of one whom access_own gave",
    "services/privacy/erase_again.py": "after a restore, the one whose own wish it was",
    "services/privacy/erase_due.py": "the tick that carries out her own wish",
    "services/privacy/export_known.py": "the zone and the station of one whom access_own gave",
    "services/visits/settle.py": "the family whose record has just changed",
    "services/visits/missed/climb_ladder.py": "the planner of calls, for everybody",
    "services/visits/missed/refusals.py": "a child whose record has just changed",
}


def users_of(wanted: set[tuple[str, str]], *rooms: str) -> set[str]:
    return {file for file in files_of(*rooms) if wanted.intersection(attributes_in(file))}


def test_only_the_clock_reads_a_clock() -> None:
    assert users_of(CLOCKS, *WITHOUT_SIMULATOR) == {"app/clock.py"}


def test_stopwatches_run_only_where_real_time_is_meant() -> None:
    assert users_of(STOPWATCHES, *WITHOUT_SIMULATOR) <= set(MAY_TIME)


def test_only_the_settings_look_at_the_surroundings() -> None:
    assert users_of(SURROUNDINGS, *ROOMS) == set(MAY_ASK_SURROUNDINGS)


def test_somebodys_rows_are_seen_only_through_access() -> None:
    assert users_of(SOMEBODYS, "services", "bot", "console", "scheduler") - set(MAY_SEE) == set()


def test_no_exception_from_access_has_outlived_its_reason() -> None:
    assert set(MAY_SEE) - users_of(SOMEBODYS, "services") == set()


def test_nothing_is_printed_past_the_log() -> None:
    assert {file for file in files_of(*ROOMS) for name, _call in calls_in(file) if name == "print"} == set()


@pytest.mark.parametrize("folder", ["alembic", "tests"])
def test_no_package_stands_where_it_would_shadow_a_library_or_a_room(folder: str) -> None:
    assert list((HOUSE / folder).rglob("__init__.py")) == []


def test_every_folder_of_a_room_is_a_package() -> None:
    folders = {(HOUSE / file).parent for file in files_of(*ROOMS)}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {file: len((HOUSE / file).read_text("utf-8").splitlines()) for file in files_of(*ROOMS, "tests")}
    assert {file: lines for file, lines in lengths.items() if lines > 400} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    functions = [found for file in files_of(*ROOMS, "tests") for found in functions_in(file)]
    assert [name for name, lines in functions if lines > 60] == []


def test_every_rule_of_the_domain_says_what_it_is() -> None:
    assert [place for file in files_of("domain") for place in undocumented_in(file)] == []


def test_every_file_says_what_it_is() -> None:
    assert [place for file in files_of(*ROOMS) for place in undocumented_in(file) if place == file] == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    empty = {"utils.py", "helpers.py", "manager.py", "data.py", "info.py", "process.py", "common.py", "misc.py"}
    assert [file for file in files_of(*ROOMS, "tests") if file.rpartition("/")[2] in empty] == []


def test_no_two_files_of_tests_have_one_name() -> None:
    names = Counter(file.rpartition("/")[2] for file in files_of("tests"))
    assert [name for name, count in names.items() if count > 1 and name.startswith("test_")] == []


def test_the_contracts_between_the_rooms_hold() -> None:
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=HOUSE, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
