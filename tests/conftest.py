"""Use cases that are tried on rows: here the rules matter, and the rows only carry them.

They are many and slow. `make check` leaves them to `make test`, which runs them on SQLite; on PostgreSQL they have
their turn with the trips.
"""

import gc
import os
from zlib import crc32

import pytest

USE_CASES = frozenset(
    {
        "test_answers_after_sessions.py",
        "test_area_rules.py",
        "test_audit_command.py",
        "test_audited_months.py",
        "test_call_list_rows.py",
        "test_campaign_messages.py",
        "test_campaigns_whole.py",
        "test_card_requests.py",
        "test_child_record.py",
        "test_clock_and_zones.py",
        "test_close_session.py",
        "test_closed_today.py",
        "test_correct_birth_date.py",
        "test_correct_record.py",
        "test_daily_steps_in_a_big_place.py",
        "test_deploy_files.py",
        "test_finish_topic.py",
        "test_forecast_rows.py",
        "test_grief_and_work.py",
        "test_hear_aftercare.py",
        "test_hours_command.py",
        "test_import_register.py",
        "test_kind_words.py",
        "test_missed_ladder.py",
        "test_missed_visits.py",
        "test_move_and_back.py",
        "test_outage.py",
        "test_own_advice.py",
        "test_plan_aftercare.py",
        "test_planned_pregnancies.py",
        "test_printed_cards.py",
        "test_quiet_zone.py",
        "test_races.py",
        "test_ran_out.py",
        "test_register_command.py",
        "test_reminder_rows.py",
        "test_reminder_words.py",
        "test_safe_place.py",
        "test_segments.py",
        "test_session_calls.py",
        "test_session_holidays.py",
        "test_session_other_hours.py",
        "test_session_stock.py",
        "test_session_telling.py",
        "test_status_command.py",
        "test_steps_only_add.py",
        "test_topic_two_nurses.py",
        "test_urgent_rows.py",
        "test_watch.py",
    }
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the use cases, and leave out what belongs to another part than the one that is asked for."""
    for item in items:
        if item.path.name in USE_CASES:
            item.add_marker(pytest.mark.use_case)
    part, _, parts = os.environ.get("TRIPS_PART", "1/1").partition("/")
    mine = {item: crc32(item.nodeid.encode()) % int(parts) == int(part) - 1 for item in items}
    config.hook.pytest_deselected(items=[item for item in items if not mine[item]])
    items[:] = [item for item in items if mine[item]]


def pytest_collection_finish() -> None:
    """What was collected stays: looking for garbage in it again and again costs a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)
