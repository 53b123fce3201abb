"""Children who may be the same: initials and months only; and for staff, two files that may be one."""

from collections.abc import Sequence

from bot.drawing.buttons import Row, button, column
from domain.forms.enrolment import ENROLMENT
from domain.identifiers import FamilyId
from domain.message import OutgoingMessage, Text, Value
from services.enrolment.find_duplicates import Lookalike
from services.enrolment.merge_families import Blocked, FileInPair, MergeDone, Pair
from services.ports.merges import Undoing

ANYWAY = "anyway"


def lookalike_lines(lookalikes: Sequence[Lookalike]) -> tuple[Text, ...]:
    """A line for each child who may be the same."""
    return tuple(_line(one) for one in lookalikes)


def _line(one: Lookalike) -> Text:
    kind = "awaited" if one.awaited else "born"
    return Text(f"duplicate.line.{kind}", _values(one))


def _values(one: Lookalike) -> dict[str, Value]:
    return {"initials": one.initials, "month": f"{one.day:%m/%Y}", "since": one.enrolled_on}


def same_buttons(lookalikes: Sequence[Lookalike]) -> tuple[Row, ...]:
    """“The same child”: opens that family's entry, where the speaker may open it."""
    return column(
        button("duplicate.choice.same", "same_child", one.caregiver or 0, initials=one.initials) for one in lookalikes
    )


def draw_whether_same(lookalikes: Sequence[Lookalike], stamp: int) -> OutgoingMessage:
    """Before a family is saved that is perhaps with us already."""
    choices = (
        *same_buttons(lookalikes),
        (button("duplicate.choice.other", "form_save", ENROLMENT.name, stamp, ANYWAY),),
        (button("choice.back", "form_resume", ENROLMENT.name, stamp),),
    )
    return OutgoingMessage(Text("duplicate.ask", {"lines": lookalike_lines(lookalikes)}), choices)


def draw_elsewhere() -> OutgoingMessage:
    """The other file is at a station that this speaker does not work for."""
    return OutgoingMessage(Text("duplicate.elsewhere"))


def draw_pairs(pairs: Sequence[tuple[FileInPair, FileInPair]]) -> OutgoingMessage:
    """Every likely pair, a button each; and the way to what was joined before."""
    past = (button("duplicates.choice.merges", "merges"),)
    if not pairs:
        return OutgoingMessage(Text("duplicates.nothing"), (past,))
    entries = column(
        button("duplicates.choice.pair", "pair", one.family, other.family, one=_initials(one), other=_initials(other))
        for one, other in pairs
    )
    return OutgoingMessage(Text("duplicates.list", {"count": len(pairs)}), (*entries, past))


def _initials(file: FileInPair) -> str:
    return ", ".join(file.initials)


def draw_pair(pair: Pair) -> OutgoingMessage:
    """Both files beside each other."""
    values: dict[str, Value] = {"kept": _file(pair.kept), "merged": _file(pair.merged)}
    pages = tuple(
        button(f"duplicates.choice.{which}", "family_page", file.family)
        for which, file in (("kept", pair.kept), ("merged", pair.merged))
    )
    back = (button("duplicates.choice.back", "duplicates"),)
    if pair.blocked:
        key = "duplicates.ask_nurse" if pair.blocked is Blocked.REMOVED else "duplicates.blocked"
        return OutgoingMessage(Text(key, values), (pages, back))
    merge = (button("duplicates.choice.merge", "merge", pair.kept.family, pair.merged.family),)
    return OutgoingMessage(Text("duplicates.pair", values), (pages, merge, back))


def _file(file: FileInPair) -> Text:
    values: dict[str, Value] = {
        "facility": file.facility or Text("common.station_unknown"),
        "since": file.enrolled_on,
        "children": tuple(
            Text(f"duplicates.child.{'awaited' if awaited else 'born'}", {"initials": initials, "on": day})
            for initials, (awaited, day) in zip(file.initials, file.days, strict=True)
        )
        or (Text("family_page.nobody"),),
        "members": tuple(
            Text(f"duplicates.member.{'joined' if joined else 'waiting'}", {"role": Text(f"choice.role.{role}")})
            for role, joined in file.roles
        )
        or (Text("family_page.nobody"),),
    }
    return Text("duplicates.file", values)


def draw_sure(pair: Pair) -> OutgoingMessage:
    """Once more before two files become one."""
    ids = (pair.kept.family, pair.merged.family)
    choices = (
        (button("duplicates.choice.merge_yes", "merge_yes", *ids),),
        (button("duplicates.choice.merge_no", "pair", *ids),),
    )
    return OutgoingMessage(Text("duplicates.sure", {"kept": _file(pair.kept), "merged": _file(pair.merged)}), choices)


def draw_merged(done: MergeDone | None) -> OutgoingMessage:
    """One file now; and the way back."""
    if done is None:
        return OutgoingMessage(Text("duplicates.past"), ((button("duplicates.choice.back", "duplicates"),),))
    choices = (
        (button("duplicates.choice.page", "family_page", done.kept.family),),
        (button("duplicates.choice.undo", "merge_undo", done.merge),),
    )
    return OutgoingMessage(Text("duplicates.merged", {"kept": _file(done.kept)}), choices)


def draw_merges(done: Sequence[MergeDone]) -> OutgoingMessage:
    """What was joined and can be parted again."""
    back = (button("duplicates.choice.back", "duplicates"),)
    if not done:
        return OutgoingMessage(Text("duplicates.no_merges"), (back,))
    entries = column(
        button("duplicates.choice.undo_one", "merge_undo", one.merge, initials=_initials(one.kept)) for one in done
    )
    return OutgoingMessage(Text("duplicates.merges"), (*entries, back))


def draw_undone(undone: Undoing | Blocked | None) -> OutgoingMessage:
    """Two files again, and what stayed with the first one."""
    back = ((button("duplicates.choice.back", "duplicates"),),)
    if undone is None:
        return OutgoingMessage(Text("duplicates.undone_before"), back)
    if isinstance(undone, Blocked):
        return OutgoingMessage(Text("duplicates.stay_one"), back)
    key = "duplicates.undone_partly" if undone.stayed else "duplicates.undone"
    return OutgoingMessage(Text(key, {"stayed": undone.stayed} if undone.stayed else {}), back)


def pair_of(first: int, second: int) -> tuple[FamilyId, FamilyId]:
    """Two numbers of a button as families."""
    return FamilyId(first), FamilyId(second)
