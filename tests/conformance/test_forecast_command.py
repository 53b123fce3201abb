"""`cradle forecast` as another program uses it: lines in, lines out, and a sentence for whatever is wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.command_line import program

HOUSE = Path(__file__).parents[2]
AN: dict[str, Any] = {
    "id": "an",
    "birth_date": "2026-01-15",
    "sex": "F",
    "today": "2026-07-01",
    "doses": [{"date": "2026-04-12", "vaccine": "PENTA"}, {"date": "2026-03-15", "vaccine": "PENTA"}],
}


@dataclass(frozen=True)
class Done:
    """What became of a run."""

    returncode: int
    stdout: str
    stderr: str


def written(lines: Sequence[str | dict[str, Any]]) -> str:
    return "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)


def forecast(*lines: str | dict[str, Any], options: tuple[str, ...] = ()) -> Done:
    """The command, without a process of its own."""
    result = CliRunner().invoke(program, ["forecast", *options], input=written(lines))
    return Done(result.exit_code, result.stdout, result.stderr)


def test_the_program_needs_neither_settings_nor_its_own_folder() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CRADLE_")}
    command = [sys.executable, "-m", "app", "forecast"]
    text = json.dumps(AN).encode() + b'\n{"id": "\xff"}\n'
    done = subprocess.run(
        command,
        cwd="/",
        env={**kept, "PYTHONPATH": str(HOUSE)},
        input=text,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, b"Line 2: this is not UTF-8.\n")
    assert json.loads(done.stdout)["id"] == "an"


def test_one_line_is_answered_with_what_counted_and_what_comes_next() -> None:
    done = forecast(AN)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert list(answer) == ["id", "doses", "forecast"]
    assert answer["doses"][0] == {
        "date": "2026-04-12",
        "vaccine": "PENTA",
        "evaluations": [{"group": "penta_primary", "valid": True, "reason": None}],
    }
    assert answer["forecast"][2] == {
        "group": "penta_primary",
        "status": "not_complete",
        "dose_number": 3,
        "earliest": "2026-05-10",
        "due": "2026-05-15",
        "overdue": "2026-07-15",
        "latest": None,
    }


def test_lines_are_answered_in_their_order_and_none_is_also_an_answer() -> None:
    done = forecast({**AN, "id": "b"}, {**AN, "id": "a", "doses": []})
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["b", "a"]
    assert (forecast().returncode, forecast().stdout) == (0, "")


def test_china_is_asked_for_by_name() -> None:
    done = forecast({**AN, "doses": [{"date": "2026-01-15", "vaccine": "HEPB"}]}, options=("--schedule", "cn-nip"))
    groups = [one["group"] for one in json.loads(done.stdout)["forecast"]]
    assert groups == ["hepb", "bcg", "polio", "dtap", "mmr", "je", "men_a", "men_ac", "hepa", "hpv"]


def test_a_vaccine_that_nobody_can_name_is_in_no_group() -> None:
    done = forecast({**AN, "doses": [{"date": "2026-04-12", "vaccine": "UNKNOWN"}]})
    assert json.loads(done.stdout)["doses"] == [{"date": "2026-04-12", "vaccine": "UNKNOWN", "evaluations": []}]


def with_dose(**changed: Any) -> dict[str, Any]:
    return {**AN, "doses": [{"date": "2026-04-12", "vaccine": "PENTA", **changed}]}


BAD: list[tuple[str | dict[str, Any], str]] = [
    ({**AN, "province": "QN"}, "the line: unknown key 'province'"),
    ({key: value for key, value in AN.items() if key != "sex"}, "the line: the key 'sex' is missing"),
    ({**AN, "sex": "female"}, "sex 'female' is not F or M"),
    ({**AN, "sex": None}, "sex None is not a text"),
    ({**AN, "id": 7}, "id 7 is not a text"),
    ({**AN, "birth_date": "2026-02-30"}, "birth_date '2026-02-30' is not a date like 2026-11-22"),
    ({**AN, "birth_date": "20260115"}, "birth_date '20260115' is not a date like 2026-11-22"),
    ({**AN, "birth_date": "2026-W03-4"}, "birth_date '2026-W03-4' is not a date like 2026-11-22"),
    ({**AN, "today": "2026-7-1"}, "today '2026-7-1' is not a date like 2026-11-22"),
    ({**AN, "today": "2026-01-14"}, "birth_date 2026-01-15 is after today 2026-01-14"),
    ({**AN, "doses": {}}, "doses is not a list"),
    ({**AN, "doses": ["PENTA"]}, "dose 1 is not an object"),
    (with_dose(lot="7"), "dose 1: unknown key 'lot'"),
    (with_dose(vaccine="penta"), "'penta' is not a vaccine of vn-epi"),
    (with_dose(manufacturer=None), "manufacturer None is not a text"),
    (with_dose(date="2026-01-14"), "dose 1: its date 2026-01-14 is before birth_date 2026-01-15"),
    (with_dose(date="2026-07-02"), "dose 1: its date 2026-07-02 is after today 2026-07-01"),
    ("[]", "the line is not an object"),
    ("", "this is not JSON"),
    ("{", "this is not JSON"),
    ('{"id": "a", "id": "b"}', "the key 'id' stands here twice"),
]


@pytest.mark.parametrize(("line", "complaint"), BAD)
def test_a_bad_line_is_named_and_nothing_after_it_is_answered(line: str | dict[str, Any], complaint: str) -> None:
    done = forecast(AN, line, AN)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Line 2: {complaint}")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--schedule", "us"), "There is no schedule 'us'; there are cn-nip, vn-epi."),
        (("--schedule", "vn-epi", "--cdsi", "/"), "Choose either --schedule or --cdsi, not both."),
        (("--cdsi", "/nowhere"), "There is no folder /nowhere."),
        (("--cdsi", "/"), "ScheduleSupportingData.xml is missing in /"),
    ],
)
def test_a_wrong_choice_is_answered_with_a_sentence(options: tuple[str, ...], complaint: str) -> None:
    done = forecast(AN, options=options)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (2, "", complaint)
