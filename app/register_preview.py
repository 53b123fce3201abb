"""What people read about the spreadsheet of a register: what an import changes, and what is wrong."""

from collections.abc import Iterable, Iterator, Sequence

from domain.identifiers import ChildId
from domain.register_columns import RegisterColumns
from domain.register_doses import Change, DoseChange, WrittenDose
from domain.row_problem import RowProblem
from services.visits.import_register import ImportPlan

MOST_SHOWN = 200


def tell_problems(problems: Sequence[RowProblem]) -> tuple[str, ...]:
    """The first two hundred of them, and the count of the rest."""
    return _shortened([str(problem) for problem in problems], "mend these first and read the file again")


def tell_plan(plan: ImportPlan, columns: RegisterColumns) -> Iterator[str]:
    """What an import changes, in numbers and line by line where somebody may want to look."""
    counts = plan.counts
    if columns.not_read:
        yield f"Columns that are not read: {', '.join(columns.not_read)}."
    yield f"Children found: {len(plan.children)}. Not in the programme here: {len(plan.unknown)}."
    yield from _nicknames(plan)
    yield (
        f"New doses: {counts[Change.NEW]}. Reports of families confirmed: {counts[Change.CONFIRMED]}. "
        f"Days put right: {counts[Change.CORRECTED]}."
    )
    yield from _shortened(_changed_days(plan), "changed in the same way")
    ours = [(one.line, dose) for one in plan.children for dose in one.doses.only_ours]
    if ours:
        yield f"On our record and not in the register, left as they are: {len(ours)}."
        yield from _shortened([f"  line {line}: {_dose(dose)}" for line, dose in ours], "left as they are")
    if plan.unknown:
        yield f"No child here fits, and nothing was read: line {_lines(plan.unknown)}."
        alike = [f"  line {line}: only the birth date fits {_children(some)}" for line, some in _alike(plan)]
        yield from _shortened(alike, "with a birth date alone that fits")


def _alike(plan: ImportPlan) -> list[tuple[int, tuple[ChildId, ...]]]:
    return [(line, some) for line, some in sorted(plan.unknown.items()) if some]


def _nicknames(plan: ImportPlan) -> Iterator[str]:
    lines = [one.line for one in plan.children if not one.by_name]
    if lines:
        yield f"Found by birth date, sex and telephone, under another name: line {_lines(lines)}. Please look at them."


def _changed_days(plan: ImportPlan) -> list[str]:
    return [
        f"  line {one.line}: {_day_of(change.instead_of)} becomes {_dose(change)}"
        for one in plan.children
        for change in one.doses.changes
        if change.instead_of is not None
    ]


def _dose(dose: DoseChange | WrittenDose) -> str:
    return f"{dose.vaccine} {_day_of(dose)}"


def _day_of(dose: DoseChange | WrittenDose) -> str:
    known = isinstance(dose, DoseChange) or dose.date_known
    return dose.given_on.isoformat() if known else "of unknown day"


def _children(some: Iterable[ChildId]) -> str:
    return ", ".join(f"child {child}" for child in some)


def _lines(lines: Iterable[int]) -> str:
    shown = [str(line) for line in sorted(lines)]
    rest = len(shown) - MOST_SHOWN
    return ", ".join(shown[:MOST_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _shortened(lines: Sequence[str], rest_of: str) -> tuple[str, ...]:
    rest = len(lines) - MOST_SHOWN
    return (*lines[:MOST_SHOWN], f"And {rest:,} more, {rest_of}.") if rest > 0 else tuple(lines)
