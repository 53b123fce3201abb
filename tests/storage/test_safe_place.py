"""Where SQLite's file may lie, and who may use it: every refusal is a sentence, before anything is written."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from app.processes import Process, all_in_one, bot_alone, run_until_stopped, scheduler_alone
from app.sentences import sentence_in
from app.settings import Settings
from storage import safe_place
from storage.engine import NetworkPlaceError, open_database
from storage.holding import HeldError, plan_alone, use, use_alone
from storage.safe_place import mount_of

MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:50 / /srv rw,relatime shared:1 - nfs4 nas:/srv rw,vers=4.2
41 40 254:1 / /srv/local rw,relatime - xfs /dev/vdb rw
42 27 0:51 / /home/minh/my\\040share rw - cifs //nas/share rw
43 27 0:52 / /over rw - ext4 /dev/vdc rw
44 27 0:53 / /over rw - fuse.sshfs nas: rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind", "is_refused"),
    [
        ("/var/lib/cradle/cradle.sqlite3", "ext4", False),
        ("/srv/cradle/cradle.sqlite3", "nfs4", True),
        ("/srv/local/cradle.sqlite3", "xfs", False),
        ("/srvother/cradle.sqlite3", "ext4", False),
        ("/home/minh/my share/cradle.sqlite3", "cifs", True),
        ("/over/cradle.sqlite3", "fuse.sshfs", True),
    ],
)
def test_the_nearest_mount_says_whether_other_machines_write_there(path: str, kind: str, is_refused: bool) -> None:
    mount = mount_of(Path(path), MOUNTS)
    assert mount is not None
    assert (mount.kind, mount.is_over_a_network) == (kind, is_refused)


def test_sqlite_on_a_network_file_system_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"40 27 0:50 / {tmp_path} rw,relatime - nfs4 nas:/srv rw\n", encoding="utf-8")
    monkeypatch.setattr(safe_place, "MOUNTS", mounts)
    with pytest.raises(NetworkPlaceError, match=r"network file system \(nfs4\).*disk of this machine") as refusal:
        open_database(f"sqlite+aiosqlite:///{tmp_path / 'new' / 'cradle.db'}")
    assert sentence_in(refusal.value) is refusal.value
    assert not (tmp_path / "new").exists()


def test_where_nobody_tells_of_mounts_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_place, "MOUNTS", tmp_path / "nothing")
    open_database(f"sqlite+aiosqlite:///{tmp_path / 'cradle.db'}")


HOLDER = "import sys; from storage.holding import plan_alone, use\nwith use(sys.argv[1]), plan_alone(sys.argv[1]):\n"
HOLDER += "    print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def other(tmp_path: Path) -> "subprocess.Popen[bytes]":
    """Another process that runs Cradle on the same file."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'cradle.db'}"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


@pytest.mark.parametrize("process", [all_in_one, scheduler_alone])
def test_a_second_scheduler_on_one_file_is_refused_and_the_first_is_named(
    other: "subprocess.Popen[bytes]", tmp_path: Path, process: Process
) -> None:
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'cradle.db'}", secret_key="a key that only these tests know"
    )
    with pytest.raises(Exception, match="Another scheduler works on this database") as refusal:
        asyncio.run(run_until_stopped(settings, process))
    assert f"process {other.pid}" in str(sentence_in(refusal.value))
    other.kill()
    other.wait()
    with plan_alone(settings.database_url), use(settings.database_url):
        pass  # the kernel lets go of what a killed process held


def test_a_second_bot_is_none_of_the_schedulers_business(other: "subprocess.Popen[bytes]", tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'cradle.db'}", secret_key="a key that only these tests know"
    )
    with pytest.raises(Exception, match="cradle migrate"):  # it came past the locks
        asyncio.run(run_until_stopped(settings, bot_alone))
    other.kill()
    other.wait()


def test_nobody_replaces_a_file_in_use_and_nobody_uses_one_that_is_replaced(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'cradle.db'}"
    with use(url), use(url), pytest.raises(HeldError), use_alone(url):
        pass
    with use_alone(url), pytest.raises(HeldError), use(url):
        pass


def test_postgresql_is_shared_by_design() -> None:
    url = "postgresql+psycopg://cradle@db/cradle"
    with use_alone(url), use(url), plan_alone(url), plan_alone(url):
        pass
