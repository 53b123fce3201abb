"""One line of `cradle forecast`: a child in, what was counted and what comes next out. Nothing is guessed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.sex import Sex
from domain.vaccination.engine import Assessment, Case, DoseEvaluation
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.history import UNKNOWN_VACCINE, GivenDose
from domain.vaccination.schedule import Schedule

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CVX = re.compile(r"\d{2,3}", re.ASCII)
_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE}


class LineError(ValueError):
    """What is wrong with a line."""


@dataclass(frozen=True)
class Vaccines:
    """Which codes a line may use: those of a schedule, or any CVX code."""

    schedule: Schedule
    is_cvx: bool = False

    def code(self, text: str) -> str:
        """The code as the schedule has it. Raises LineError for one that it does not know."""
        if self.is_cvx:
            if not _CVX.fullmatch(text):
                raise LineError(f"{text!r} is not a CVX code of two or three digits")
            return f"{int(text):02d}"
        if text != UNKNOWN_VACCINE and text not in self.schedule.vaccines:
            known = ", ".join([*self.schedule.vaccines, UNKNOWN_VACCINE])
            raise LineError(f"{text!r} is not a vaccine of {self.schedule.key}; there are {known}")
        return text


def read_line(text: bytes, vaccines: Vaccines) -> tuple[str, Case, list[str]]:
    """The child's id, her case, and the vaccines as they were written. Raises LineError."""
    line = _mapping(_parsed(text), "the line", "id birth_date sex today doses")
    today, born = _day(line, "today"), _day(line, "birth_date")
    if born > today:
        raise LineError(f"birth_date {born} is after today {today}")
    doses = [_Dose.read(one, number, vaccines) for number, one in enumerate(_list(line, "doses"), start=1)]
    for number, dose in enumerate(doses, start=1):
        dose.check(born, today, number)
    case = Case(
        birth_date=born,
        sex=_sex(line),
        today=today,
        given=tuple(dose.given for dose in doses),
        open_gates=vaccines.schedule.default_gates,
    )
    return _text(line, "id"), case, [dose.written for dose in doses]


def answer_line(child: str, case: Case, written: list[str], found: Assessment) -> str:
    """The answer as one line of JSON."""
    doses = [
        {
            "date": str(dose.given_on),
            "vaccine": written[index],
            "evaluations": [_evaluation(one) for one in found.evaluations if one.dose == index and one.group],
        }
        for index, dose in enumerate(case.given)
    ]
    forecast = [_forecast(one) for one in found.forecasts]
    return json.dumps({"id": child, "doses": doses, "forecast": forecast}, ensure_ascii=False)


def _evaluation(one: DoseEvaluation) -> dict[str, object]:
    return {"group": one.group, "valid": one.valid, "reason": one.reason.value if one.reason else None}


def _forecast(one: DoseForecast) -> dict[str, object]:
    """Numbers and days only where a dose is to come."""
    is_to_come = one.status is SeriesStatus.NOT_COMPLETE
    days = {"earliest": one.earliest, "due": one.due, "overdue": one.overdue, "latest": one.latest}
    told = {name: str(day) if is_to_come and day else None for name, day in days.items()}
    number = one.dose_number if is_to_come else None
    return {"group": one.group, "status": one.status.value, "dose_number": number, **told}


@dataclass(frozen=True)
class _Dose:
    given: GivenDose
    written: str

    @classmethod
    def read(cls, value: Any, number: int, vaccines: Vaccines) -> "_Dose":
        fields = _mapping(value, f"dose {number}", "date vaccine", "manufacturer")
        written = _text(fields, "vaccine")
        manufacturer = _text(fields, "manufacturer") if "manufacturer" in fields else ""
        return cls(GivenDose(vaccines.code(written), _day(fields, "date"), manufacturer), written)

    def check(self, born: date, today: date, number: int) -> None:
        """Nobody is vaccinated before birth or after today."""
        given_on = self.given.given_on
        if given_on is not None and given_on < born:
            raise LineError(f"dose {number}: its date {given_on} is before birth_date {born}")
        if given_on is not None and given_on > today:
            raise LineError(f"dose {number}: its date {given_on} is after today {today}")


def _parsed(text: bytes) -> Any:
    try:
        return json.loads(text.decode(), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise LineError("this is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise LineError(f"this is not JSON: {error.msg} (column {error.colno})") from None
    except RecursionError:
        raise LineError("this is nested too deeply") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise LineError(f"the key {key!r} stands here twice")
        found[key] = value
    return found


def _mapping(value: Any, what: str, required: str, optional: str = "") -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise LineError(f"{what} is not an object")
    for key in required.split():
        if key not in value:
            raise LineError(f"{what}: the key {key!r} is missing")
    for key in value:
        if key not in (*required.split(), *optional.split()):
            raise LineError(f"{what}: unknown key {key!r}")
    return value


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields[key]
    if not isinstance(value, str):
        raise LineError(f"{key} {value!r} is not a text")
    return value


def _list(fields: Mapping[str, Any], key: str) -> list[Any]:
    value = fields[key]
    if not isinstance(value, list):
        raise LineError(f"{key} is not a list")
    return value


def _day(fields: Mapping[str, Any], key: str) -> date:
    text = _text(fields, key)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise LineError(f"{key} {text!r} is not a date like 2026-11-22")


def _sex(fields: Mapping[str, Any]) -> Sex:
    text = _text(fields, "sex")
    if text not in _SEXES:
        raise LineError(f"sex {text!r} is not F or M")
    return _SEXES[text]
