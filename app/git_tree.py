"""The content of another revision, laid out in a folder for as long as it is looked at."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDERS = ("content", "locales")


class NoSuchRevisionError(Exception):
    """What git does not know or cannot give; its text is a sentence for people."""


@contextmanager
def tree_at(revision: str, root: Path) -> Iterator[Path]:
    """A folder with content/ and locales/ as they were then; it goes when the block ends."""
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    archive = _git(root, "archive", "--format=tar", commit, "--", *FOLDERS)
    with TemporaryDirectory(prefix="cradle-content-") as place:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(place, filter="data")
        yield Path(place)


def _git(root: Path, *arguments: str) -> bytes:
    # The words after git are fixed; a revision is proved by rev-parse, which takes it for nothing else.
    command = ("git", "-C", str(root), *arguments)
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell, see above
    except FileNotFoundError as error:
        raise NoSuchRevisionError("git is not installed here, and only git knows what was there before.") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoSuchRevisionError(
            f"git does not give the content of that revision ({said[-1] if said else 'no words'})."
        )
    return done.stdout
