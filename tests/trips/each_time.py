"""Which trips `make test` runs: all about the first walk through the house, and of each later paragraph the one that
would hurt most. `make trips` runs them all."""

EACH_TIME: dict[str, frozenset[str]] = {
    "test_after_the_vaccination.py": frozenset(
        {"test_a_danger_sign_at_night_sends_lan_for_help_and_rings_at_the_station"}
    ),
    "test_applications.py": frozenset({"test_lan_scans_one_of_two_hundred_cards_and_minh_confirms_it_by_its_number"}),
    "test_area_settings.py": frozenset(),
    "test_birth.py": frozenset(
        {"test_mai_is_asked_at_her_hour_on_the_due_date_and_tells_the_birth_in_three_taps"},
    ),
    "test_birth_and_others.py": frozenset(),
    "test_birth_date.py": frozenset(),
    "test_call_lists.py": frozenset({"test_minh_is_asked_to_tell_lan_of_the_day_and_never_why"}),
    "test_changed_chats.py": frozenset({"test_lan_lost_her_telephone_and_minh_links_the_new_one"}),
    "test_child_doses.py": frozenset(),
    "test_consents.py": frozenset({"test_lan_takes_messages_back_and_gives_them_again"}),
    "test_duplicates.py": frozenset(),
    "test_first_months.py": frozenset({"test_lan_changes_hour_and_amount_and_what_is_planned_follows"}),
    "test_find.py": frozenset({"test_nobody_of_another_commune_finds_an"}),
    "test_forget.py": frozenset({"test_after_three_days_no_trace_of_lan_is_left"}),
    "test_graduation.py": frozenset(),
    "test_history_at_enrolment.py": frozenset({"test_minh_reads_the_dates_from_the_card_and_nonsense_is_not_taken"}),
    "test_import_families.py": frozenset(),
    "test_kin.py": frozenset({"test_a_removed_father_can_do_nothing_with_what_he_kept"}),
    "test_loss.py": frozenset({"test_the_tip_of_tonight_never_goes_and_nothing_after_it"}),
    "test_loss_call.py": frozenset(),
    "test_loss_mother.py": frozenset({"test_what_was_planned_for_her_is_closed"}),
    "test_loss_undone.py": frozenset(),
    "test_missed.py": frozenset({"test_lan_did_not_come_and_minh_calls_without_knowing_why"}),
    "test_moves.py": frozenset({"test_lan_says_no_and_everything_stays"}),
    "test_quiet_times.py": frozenset({"test_stop_is_one_tap_confirmed_once_and_back_at_any_time"}),
    "test_reminders.py": frozenset(
        {
            "test_lan_comes_and_is_reminded_again_on_the_eve",
            "test_lan_cannot_come_and_is_reminded_of_the_next_day_instead",
            "test_an_is_vaccinated_already_and_nobody_reminds_of_it_again",
            "test_lan_changes_her_mind_and_her_last_word_counts",
            "test_after_the_day_lan_says_that_an_was_vaccinated_and_it_is_kept",
            "test_an_old_button_adds_nothing_to_what_the_nurse_wrote",
            "test_nobody_answers_for_lan",
            "test_who_says_after_the_day_that_she_comes_is_told_that_it_is_over",
            "test_siblings_and_twins_are_named_in_one_reminder",
        }
    ),
    "test_session_changes.py": frozenset(
        {"test_hoa_cancels_a_day_minh_calls_whom_no_chat_reaches_and_hoa_takes_it_back"}
    ),
    "test_session_of_sixty.py": frozenset({"test_hoa_closes_a_session_of_sixty_with_six_exceptions_in_three_minutes"}),
    "test_session_topics.py": frozenset(),
    "test_siblings.py": frozenset(),
    "test_stamps.py": frozenset({"test_an_answered_question_of_a_newer_draft_is_not_written_over"}),
    "test_volunteers.py": frozenset({"test_who_is_revoked_takes_no_invited_colleague_along"}),
    "test_why.py": frozenset(),
}
"""Files that are not named run whole; of each test in several languages the Vietnamese one runs."""


def runs_each_time(file: str, name: str) -> bool:
    """Whether `make test` runs a trip, by its file and its name with parameters in brackets."""
    if file not in EACH_TIME:
        return True
    test, _, parameters = name.partition("[")
    in_another_language = parameters.endswith(("-zh]", "-en]"))
    return test in EACH_TIME[file] and not in_another_language
