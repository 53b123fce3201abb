"""Hoa reads the texts, writes beside them, and what she wrote is taken in: all that is right, and nothing else."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from content.approvals import FILE as APPROVALS
from content.approvals import Approval, Approvals, format_approvals, load_approvals, text_hash
from content.desk import Desk, State, load_desk
from content.errors import ContentError
from content.new_language import add_language
from content.review.asking import BATCH, ask
from content.review.gettext_sheet import read_gettext_sheet, write_gettext_sheet
from content.review.judging import NO, YES, Intake, Judge, rows_of
from content.review.keeping import keep, revoke
from content.review.rules import load_rules
from domain.review_sheet import ReturnedText, ReviewBatch, ShownText, fingerprint
from tests.content.shelf import INTERFACE, MESSAGES, TODAY, VI, Shelf

SKIN, HELP, DANGER = "breastfeeding.week01.skin", "breastfeeding.week02.help", "breastfeeding.week02.danger"
HOA = "BS Nguyễn Thị Hoa"
BETTER = "{{ child|capital }} bỏ bú? Gọi ngay {{ emergency_phone }} nhé."


def row(shelf: Shelf, key: str, tag: str = "vi", **said: str) -> ReturnedText:
    """A row as the sheet of today has it, with what she said."""
    desk = load_desk(shelf.root)
    english = desk.library.catalogue.texts().get(key, "Gone.")
    shown = desk.written(key, tag).text if desk.message_of(key) else ""
    return replace(ReturnedText("line 3", key, english, fingerprint(shown)), **said)


def judged(shelf: Shelf, *rows: ReturnedText, tag: str = "vi") -> Intake:
    return Judge(load_desk(shelf.root), load_rules(shelf.root), HOA, TODAY).take_in(rows, tag)


def taken(shelf: Shelf, *rows: ReturnedText, tag: str = "vi") -> Intake:
    intake = judged(shelf, *rows, tag=tag)
    keep(load_desk(shelf.root), intake)
    return intake


def refusals(intake: Intake) -> str:
    return "\n".join(sentence for one in intake.refused for sentence in one.sentences)


def files(shelf: Shelf) -> dict[str, str]:
    return {file: shelf.read(file) for file in (VI, APPROVALS, MESSAGES)}


def test_her_yes_is_pinned_to_the_text_that_she_read(shelf: Shelf) -> None:
    text = load_desk(shelf.root).written(DANGER, "vi").text
    taken(shelf, row(shelf, DANGER, approved="Có"))
    assert load_approvals(shelf.root).entries == (
        replace(Approval(DANGER, "vi", text_hash(text), HOA, TODAY), line=load_approvals(shelf.root).entries[0].line),
    )
    assert not shelf.library().is_draft(DANGER, "vi")
    assert shelf.library().is_draft(DANGER, "zh")


def test_her_own_words_take_the_place_of_the_others_and_wait_for_her_yes(shelf: Shelf) -> None:
    taken(shelf, row(shelf, DANGER, new_text=BETTER))
    assert shelf.library().texts.find(DANGER, "vi").text == BETTER
    assert shelf.library().is_draft(DANGER, "vi")


def test_a_yes_beside_her_own_words_is_for_these(shelf: Shelf) -> None:
    taken(shelf, row(shelf, DANGER, new_text=BETTER, approved="yes"))
    approval = load_desk(shelf.root).written(DANGER, "vi").approval
    assert approval is not None
    assert (approval.sha256, approval.clinician) == (text_hash(BETTER), HOA)
    assert [one for one in shelf.findings() if "locales/vi/LC_MESSAGES/content.po" in one] == []


def test_the_same_file_again_changes_nothing(shelf: Shelf) -> None:
    rows = [row(shelf, DANGER, new_text=BETTER, approved="yes"), row(shelf, SKIN, approved="có")]
    taken(shelf, *rows)
    before = files(shelf)
    again = taken(shelf, *rows)
    assert (again.is_empty, again.stale, again.refused) == (True, [], [])
    assert files(shelf) == before


def test_nothing_else_in_the_files_changes(shelf: Shelf) -> None:
    shelf.update()
    before = files(shelf)
    taken(shelf, row(shelf, DANGER, new_text=BETTER))
    old = "{{ child }} không bú? Gọi {{ emergency_phone }}."
    assert files(shelf) == {**before, VI: before[VI].replace(old, BETTER)}


def test_words_about_other_english_are_stale_and_skipped(shelf: Shelf) -> None:
    was = row(shelf, DANGER, new_text=BETTER, approved="yes")
    shelf.spoil(MESSAGES, "does not drink?", "does not drink at all?")
    shelf.update()
    before = files(shelf)
    intake = taken(shelf, was, row(shelf, SKIN, approved="yes"))
    assert [one.key for one in intake.stale] == [DANGER]
    assert [one.key for one in intake.approvals] == [SKIN]
    assert files(shelf)[VI] == before[VI]


def test_english_that_was_changed_on_the_sheet_changes_nothing(shelf: Shelf) -> None:
    changed = replace(row(shelf, DANGER, approved="yes"), english="Other English.")
    assert [one.key for one in taken(shelf, changed).stale] == [DANGER]
    assert load_approvals(shelf.root).entries == ()


def test_a_yes_to_words_that_somebody_changed_meanwhile_is_not_kept(shelf: Shelf) -> None:
    was = row(shelf, DANGER, approved="yes")
    shelf.spoil(VI, "không bú?", "bỏ bú?")
    assert [one.key for one in taken(shelf, was).stale] == [DANGER]


def test_an_empty_row_is_left_alone_even_where_words_have_changed(shelf: Shelf) -> None:
    was = row(shelf, DANGER)
    shelf.spoil(VI, "không bú?", "bỏ bú?")
    intake = taken(shelf, was)
    assert (intake.is_empty, intake.stale) == (True, [])


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "never said": ({"new_text": "{{ child }} khát? Cho bé uống nước. Gọi {{ emergency_phone }}."}, "WATER_U6M"),
    "a placeholder is missing": ({"new_text": "Bé không bú? Gọi {{ emergency_phone }}."}, "placeholders differ"),
    "a number too many": ({"new_text": "{{ child }} bỏ bú 3 lần? Gọi {{ emergency_phone }}."}, "numbers differ"),
    "markup": ({"new_text": "<b>{{ child }} bỏ bú? Gọi {{ emergency_phone }}."}, "refuses the markup"),
    "too long": ({"new_text": f"{{{{ child }}}} bỏ bú? {'Gọi ngay. ' * 40}{{{{ emergency_phone }}}}"}, "too long"),
    "her mother died": ({"new_text": "Mẹ ơi, {{ child }} bỏ bú? Gọi {{ emergency_phone }}."}, "mother has died"),
    "template": ({"new_text": "{{ child }} {% if 1 %} {{ emergency_phone }}"}, "cannot be read"),
    "neither yes nor no": ({"approved": "maybe"}, "“maybe” is neither yes nor no"),
    "a formula": ({"problem": "A cell holds a formula."}, "formula"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_no_family_may_read_is_refused_with_its_reason(shelf: Shelf, wrong: str) -> None:
    said, told = WRONG[wrong]
    before = files(shelf)
    intake = taken(shelf, row(shelf, DANGER, **{"approved": "yes", **said}))
    assert told in refusals(intake)
    assert (intake.is_empty, files(shelf)) == (True, before)


def test_a_refused_row_holds_up_no_other(shelf: Shelf) -> None:
    intake = taken(shelf, row(shelf, DANGER, approved="maybe"), row(shelf, SKIN, approved="yes"))
    assert ([one.key for one in intake.refused], [one.key for one in intake.approvals]) == ([DANGER], [SKIN])


def test_a_key_that_is_gone_and_one_that_comes_twice_are_refused(shelf: Shelf) -> None:
    twice = row(shelf, DANGER, approved="yes")
    intake = taken(shelf, row(shelf, "breastfeeding.gone", approved="yes"), twice, replace(twice, new_text=BETTER))
    assert "no such text" in refusals(intake)
    assert "twice" in refusals(intake)
    assert (intake.texts, [one.key for one in intake.approvals]) == ({}, [DANGER])


def test_what_is_not_there_cannot_be_approved(shelf: Shelf) -> None:
    shelf.translate("vi", "content", {DANGER: ""})
    assert "no text that could be approved" in refusals(taken(shelf, row(shelf, DANGER, approved="yes")))
    taken(shelf, row(shelf, DANGER, approved="yes", new_text=BETTER))
    assert not shelf.library().is_draft(DANGER, "vi")


def test_her_yes_beside_new_english_takes_an_outdated_text_over(shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "does not drink?", "will not drink?")
    shelf.update()
    assert load_desk(shelf.root).written(DANGER, "vi").state is State.OUTDATED
    intake = taken(shelf, row(shelf, DANGER, approved="yes"))
    assert (list(intake.texts), len(intake.approvals)) == ([DANGER], 1)
    assert load_desk(shelf.root).written(DANGER, "vi").state is State.APPROVED
    assert [one for one in shelf.findings() if "locales/vi/LC_MESSAGES/content.po" in one] == []


def test_english_is_approved_like_any_other_and_changed_only_where_it_stands(shelf: Shelf) -> None:
    taken(shelf, row(shelf, DANGER, "en", approved="yes"), tag="en")
    assert not shelf.library().is_draft(DANGER, "en")
    changed = row(shelf, SKIN, "en", new_text="Hold {{ child }}. 8 to 12 times.")
    assert "stands in content/messages" in refusals(taken(shelf, changed, tag="en"))


def test_a_language_without_rules_of_its_own_is_taken_in_too(shelf: Shelf) -> None:
    add_language(shelf.root, "tyz")
    intake = taken(shelf, row(shelf, DANGER, "tyz", new_text=BETTER, approved="yes"), tag="tyz")
    assert (intake.refused, list(intake.texts)) == ([], [DANGER])
    assert not shelf.library().is_draft(DANGER, "tyz")


def test_a_text_without_a_place_in_the_translators_file_waits_for_an_update(shelf: Shelf) -> None:
    first = shelf.read(VI).split("\n\n")[0]
    shelf.write(VI, first + "\n")
    assert "run `make translations`" in refusals(taken(shelf, row(shelf, DANGER, new_text=BETTER)))


def test_no_to_what_somebody_approved_is_told_and_takes_nothing_back(shelf: Shelf) -> None:
    taken(shelf, row(shelf, DANGER, approved="yes"))
    intake = taken(shelf, row(shelf, DANGER, approved="không"))
    assert f"{HOA} has approved it" in refusals(intake)
    assert not shelf.library().is_draft(DANGER, "vi")
    assert taken(shelf, row(shelf, SKIN, approved="không")).is_empty


def test_remarks_are_told_and_change_nothing(shelf: Shelf) -> None:
    intake = taken(shelf, row(shelf, DANGER, remark="Khó hiểu."))
    assert ([one.sentences for one in intake.remarks], intake.is_empty) == ([("Khó hiểu.",)], True)


def test_when_one_file_cannot_be_written_neither_is(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    intake, before = judged(shelf, row(shelf, DANGER, new_text=BETTER, approved="yes")), files(shelf)
    write = Path.write_text

    def full(path: Path, text: str, encoding: str) -> int:
        if "approvals" in path.name:
            raise OSError("No space left on device")
        return write(path, text, encoding=encoding)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        keep(load_desk(shelf.root), intake)
    assert files(shelf) == before
    assert [name for _, _, names in os.walk(shelf.root) for name in names if name.endswith(".new")] == []


def test_a_message_is_approved_with_all_its_parts_and_taken_back_with_them(shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "tier: 2", "parts: {title: Water}\n    tier: 2")
    shelf.update()
    shelf.translate("vi", "content", {f"{HELP}#title": "Nước"})
    taken(shelf, *rows_of(load_desk(shelf.root), HELP, "vi"))
    assert {one.key for one in load_approvals(shelf.root).entries} == {HELP, f"{HELP}#title"}
    assert list(revoke(load_desk(shelf.root), f"{HELP}#title", "vi")) == [f"{HELP}#title"]
    assert list(revoke(load_desk(shelf.root), HELP, "zh")) == []
    assert list(revoke(load_desk(shelf.root), HELP, "vi")) == [HELP]
    assert shelf.read(APPROVALS) == "approvals: []\n"


def test_one_approval_takes_the_place_of_the_one_before(shelf: Shelf) -> None:
    taken(shelf, row(shelf, DANGER, approved="yes"))
    taken(shelf, row(shelf, DANGER, new_text=BETTER))
    assert load_desk(shelf.root).written(DANGER, "vi").state is State.CHANGED
    taken(shelf, row(shelf, DANGER, approved="yes"))
    assert len(load_approvals(shelf.root).entries) == 1


@pytest.mark.parametrize("name", ["Hoa: #1", 'BS "Hoa"', "- x", "华医生", "yes"])
def test_whatever_a_name_is_made_of_it_is_read_back(shelf: Shelf, name: str) -> None:
    head = "# Head.\n# More of it, approvals: of course.\n"
    approval = Approval("a.b#title", "vi", "1" * 64, name, TODAY)
    shelf.write(APPROVALS, format_approvals(Approvals((approval,)), head))
    assert [replace(one, line=0) for one in load_approvals(shelf.root).entries] == [approval]
    assert shelf.read(APPROVALS).startswith(head)


def test_batches_hold_thirty_and_keep_their_numbers(real: Shelf) -> None:
    desk = load_desk(real.root)
    whole = ask(desk, "vi")
    assert all(0 < len(one.texts) <= BATCH for one in whole)
    assert [text.key for one in whole for text in one.texts] == list(desk.all_keys())
    first = whole[0].texts
    keep(desk, Intake("vi", approvals=[_approval(desk, one.key) for one in first]))
    left = ask(load_desk(real.root), "vi", draft_only=True)
    assert [one.number for one in left] == [one.number for one in whole][1:]
    assert left[0].texts[0].key == whole[1].texts[0].key


def test_a_topic_is_asked_about_alone_and_parts_stay_together(real: Shelf) -> None:
    batches = ask(load_desk(real.root), "zh", topic="danger")
    assert {text.message.topic for one in batches for text in one.texts} == {"danger"}
    owners = [{text.message.key for text in one.texts} for one in batches]
    assert sum(map(len, owners)) == len(set[str]().union(*owners))


def _approval(desk: Desk, key: str) -> Approval:
    return Approval(key, "vi", text_hash(desk.written(key, "vi").text), HOA, TODAY)


def test_the_words_for_yes_and_no_on_the_sheet_are_understood(real: Shelf) -> None:
    tables = real.library().texts.tables
    for tag in ("vi", "zh", "en"):
        assert tables[tag]["review.yes"] in YES
        assert tables[tag]["review.no"] in NO


def gettext(path: Path, *texts: ShownText) -> Path:
    file = path / "sheet.po"
    file.write_text(write_gettext_sheet([ReviewBatch(1, "Đợt 1", texts)], "vi"), encoding="utf-8")
    return file


def shown(shelf: Shelf, keys: Iterable[str]) -> list[ShownText]:
    desk = load_desk(shelf.root)
    english = desk.library.catalogue.texts()
    return [ShownText(key, "day 1", "draft", english[key], desk.written(key, "vi").text, "?", "WHO") for key in keys]


def test_a_gettext_file_carries_the_same(shelf: Shelf, tmp_path: Path) -> None:
    file = gettext(tmp_path, *shown(shelf, (SKIN, HELP, DANGER)))
    untouched = read_gettext_sheet(file)
    assert (untouched.language, [one.is_answered for one in untouched.texts]) == ("vi", [False] * 3)
    answered = file.read_text("utf-8").replace("# approved:", "# approved: có", 1).replace("không bú", "bỏ bú")
    file.write_text(answered.replace("# remark:", "# remark: hay", 1), encoding="utf-8")
    intake = taken(shelf, *read_gettext_sheet(file).texts)
    assert [one.key for one in intake.approvals] == [SKIN]
    assert intake.texts == {DANGER: "{{ child }} bỏ bú? Gọi {{ emergency_phone }}."}
    assert [one.sentences for one in intake.remarks] == [("hay",)]
    assert taken(shelf, *read_gettext_sheet(file).texts).is_empty


@pytest.mark.parametrize(
    ("text", "told"), [("no gettext", "cannot read this"), ("", "names no language"), ("\xff", "not UTF-8")]
)
def test_a_file_that_is_no_sheet_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "x.po").write_bytes(text.encode("latin-1"))
    with pytest.raises(ContentError, match=told):
        read_gettext_sheet(tmp_path / "x.po")


def test_the_interface_is_no_part_of_it(shelf: Shelf) -> None:
    assert "visit.coming.label" in shelf.read(INTERFACE)
    assert "no such text" in refusals(taken(shelf, row(shelf, "visit.coming.label", approved="yes")))
