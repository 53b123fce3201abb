"""Opens a workbook that people bring: neither an old one, nor one that unpacks to more than a sheet can hold."""

import io
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 400_000_000
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


class UnreadableFileError(Exception):
    """Why a file cannot be read, as a sentence for people."""


def read_bytes(path: Path) -> bytes:
    """What is in a file; refuses what no spreadsheet of ours is."""
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFileError("it is larger than twenty million letters; split it into several files.")
    raw = path.read_bytes()
    if raw.startswith(OLD_WORKBOOK):
        raise UnreadableFileError(
            "this is an old workbook or has a password; save it as “Excel Workbook (.xlsx)” without one."
        )
    return raw


def open_workbook(raw: bytes, *, formulas: bool = False) -> Any:
    """A workbook for reading: with what its formulas gave, or with the formulas themselves."""
    try:
        if sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(raw)).infolist()) > LARGEST_UNPACKED:
            raise UnreadableFileError("it unpacks to far more than a register has; save it anew.")
        return load_workbook(io.BytesIO(raw), read_only=True, data_only=not formulas)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise UnreadableFileError(
            f"this workbook cannot be read ({type(error).__name__}); save it anew as .xlsx."
        ) from error
