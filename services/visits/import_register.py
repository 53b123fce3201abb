"""A station's register comes in from its spreadsheet: everything is looked at first, then all of it is kept or nothing.

The register wins over what families told and over days that differ a little. What our record has beyond it is only
told: a register may be behind.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from domain.area import Facility
from domain.identifiers import ChildId
from domain.register_columns import RegisterColumns
from domain.register_doses import Change, DoseChange, DoseComparison, WrittenDose, compare_doses
from domain.register_match import (
    Match,
    OwnChild,
    Unknown,
    Unsure,
    Verdict,
    find_child,
    near_days,
    settle_claims,
)
from domain.register_rows import RegisterChild
from domain.row_problem import RowProblem
from services.ports.visits import Vaccination, VaccinationSource, Withdrawal
from services.turn import Work
from services.visits.keep_doses import Teller, keep_doses

CHILDREN_AT_ONCE = 200


@dataclass(frozen=True)
class ChildImport:
    """A child that was found, where the register tells of it first, and what it brings."""

    line: int
    child: ChildId
    by_name: bool
    doses: DoseComparison


@dataclass(frozen=True)
class ImportPlan:
    """What a register changes. `unknown` are the lines of children who are not ours, with those who are a little like
    them."""

    children: tuple[ChildImport, ...]
    unknown: Mapping[int, tuple[ChildId, ...]]

    @property
    def counts(self) -> Counter[Change]:
        """How many doses are new, confirm a report, or put a day right."""
        return Counter(change.what for one in self.children for change in one.doses.changes)


async def map_register(work: Work, facility: Facility, columns: Mapping[str, str]) -> None:
    """Remember which heading is which field."""
    await work.uow.registers.set_columns(facility.id, columns)
    details = {"columns": len(columns)}
    await work.uow.programme.audit(
        "map_register", at=work.moment.now, subject=f"facility:{facility.id}", details=details
    )


async def plan_import(
    work: Work, facility: Facility, columns: RegisterColumns, children: Sequence[RegisterChild]
) -> ImportPlan | tuple[RowProblem, ...]:
    """What the register would change, or the rows of which it is unsure whom they mean."""
    rows = {child.line: child for child in children}
    found = settle_claims(await _find(work, facility, children))
    heading = columns.headings[columns.places["name"]]
    unsure = [(line, one.sentence) for line, one in found.items() if isinstance(one, Unsure)]
    if unsure:
        return tuple(RowProblem(line, heading, f"{sentence}.") for line, sentence in sorted(unsure))
    matches = {line: one for line, one in found.items() if isinstance(one, Match)}
    written = await work.uow.registers.written_doses([one.child for one in matches.values()])
    imports = []
    for line, match in matches.items():
        told = [(dose.vaccine, dose.given_on) for dose in rows[line].doses]
        comparison = compare_doses(told, written[match.child], columns.vaccines)
        imports.append(ChildImport(line, match.child, match.by_name, comparison))
    return ImportPlan(tuple(imports), {line: one.alike for line, one in found.items() if isinstance(one, Unknown)})


async def _find(work: Work, facility: Facility, children: Sequence[RegisterChild]) -> dict[int, Verdict]:
    """For each row by its line the child that it means. Only children whom the facility cares for are compared."""
    commune = facility.commune.id
    days = {day for child in children for day in near_days(child.birth_date)}
    ours: defaultdict[date, list[OwnChild]] = defaultdict(list)
    for known in await work.uow.merges.near(commune, born_on=days, due_on=()):
        if known.child is not None and known.facility == facility.id and known.traits.birth_date is not None:
            ours[known.traits.birth_date].append(OwnChild(known.child, known.traits))
    return {
        child.line: find_child(child, commune, [one for day in near_days(child.birth_date) for one in ours[day]])
        for child in children
    }


async def import_register(
    work: Work, facility: Facility, columns: RegisterColumns, children: Sequence[RegisterChild]
) -> ImportPlan | tuple[RowProblem, ...]:
    """Keep what the register says, all of it in this transaction; the same file a second time changes nothing."""
    await work.uow.registers.hold(facility.id)
    plan = await plan_import(work, facility, columns, children)
    if not isinstance(plan, ImportPlan):
        return plan
    changes = [(one.child, change) for one in plan.children for change in one.doses.changes]
    for child, change in changes:
        if change.instead_of is not None:
            await _put_right(work, facility, change.instead_of, _dose(child, change))
    for doses in _in_parts([_dose(child, change) for child, change in changes]):
        await keep_doses(work, doses, Teller(facility=facility.id))
    await _audit(work, facility, plan)
    return plan


async def _put_right(work: Work, facility: Facility, old: WrittenDose, dose: Vaccination) -> None:
    """One row goes and the register's takes its place; the old one stays as history.

    `keep_doses` comes upon it afterwards and does what follows, once for some hundred children and not for each dose.
    """
    visits, now = work.uow.visits, work.moment.now
    await visits.withdraw_row(old.row, why=Withdrawal.REGISTER, by=None, at=now)
    await visits.record([dose], at=now, facility=facility.id, corrects=old.row)


def _dose(child: ChildId, change: DoseChange) -> Vaccination:
    return Vaccination(child, change.vaccine, change.given_on, VaccinationSource.REGISTER)


def _in_parts(doses: Sequence[Vaccination]) -> Iterator[Sequence[Vaccination]]:
    """Some hundred children at once, all doses of a child together."""
    by_child: defaultdict[ChildId, list[Vaccination]] = defaultdict(list)
    for dose in doses:
        by_child[dose.child].append(dose)
    rest = iter(by_child.values())
    while some := tuple(islice(rest, CHILDREN_AT_ONCE)):
        yield [dose for doses_of_child in some for dose in doses_of_child]


async def _audit(work: Work, facility: Facility, plan: ImportPlan) -> None:
    details = {"children": len(plan.children), **{what.value: plan.counts[what] for what in Change}}
    subject = f"facility:{facility.id}"
    await work.uow.programme.audit("import_register", at=work.moment.now, subject=subject, details=details)
