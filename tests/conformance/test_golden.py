"""Children of Viet Nam and China worked out by hand: `cradle forecast` has to come to the same days and reasons."""

import functools
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

HOUSE = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
SCHEDULES = ("vn-epi", "cn-nip")
FIELDS = {"status", "dose_number", "earliest", "due", "overdue", "latest"}

Case = dict[str, Any]
Answer = dict[str, Any]


def golden(schedule: str) -> list[Case]:
    cases: list[Case] = yaml.safe_load((GOLDEN / f"{schedule}.yaml").read_text(encoding="utf-8"))
    return cases


CASES = [pytest.param(schedule, case, id=case["name"]) for schedule in SCHEDULES for case in golden(schedule)]


@functools.cache
def answers(schedule: str) -> dict[str, Answer]:
    """What the command says of every child of one schedule, by the child's name."""
    lines = "".join(json.dumps({"id": case["name"], **case["child"]}, default=str) + "\n" for case in golden(schedule))
    command = [sys.executable, "-m", "app", "forecast", "--schedule", schedule]
    done = subprocess.run(command, cwd=HOUSE, input=lines, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    answered = [json.loads(line) for line in done.stdout.splitlines()]
    return {answer["id"]: answer for answer in answered}


@pytest.mark.parametrize(("schedule", "case"), CASES)
def test_the_command_comes_to_the_same_days(schedule: str, case: Case) -> None:
    answer, expected = answers(schedule)[case["name"]], case["expect"]
    found = [_judgement(answer, dose) for dose in expected.get("doses", [])]
    assert found == [_plain(dose) for dose in expected.get("doses", [])]
    groups = {entry["group"]: entry for entry in answer["forecast"]}
    wanted = {group: _plain(fields) for group, fields in expected.get("forecast", {}).items()}
    assert {group: _like(groups.get(group, {}), fields) for group, fields in wanted.items()} == wanted
    assert set(groups).isdisjoint(expected.get("absent", []))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_no_golden_child_says_what_the_test_does_not_read(schedule: str) -> None:
    cases = golden(schedule)
    assert len({case["name"] for case in cases}) == len(cases) >= 35
    for case in cases:
        assert set(case) == {"name", "why", "child", "expect"}
        assert set(case["expect"]) <= {"doses", "forecast", "absent"}
        for fields in case["expect"].get("forecast", {}).values():
            assert fields.keys() <= FIELDS


def _judgement(answer: Answer, expected: Case) -> Answer:
    """The one evaluation of that dose in that group, cut down to what the case names."""
    dose = {"date": str(expected["date"]), "vaccine": expected["vaccine"]}
    for given in answer["doses"]:
        if _like(given, dose) == dose:
            evaluations = [each for each in given["evaluations"] if each["group"] == expected["group"]]
            return _like({**dose, **evaluations[0]}, expected) if len(evaluations) == 1 else given
    return {}


def _plain(fields: Case) -> Answer:
    return {name: str(value) if isinstance(value, date) else value for name, value in fields.items()}


def _like(answer: Answer, fields: Case) -> Answer:
    return {name: answer.get(name, "not said") for name in fields}
