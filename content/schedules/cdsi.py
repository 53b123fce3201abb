"""CDC's CDSi supporting data as the values that domain/vaccination judges by. Nothing of it is kept here."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from content.schedules.cdsi_series import series
from content.schedules.entries import ScheduleError
from content.schedules.xml_entries import Node, cvx, read_xml
from domain.vaccination.ages import Age
from domain.vaccination.schedule import Apart, Group, Schedule, Taken, Target, Vaccine

GROUPS: Mapping[str, str] = {
    "DTaP/Tdap/Td": "DTAP",
    "Polio": "POL",
    "HepB": "HepB",
    "Hib": "HIB",
    "MMR": "MMR",
    "Pneumococcal": "PCV",
    "Rotavirus": "ROTA",
    "Varicella": "VAR",
    "HepA": "HepA",
}
"""The vaccine groups of childhood by their names in the XML, and the names that CDC's test cases give them."""
_SCHEDULE_FILE = "ScheduleSupportingData.xml"


def load_cdsi(folder: Path) -> Schedule:
    """The schedule of a folder with one XML file for each antigen and the schedule file.

    Raises ScheduleError when the folder, or a file that one of the groups needs, is missing or cannot be read.
    """
    if not folder.is_dir():
        raise ScheduleError(f"There is no folder {folder}.")
    schedule = read_xml(folder / _SCHEDULE_FILE)
    antigens = {node.text("series/targetDisease"): node for node in _antigen_files(folder)}
    taken = _taken(schedule)
    return Schedule(
        key="cdsi",
        version="",
        country="US",
        effective_from=date.min,
        signed_off=None,
        vaccines={code: Vaccine(code) for code in _vaccine_codes(schedule)},
        gates={},
        groups=tuple(_groups(schedule, antigens, taken)),
        apart=_apart(schedule),
        grace_after_early=False,
    )


def _antigen_files(folder: Path) -> list[Node]:
    return [read_xml(path) for path in sorted(folder.glob("AntigenSupportingData*.xml"))]


def _groups(schedule: Node, antigens: Mapping[str, Node], taken: Mapping[str, dict[str, Taken]]) -> list[Group]:
    held = {one.text("name"): one.each("antigen") for one in schedule.each("vaccineGroupToAntigenMap/vaccineGroupMap")}
    full = {
        one.text("name"): one.truth("administerFullVaccineGroup") for one in schedule.each("vaccineGroups/vaccineGroup")
    }
    found = []
    for name, key in GROUPS.items():
        targets = [antigen.words() for antigen in held.get(name, [])]
        missing = [target for target in targets if target not in antigens]
        if missing or not targets:
            raise ScheduleError(f"There is no file for {', '.join(missing) or name} in the folder of CDC's data.")
        found.append(Group(key, tuple(_target(one, antigens[one], taken) for one in targets), full.get(name, False)))
    return found


def _target(name: str, node: Node, taken: Mapping[str, dict[str, Taken]]) -> Target:
    standard = [one for one in node.each("series") if one.text("seriesType") == "Standard"]
    return Target(
        key=name,
        series=tuple(series(one) for one in standard),
        vaccines=taken.get(name, {}),
        immune_if_born_before=_immune_if_born_before(node),
    )


def _immune_if_born_before(node: Node) -> date | None:
    """Only what holds wherever somebody was born: the country of birth is not asked."""
    days = [
        one.day("immunityBirthDate", "%m/%d/%Y")
        for one in node.each("immunity/dateOfBirth")
        if not one.text("birthCountry")
    ]
    return max((day for day in days if day), default=None)


def _vaccine_codes(schedule: Node) -> list[str]:
    return [one.read("cvx", cvx, "a CVX code") for one in schedule.each("cvxToAntigenMap/cvxMap")]


def _taken(schedule: Node) -> Mapping[str, dict[str, Taken]]:
    """By antigen, the vaccines that hold it."""
    found: dict[str, dict[str, Taken]] = {}
    for one in schedule.each("cvxToAntigenMap/cvxMap"):
        for held in one.each("association"):
            ages = Taken(held.age("associationBeginAge"), held.age("associationEndAge"))
            found.setdefault(held.text("antigen"), {})[one.read("cvx", cvx, "a CVX code")] = ages
    return found


def _apart(schedule: Node) -> Mapping[str, Mapping[str, Apart]]:
    found: dict[str, dict[str, Apart]] = {}
    for one in schedule.each("liveVirusConflicts/liveVirusConflict"):
        end = one.read("conflictEndInterval", Age.parse, "a duration")
        apart = Apart(
            begin=one.read("conflictBeginInterval", Age.parse, "a duration"),
            end=end,
            end_if_valid=one.age("minConflictEndInterval") or end,
        )
        earlier = found.setdefault(one.read("previous/cvx", cvx, "a CVX code"), {})
        earlier[one.read("current/cvx", cvx, "a CVX code")] = apart
    return found
