"""An old version of the program, taken from the history."""

import io
import subprocess
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = ROOT / "deploy" / "OLDEST_RUNNING"


def oldest_running() -> str:
    """The commit that the file names."""
    lines = NAMED.read_text(encoding="utf-8").splitlines()
    (commit,) = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return commit


def take_out(folder: Path) -> Path:
    """All files of the old version in this folder. Without the history the test is skipped, and says so."""
    packed = subprocess.run(["git", "archive", oldest_running()], cwd=ROOT, capture_output=True, timeout=60)
    if packed.returncode != 0:
        why = packed.stderr.decode(errors="replace").strip()
        pytest.skip(f"THE OLD VERSION WAS NOT TRIED ON THE NEW TABLES: its history is not here ({why})")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder
