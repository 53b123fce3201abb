"""Which trips `make test` runs: of each paragraph the ones that would hurt most. `make trips` runs them all."""

EACH_TIME: dict[str, frozenset[str]] = {
    "test_after_the_vaccination.py": frozenset(
        {"test_a_danger_sign_at_night_sends_lan_for_help_and_rings_at_the_station"}
    ),
    "test_applications.py": frozenset({"test_lan_scans_one_of_two_hundred_cards_and_minh_confirms_it_by_its_number"}),
    "test_area_settings.py": frozenset(),
    "test_backup_drill.py": frozenset(),
    "test_birth.py": frozenset(
        {"test_mai_is_asked_at_her_hour_on_the_due_date_and_tells_the_birth_in_three_taps"},
    ),
    "test_birth_and_others.py": frozenset(),
    "test_birth_date.py": frozenset(),
    "test_call_lists.py": frozenset({"test_minh_is_asked_to_tell_lan_of_the_day_and_never_why"}),
    "test_campaigns.py": frozenset({"test_hanh_writes_quang_approves_and_lan_gets_it_and_answers"}),
    "test_changed_chats.py": frozenset({"test_on_two_telephones_messages_come_to_the_one_used_last"}),
    "test_child_doses.py": frozenset(),
    "test_command_line.py": frozenset(
        {
            "test_a_database_that_is_away_or_newer_is_one_sentence",
            "test_a_running_bot_stops_at_once_and_holds_nothing",
            "test_a_token_that_telegram_does_not_know_is_one_sentence_without_it",
            "test_a_wrong_setting_is_named_with_what_was_expected",
            "test_everything_starts_with_telegram_unreachable_and_stops_at_once",
            "test_the_demo_shows_the_phones_goes_on_and_begins_anew",
        }
    ),
    "test_consents.py": frozenset({"test_lan_takes_messages_back_and_gives_them_again"}),
    "test_duplicates.py": frozenset(),
    "test_first_months.py": frozenset({"test_lan_changes_hour_and_amount_and_what_is_planned_follows"}),
    "test_find.py": frozenset({"test_nobody_of_another_commune_finds_an"}),
    "test_floods.py": frozenset({"test_today_in_words_that_waited_overnight_is_the_day_on_which_they_were_written"}),
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
    "test_old_buttons.py": frozenset(),
    "test_pictures.py": frozenset({"test_a_picture_goes_up_once_and_again_when_telegram_has_forgotten_it"}),
    "test_operations.py": frozenset({"test_what_could_not_be_answered_is_tried_again_when_hanh_says_so"}),
    "test_quiet_times.py": frozenset({"test_stop_is_one_tap_confirmed_once_and_back_at_any_time"}),
    "test_reminders.py": frozenset(
        {
            "test_lan_comes_and_is_reminded_again_on_the_eve",
            "test_lan_changes_her_mind_and_her_last_word_counts",
            "test_after_the_day_lan_says_that_an_was_vaccinated_and_it_is_kept",
            "test_nobody_answers_for_lan",
            "test_who_says_after_the_day_that_she_comes_is_told_that_it_is_over",
            "test_siblings_and_twins_are_named_in_one_reminder",
        }
    ),
    "test_blocks.py": frozenset({"test_lan_blocks_us_is_on_minhs_list_and_comes_back_without_a_backlog"}),
    "test_codes.py": frozenset({"test_a_used_link_is_worth_nothing_to_somebody_else"}),
    "test_enrolment.py": frozenset(
        {
            "test_a_hostile_name_comes_out_unharmed_wherever_it_stands",
            "test_lan_is_enrolled_scans_the_qr_and_gets_her_first_messages",
            "test_lan_joins_by_the_code_when_her_phone_cannot_scan",
            "test_minh_goes_back_and_corrects_and_loses_nothing",
            "test_save_tapped_twice_makes_one_family",
        }
    ),
    "test_hours_and_caps.py": frozenset(
        {
            "test_a_pause_that_telegram_asks_for_is_kept_and_is_no_attempt",
            "test_a_reminder_and_a_reply_that_may_have_arrived_are_sent_once_more",
            "test_a_tip_that_may_have_arrived_is_not_sent_again",
            "test_in_a_real_programme_drafts_and_unsigned_reminders_are_not_sent",
        }
    ),
    "test_joining.py": frozenset(
        {
            "test_a_question_with_buttons_does_not_swallow_a_cry_for_help",
            "test_nothing_is_kept_of_her_consent_before_she_has_answered_everything",
            "test_old_buttons_of_joining_change_nothing",
        }
    ),
    "test_late_enrolment.py": frozenset({"test_without_consent_for_messages_nothing_comes"}),
    "test_lost_days.py": frozenset({"test_after_lost_time_only_what_is_still_of_use_comes"}),
    "test_nurse.py": frozenset({"test_a_button_of_yesterdays_list_records_nothing"}),
    "test_pauses.py": frozenset({"test_what_is_answered_while_the_bot_is_away_counts"}),
    "test_roles.py": frozenset(
        {"test_binh_gets_a_friendly_sentence_for_every_forged_tap_and_it_is_written_down"},
    ),
    "test_sent_pictures.py": frozenset({"test_pictures_that_nobody_waits_for_are_never_opened"}),
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

ON_POSTGRES_EACH_TIME = frozenset(
    {
        "test_lan_comes_and_is_reminded_again_on_the_eve",
        "test_lan_changes_her_mind_and_her_last_word_counts",
        "test_nobody_answers_for_lan",
    }
)
"""Of the trips that run on PostgreSQL too; whatever kills processes runs there always."""


def runs_each_time(file: str, name: str) -> bool:
    """Whether `make test` runs a trip, by its file and its name with parameters in brackets."""
    if file not in EACH_TIME:
        return True
    test, _, parameters = name.partition("[")
    if "postgres" in parameters and test not in ON_POSTGRES_EACH_TIME:
        return False
    in_another_language = parameters.endswith(("-zh]", "-en]"))
    return test in EACH_TIME[file] and not in_another_language
