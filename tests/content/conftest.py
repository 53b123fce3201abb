"""Shelves of content for the tests of this folder."""

from pathlib import Path

import pytest

from tests.content.shelf import Shelf, real_shelf, small_shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return small_shelf(tmp_path)


@pytest.fixture
def real(tmp_path: Path) -> Shelf:
    return real_shelf(tmp_path / "real")
