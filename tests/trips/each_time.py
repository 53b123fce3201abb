"""Which trips `make test` runs: all about the first walk through the house, and of each later paragraph the one that
would hurt most. `make trips` runs them all."""

EACH_TIME: dict[str, frozenset[str]] = {
    "test_applications.py": frozenset({"test_lan_scans_one_of_two_hundred_cards_and_minh_confirms_it_by_its_number"}),
    "test_birth.py": frozenset(
        {"test_mai_is_asked_at_her_hour_on_the_due_date_and_tells_the_birth_in_three_taps"},
    ),
    "test_birth_and_others.py": frozenset(),
    "test_changed_chats.py": frozenset({"test_lan_lost_her_telephone_and_minh_links_the_new_one"}),
    "test_consents.py": frozenset({"test_lan_takes_messages_back_and_gives_them_again"}),
    "test_duplicates.py": frozenset(),
    "test_first_months.py": frozenset({"test_lan_changes_hour_and_amount_and_what_is_planned_follows"}),
    "test_find.py": frozenset({"test_nobody_of_another_commune_finds_an"}),
    "test_forget.py": frozenset({"test_after_three_days_no_trace_of_lan_is_left"}),
    "test_graduation.py": frozenset(),
    "test_import_families.py": frozenset(),
    "test_kin.py": frozenset({"test_a_removed_father_can_do_nothing_with_what_he_kept"}),
    "test_loss.py": frozenset({"test_the_tip_of_tonight_never_goes_and_nothing_after_it"}),
    "test_loss_call.py": frozenset(),
    "test_loss_mother.py": frozenset({"test_what_was_planned_for_her_is_closed"}),
    "test_loss_undone.py": frozenset(),
    "test_moves.py": frozenset({"test_lan_says_no_and_everything_stays"}),
    "test_quiet_times.py": frozenset({"test_stop_is_one_tap_confirmed_once_and_back_at_any_time"}),
    "test_siblings.py": frozenset(),
    "test_stamps.py": frozenset({"test_an_answered_question_of_a_newer_draft_is_not_written_over"}),
    "test_volunteers.py": frozenset({"test_who_is_revoked_takes_no_invited_colleague_along"}),
}
"""Files that are not named run whole; of each test in several languages the Vietnamese one runs."""


def runs_each_time(file: str, name: str) -> bool:
    """Whether `make test` runs a trip, by its file and its name with parameters in brackets."""
    if file not in EACH_TIME:
        return True
    test, _, parameters = name.partition("[")
    in_another_language = parameters.endswith(("-zh]", "-en]"))
    return test in EACH_TIME[file] and not in_another_language
