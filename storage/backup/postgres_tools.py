"""PostgreSQL's own programs: found, given an address without a password in it, and heard when they refuse."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import make_url

from storage.backup.archive import BackupError, Contents

SCHEMA = "public"
_ENOUGH_WORDS = 300


def conninfo_of(url: str) -> str:
    """The address as PostgreSQL's own library reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """A connection. BackupError when there is none to be had."""
    try:
        connection = psycopg.connect(conninfo_of(url), autocommit=True, application_name="cradle backup")
    except psycopg.OperationalError as error:
        raise BackupError(
            f"The database cannot be reached ({type(error).__name__}). See CRADLE_DATABASE_URL."
        ) from error
    with connection:
        yield connection


def run_tool(name: str, arguments: Sequence[str], *, url: str, folder: Path) -> None:
    """Run `pg_dump` or `pg_restore`; BackupError holds what it says when it refuses."""
    program = shutil.which(name)
    if program is None:
        raise BackupError(
            f"{name} is not installed on this machine. On Debian and Ubuntu: `apt install postgresql-client`, in the "
            "server's version or a newer one."
        )
    command = [program, *arguments, "--no-password", f"--dbname={_without_password(url, folder)}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if done.returncode != 0:
        raise BackupError(f"{name} refused: {_last_words(done.stderr)}")


def look_into(connection: psycopg.Connection) -> Contents:
    """What the tables hold, as this transaction sees them."""
    listed = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename"
    names = [str(row[0]) for row in connection.execute(listed, [SCHEMA])]
    row = (
        connection.execute("SELECT version_num FROM alembic_version").fetchone() if "alembic_version" in names else None
    )
    if row is None:
        raise BackupError("There is nothing to keep yet: the database has no tables. Run `cradle migrate`.")
    count = psycopg.sql.SQL("SELECT count(*) FROM {}")
    counted = {
        name: connection.execute(count.format(psycopg.sql.Identifier(SCHEMA, name))).fetchone() for name in names
    }
    return Contents("postgresql", str(row[0]), {name: int(found[0]) for name, found in counted.items() if found})


def dump_postgres(url: str, into: Path) -> Contents:
    """Dump the database as it stands at one moment, while others go on writing."""
    with connected(url) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        contents = look_into(connection)
        [moment] = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        kept = ("--format=custom", "--no-owner", "--no-privileges", f"--schema={SCHEMA}")
        run_tool("pg_dump", [*kept, f"--snapshot={moment}", f"--file={into}"], url=url, folder=into.parent)
    into.chmod(0o600)
    return contents


def _without_password(url: str, folder: Path) -> str:
    """The address for a command line, which everybody on the machine can read: the password stands in a file."""
    parts = conninfo_to_dict(conninfo_of(url))
    password = parts.pop("password", None)
    if password is not None:
        passwords = folder / "password"
        passwords.touch(0o600)
        passwords.write_text("*:*:*:*:" + str(password).replace("\\", "\\\\").replace(":", "\\:"), encoding="utf-8")
        parts["passfile"] = str(passwords)
    return make_conninfo("", **parts)


def _last_words(said: str) -> str:
    return " ".join(said.split())[-_ENOUGH_WORDS:] or "it does not say why."
