"""Reads schedule files into the plain values that domain/vaccination judges by, and refuses what it does not know."""

from collections.abc import Mapping
from pathlib import Path

from content.schedules.entries import Entry, ScheduleError, read_entry
from content.schedules.group_entries import read_groups
from content.schedules.values import age, day, truth
from domain.vaccination.ages import Age
from domain.vaccination.history import UNKNOWN_VACCINE
from domain.vaccination.schedule import Apart, Gate, Live, Schedule, Vaccine
from domain.vaccination.sources import SignOff

SCHEDULES_FOLDER = Path(__file__).parent


def load_schedules(folder: Path = SCHEDULES_FOLDER) -> dict[str, Schedule]:
    """Every schedule of a folder by its key, in its oldest version: a newer one counts once staff activated it."""
    found: dict[str, Schedule] = {}
    for schedule in load_versions(folder):
        found.setdefault(schedule.key, schedule)
    return found


def load_versions(folder: Path = SCHEDULES_FOLDER) -> tuple[Schedule, ...]:
    """Every version of every schedule, a file each, by the day from which it is in force."""
    found: dict[tuple[str, str], Schedule] = {}
    for path in sorted(folder.glob("*.yaml")):
        schedule = load_schedule(path)
        if (schedule.key, schedule.version) in found:
            raise ScheduleError(f"{path.name}:1: another file has {schedule.key} {schedule.version} already")
        found[schedule.key, schedule.version] = schedule
    return tuple(sorted(found.values(), key=lambda one: (one.effective_from, one.version)))


def load_schedule(path: Path) -> Schedule:
    """One schedule. Raises ScheduleError, which names the file and the line."""
    fields = read_entry(path).fields(
        "schedule version country effective_from signed_off live_injected_gap vaccines groups", "gates"
    )
    vaccines = {key: _vaccine(key, entry) for key, entry in fields["vaccines"].named().items()}
    gates = {key: _gate(key, entry) for key, entry in fields["gates"].named().items()} if "gates" in fields else {}
    return Schedule(
        key=fields["schedule"].text(),
        version=fields["version"].text(),
        country=fields["country"].text(),
        effective_from=day(fields["effective_from"]),
        signed_off=_sign_off(fields["signed_off"]),
        vaccines=vaccines,
        gates=gates,
        groups=read_groups(fields["groups"], vaccines, gates),
        apart=_apart(vaccines, age(fields["live_injected_gap"])),
    )


def _sign_off(entry: Entry) -> SignOff | None:
    if entry.is_null():
        return None
    fields = entry.fields("by on")
    return SignOff(by=fields["by"].text(), on=day(fields["on"]))


def _vaccine(code: str, entry: Entry) -> Vaccine:
    if code == UNKNOWN_VACCINE:
        entry.fail(f"'{UNKNOWN_VACCINE}' is the code for a vaccine that nobody can name")
    fields = entry.fields("antigens", "live paid")
    return Vaccine(
        code=code,
        antigens=tuple(antigen.text() for antigen in fields["antigens"].each()),
        live=fields["live"].read(Live, "injected or oral") if "live" in fields else None,
        paid="paid" in fields and truth(fields["paid"]),
    )


def _gate(key: str, entry: Entry) -> Gate:
    fields = entry.fields("open note", "provinces")
    provinces = fields["provinces"].named() if "provinces" in fields else {}
    return Gate(
        key=key,
        is_open=truth(fields["open"]),
        note=fields["note"].text(),
        provinces={code: day(one.fields("from")["from"]) for code, one in provinces.items()},
    )


def _apart(vaccines: Mapping[str, Vaccine], gap: Age) -> Mapping[str, Mapping[str, Apart]]:
    """Injected live vaccines stand that far apart, whichever came first; others are not held up."""
    live = [code for code, vaccine in vaccines.items() if vaccine.live is Live.INJECTED]
    return {earlier: dict.fromkeys(live, Apart(end=gap, end_if_valid=gap)) for earlier in live}
