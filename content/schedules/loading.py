"""Reads schedule files into the plain values that domain/vaccination judges by, and refuses what it does not know."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from content.schedules.entries import Entry, ScheduleError, read_entry
from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.schedule import (
    Certainty,
    DoseRule,
    Gate,
    Interval,
    Live,
    Schedule,
    Series,
    SignOff,
    Source,
    Vaccine,
)

SCHEDULES_FOLDER = Path(__file__).parent
_AGES = "min_age absolute_min_age recommended_age overdue_age max_age"


def load_schedules(folder: Path = SCHEDULES_FOLDER) -> dict[str, Schedule]:
    """Every schedule of a folder by its key."""
    found: dict[str, Schedule] = {}
    for path in sorted(folder.glob("*.yaml")):
        schedule = load_schedule(path)
        if schedule.key in found:
            raise ScheduleError(f"{path.name}:1: another file has the schedule '{schedule.key}' already")
        found[schedule.key] = schedule
    return found


def load_schedule(path: Path) -> Schedule:
    """One schedule. Raises ScheduleError, which names the file and the line."""
    fields = read_entry(path).fields(
        "schedule version country effective_from signed_off live_injected_gap vaccines series", "gates"
    )
    vaccines = {key: _vaccine(key, entry) for key, entry in fields["vaccines"].named().items()}
    gates = {key: _gate(key, entry) for key, entry in fields["gates"].named().items()} if "gates" in fields else {}
    return Schedule(
        key=fields["schedule"].text(),
        version=fields["version"].text(),
        country=fields["country"].text(),
        effective_from=_day(fields["effective_from"]),
        signed_off=_sign_off(fields["signed_off"]),
        live_injected_gap=_age(fields["live_injected_gap"]),
        vaccines=vaccines,
        gates=gates,
        series=_all_series(fields["series"], vaccines, gates),
    )


def _sign_off(entry: Entry) -> SignOff | None:
    if entry.is_null():
        return None
    fields = entry.fields("by on")
    return SignOff(by=fields["by"].text(), on=_day(fields["on"]))


def _vaccine(code: str, entry: Entry) -> Vaccine:
    fields = entry.fields("antigens", "live paid")
    return Vaccine(
        code=code,
        antigens=tuple(antigen.text() for antigen in fields["antigens"].each()),
        live=fields["live"].read(Live, "injected or oral") if "live" in fields else None,
        paid="paid" in fields and _truth(fields["paid"]),
    )


def _gate(key: str, entry: Entry) -> Gate:
    fields = entry.fields("open note")
    return Gate(key=key, is_open=_truth(fields["open"]), note=fields["note"].text())


def _all_series(entry: Entry, vaccines: Mapping[str, Vaccine], gates: Mapping[str, Gate]) -> tuple[Series, ...]:
    found: dict[str, Series] = {}
    for item in entry.each():
        fields = item.fields("series doses", "gate sex follows")
        series = Series(
            key=fields["series"].text(),
            doses=_doses(fields["doses"], vaccines),
            gate=_known(fields.get("gate"), gates, "a gate of this file"),
            sex=fields["sex"].read(Sex, "female or male") if "sex" in fields else None,
            follows=_known(fields.get("follows"), found, "a series that stands above"),
        )
        if series.key in found:
            item.fail(f"the series '{series.key}' stands here twice")
        found[series.key] = series
    return tuple(found.values())


def _doses(entry: Entry, vaccines: Mapping[str, Vaccine]) -> tuple[DoseRule, ...]:
    doses: list[DoseRule] = []
    for item in entry.each():
        dose = _dose(item, vaccines)
        if doses and dose.number != doses[-1].number + 1:
            item.fail(f"dose {dose.number} does not follow dose {doses[-1].number}")
        if not doses and dose.min_age is None:
            item.fail("the first dose of a series needs the field 'min_age'")
        if doses and dose.interval is None:
            item.fail("a dose after another needs the field 'interval'")
        doses.append(dose)
    return tuple(doses)


def _dose(item: Entry, vaccines: Mapping[str, Vaccine]) -> DoseRule:
    fields = item.fields("dose vaccines source certainty", f"{_AGES} interval")
    certainty = fields["certainty"].read(Certainty, "verified, second_hand or memory")
    codes = [
        code.read(lambda text: vaccines[text].code, "a vaccine of this file") for code in fields["vaccines"].each()
    ]
    return DoseRule(
        number=fields["dose"].read(int, "the number of a dose"),
        vaccines=tuple(codes),
        source=Source(text=fields["source"].text(), certainty=certainty),
        interval=_interval(fields["interval"]) if "interval" in fields else None,
        **{name: _age(fields[name]) for name in _AGES.split() if name in fields},
    )


def _interval(entry: Entry) -> Interval:
    fields = entry.fields("minimum", "absolute recommended overdue")
    return Interval(**{name: _age(value) for name, value in fields.items()})


def _known(entry: Entry | None, known: Mapping[str, object], expected: str) -> str | None:
    if entry is None:
        return None
    if entry.text() not in known:
        entry.fail(f"{entry.text()!r} is not {expected}")
    return entry.text()


def _age(entry: Entry) -> Age:
    return entry.read(Age.parse, "a duration like '6 weeks' or '18 months - 4 days'")


def _day(entry: Entry) -> date:
    return entry.read(date.fromisoformat, "a date like 2026-07-01")


def _truth(entry: Entry) -> bool:
    return entry.read(lambda text: {"true": True, "false": False}[text], "true or false")
