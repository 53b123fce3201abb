"""The files of `deploy/` name only what is there, keep secrets out, and stop no process before it has ended."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from app.command_line import program
from app.loops import LAST_CHANCE
from app.settings import Settings
from tests.trips.programs import surroundings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
PROCESSES = ("console", "bot", "scheduler")
CRADLE = "/opt/cradle/.venv/bin/cradle"
SETTING = re.compile(r"\bCRADLE_[A-Z_]+|(?<=secrets/)cradle_[a-z_]+|(?<=LoadCredential=)cradle_[a-z_]+")
SECRET = re.compile(r"TOKEN|SECRET_KEY|WEBHOOK_SECRET|PASSWORD$")
EXPOSURE_AT_MOST = 20  # tenths, as systemd counts: below this nothing of what it can lock is left open


def seconds(text: str) -> float:
    number, unit = re.fullmatch(r"(\d+)(s|m|h)?", text).groups()  # type: ignore[union-attr] # every span here is one
    return int(number) * {"s": 1, "m": 60, "h": 3600, None: 1}[unit]


def lines_of(unit: Path, name: str) -> list[str]:
    lines = unit.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{name}=")]


def instructions() -> list[str]:
    """Every instruction of the container file, on one line."""
    bare = "\n".join(line for line in CONTAINERFILE.splitlines() if not line.startswith("#"))
    return [line for line in bare.replace("\\\n", " ").splitlines() if line.strip()]


def commands_named() -> list[tuple[str, ...]]:
    """Every call of the program in these files, without its values."""
    found = [tuple(service["command"]) for service in COMPOSE["services"].values() if "command" in service]
    for unit in SERVICES:
        for name in ("ExecStart", "ExecStartPre"):
            found += [tuple(line.split()[1:]) for line in lines_of(unit, name) if line.startswith(CRADLE)]
    found += [tuple(re.findall(r'"([^"]+)"', line)) for line in instructions() if line.startswith("CMD")]
    health = next(line for line in instructions() if line.startswith("HEALTHCHECK"))
    return [*found, tuple(re.findall(r'"([^"]+)"', health))[1:]]


@pytest.mark.parametrize("named", sorted(set(commands_named())))
def test_every_command_is_one_of_the_program(named: tuple[str, ...]) -> None:
    command = get_command(program).commands[named[0]]  # type: ignore[attr-defined] # a group, as its type cannot tell
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    assert {word for word in named if word.startswith("--")} <= options


@pytest.mark.parametrize("file", sorted(path for path in DEPLOY.rglob("*") if path.is_file()), ids=lambda one: one.name)
def test_every_setting_is_one_of_the_program(file: Path) -> None:
    known = {f"CRADLE_{name.upper()}" for name in Settings.model_fields}
    named = {name.upper() for name in SETTING.findall(file.read_text(encoding="utf-8"))}
    assert named <= known


def test_the_example_holds_no_secret_and_can_be_read_by_systemd_and_compose() -> None:
    lines = (DEPLOY / "cradle.env.example").read_text(encoding="utf-8").splitlines()
    given = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"CRADLE_[A-Z_]+=[^\"'\s]*", line) for line in given)
    assert not any(SECRET.search(line.partition("=")[0]) for line in given)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_waits_for_the_tables_and_is_started_again_when_it_dies(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert service["depends_on"]["database"]["condition"] == "service_healthy"
    assert service["restart"] == "unless-stopped"
    assert seconds(service["stop_grace_period"]) > 2 * LAST_CHANCE


def test_the_tables_are_made_once_the_database_answers_and_only_once() -> None:
    migrate = COMPOSE["services"]["migrate"]
    assert migrate["depends_on"]["database"]["condition"] == "service_healthy"
    assert migrate["restart"] == "no"
    assert COMPOSE["services"]["database"]["healthcheck"]["test"][1] == "pg_isready"


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_a_container_changes_nothing_of_itself_and_has_no_secret_in_its_surroundings(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert not any(SECRET.search(variable) for variable in service.get("environment", {}))
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])
    assert "latest" not in service["image"]
    named = {volume.partition(":")[0] for volume in service.get("volumes", [])}
    assert named <= set(COMPOSE["volumes"])
    assert set(service["networks"]) <= set(COMPOSE["networks"])


def test_the_database_is_not_to_be_reached_from_outside() -> None:
    database = COMPOSE["services"]["database"]
    assert "ports" not in database
    assert database["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert all(port.startswith("127.0.0.1:") for port in COMPOSE["services"]["console"]["ports"])


def test_the_image_is_built_of_what_is_pinned_and_runs_as_nobody_in_particular() -> None:
    lines = instructions()
    bases = [line.split()[1] for line in lines if line.startswith("FROM")]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert ":" in bases[0]
    assert not bases[0].endswith(":latest")
    assert any("--require-hashes" in line for line in lines)
    assert not any(line.startswith("ADD") for line in lines)
    assert not any(SECRET.search(line) for line in lines if line.startswith(("ENV", "ARG")))
    users = [line.split()[1] for line in lines if line.startswith("USER")]
    assert users[-1] not in ("root", "0")
    assert lines.index(f"USER {users[-1]}") < next(n for n, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    assert all("[" in line for line in lines if line.startswith(("CMD", "ENTRYPOINT")))
    fetched = [line for line in lines if "apt-get install" in line]
    assert all("--no-install-recommends" in line and "rm -rf /var/lib/apt/lists" in line for line in fetched)


def test_the_client_in_the_image_is_of_the_servers_version() -> None:
    (release,) = {line.split()[1].rpartition("-")[2] for line in instructions() if line.startswith("FROM")}
    version, _, of_release = COMPOSE["services"]["database"]["image"].removeprefix("postgres:").partition("-")
    assert of_release == release
    assert version == {"bookworm": "15", "trixie": "17"}[release]


def test_nothing_goes_into_the_image_that_is_not_named() -> None:
    left_out = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in left_out if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {line.removeprefix("!") for line in rules if line.startswith("!")} == copied()


def copied() -> set[str]:
    """What the container file takes from the repository."""
    lines = [line for line in instructions() if line.startswith("COPY") and "--from" not in line]
    return {name for line in lines for name in line.split()[1:-1]}


def test_what_goes_into_the_image_is_enough_to_run(tmp_path: Path) -> None:
    image = tmp_path / "image"
    for name in copied():
        source, target = ROOT / name, image / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    settings = surroundings(CRADLE_DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/cradle.db", PYTHONPATH=str(image))
    for command in (("migrate",), ("doctor", "--database"), ("content", "stats")):
        ended = subprocess.run(
            [sys.executable, "-m", "app", *command], cwd=tmp_path, env=settings, capture_output=True, timeout=60
        )
        assert ended.returncode == 0, ended.stderr.decode()


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_locks_what_it_does_not_need_and_keeps_its_secrets_in_a_file(unit: Path) -> None:
    assert lines_of(unit, "NoNewPrivileges") == ["yes"]
    assert lines_of(unit, "ProtectSystem") == ["strict"]
    assert lines_of(unit, "User") == ["cradle"]
    assert lines_of(unit, "EnvironmentFile")[0] == "/etc/cradle/cradle.env"
    assert "cradle" in lines_of(unit, "StateDirectory")[0].split()
    assert not any(SECRET.search(line.partition("=")[0]) for line in lines_of(unit, "Environment"))
    assert {line.split()[0] for line in lines_of(unit, "ExecStart")} == {CRADLE}


@pytest.mark.parametrize("unit", [one for one in SERVICES if lines_of(one, "Restart")], ids=lambda unit: unit.name)
def test_a_process_has_time_to_end_and_wrong_settings_are_not_tried_for_ever(unit: Path) -> None:
    (patience,) = lines_of(unit, "TimeoutStopSec")
    assert seconds(patience) > 2 * LAST_CHANCE
    assert lines_of(unit, "RestartPreventExitStatus") == ["2"]
    assert lines_of(unit, "KillSignal") == ["SIGTERM"]


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with a program that is there."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here (apt-get install systemd): NO UNIT WAS VERIFIED")
    for unit in UNITS:
        words = unit.read_text(encoding="utf-8").replace(CRADLE, "/bin/true")
        (tmp_path / unit.name).write_text(words, encoding="utf-8")
    return tmp_path


def analyze(units: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Only these units and Debian's own are known."""
    paths = {**os.environ, "SYSTEMD_UNIT_PATH": f"{units}:"}
    return subprocess.run(
        ["systemd-analyze", *arguments], cwd=units, env=paths, capture_output=True, text=True, timeout=60
    )


def test_systemd_has_nothing_to_say_against_the_units(units: Path) -> None:
    said = analyze(units, "verify", "--man=no", *(unit.name for unit in UNITS))
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_systemd_counts_little_that_a_unit_leaves_open(units: Path, unit: Path) -> None:
    threshold = f"--threshold={EXPOSURE_AT_MOST}"
    said = analyze(units, "security", "--offline=yes", "--no-pager", threshold, f"./{unit.name}")
    assert said.returncode == 0, said.stdout.splitlines()[-1]
