"""The file of a backup: a ZIP with the copy of the database and a manifest that says what it is."""

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20


class BackupError(Exception):
    """A backup cannot be made or used; its text is a sentence for people."""


@dataclass(frozen=True)
class Contents:
    """What was copied: by which engine, at which step of the schema, and how many rows each table had."""

    engine: str
    revision: str
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Origin:
    """When and by which version. `made_at` is real time, `programme_at` the programme's; both aware UTC."""

    made_at: datetime
    programme_at: datetime
    cradle: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself."""

    contents: Contents
    origin: Origin
    sha256: str = ""

    @property
    def body(self) -> str:
        """The name of the copy within the file."""
        return "database.sqlite3" if self.contents.engine == "sqlite" else "database.dump"


def write_archive(file: Path, body: Path, manifest: Manifest) -> Manifest:
    """Put the copy into a new file that only its owner reads, safe from a power cut; gives what the manifest says."""
    # PostgreSQL's dump is compressed already.
    packing = zipfile.ZIP_DEFLATED if manifest.contents.engine == "sqlite" else zipfile.ZIP_STORED
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as stream:
        with zipfile.ZipFile(stream, "w", packing, compresslevel=1) as archive:
            sha256 = _pack(archive, body, manifest.body)
            whole = replace(manifest, sha256=sha256)
            archive.writestr(MANIFEST, _encode(whole))
        stream.flush()
        os.fsync(stream.fileno())
    return whole


def read_manifest(file: Path) -> Manifest:
    """What a backup is. BackupError for any other file."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _decode(json.loads(archive.read(MANIFEST)))
    except OSError as error:
        raise BackupError(f"{file} cannot be read ({error.strerror or error}).") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{file} is no backup of Cradle, or it is damaged.") from error


def unpack(file: Path, manifest: Manifest, into: Path) -> None:
    """Take the copy out, readable by its owner only. BackupError when a single byte of it is another one."""
    digest = hashlib.sha256()
    number = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "wb") as out, zipfile.ZipFile(file) as archive, archive.open(manifest.body) as body:
            while chunk := body.read(CHUNK):
                digest.update(chunk)
                out.write(chunk)
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError) as error:
        raise BackupError(f"{file} is damaged: take another backup.") from error
    if digest.hexdigest() != manifest.sha256:
        raise BackupError(f"{file} is damaged: its copy is not the one that was made. Take another backup.")


def _pack(archive: zipfile.ZipFile, body: Path, name: str) -> str:
    digest = hashlib.sha256()
    with body.open("rb") as source, archive.open(name, "w", force_zip64=True) as packed:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            packed.write(chunk)
    return digest.hexdigest()


def _encode(manifest: Manifest) -> str:
    told = {"format": FORMAT, **asdict(manifest)}
    return json.dumps(told, indent=1, sort_keys=True, default=datetime.isoformat)


def _decode(told: Any) -> Manifest:
    if told["format"] != FORMAT:
        raise BackupError("A newer version of Cradle made this backup: restore it with that one.")
    contents, origin = told["contents"], told["origin"]
    return Manifest(
        Contents(str(contents["engine"]), str(contents["revision"]), dict(contents["rows"])),
        Origin(
            made_at=datetime.fromisoformat(origin["made_at"]),
            programme_at=datetime.fromisoformat(origin["programme_at"]),
            cradle=str(origin["cradle"]),
        ),
        sha256=str(told["sha256"]),
    )
