"""Telegram's own description of the Bot API, to which every call and every answer of a test is held."""

import importlib.util
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).resolve().parents[3] / "shared"
CHECKER = SHARED / "tools" / "check_bot_api.py"
SPECIFICATION = SHARED / "data" / "telegram" / "bot-api-10.0.json"


class Oracle:
    """Says what is wrong with a call or an answer; an empty list means nothing."""

    def __init__(self, specification: Any) -> None:
        self._specification = specification

    def problems(self, entry: dict[str, Any]) -> list[str]:
        """What is wrong with one entry of the journal; a call that was refused may be as wrong as it likes."""
        if not entry["ok"]:
            return []
        method = entry["method"]
        found: list[str] = self._specification.check(method, entry["params"])
        return found + list(self._specification.check_result(method, entry["result"]))


def find_oracle() -> Oracle | None:
    """The oracle, or None where the specification does not lie beside the repository."""
    if not (CHECKER.exists() and SPECIFICATION.exists()):
        warnings.warn(f"NOT CHECKED AGAINST TELEGRAM'S SPECIFICATION: no {SPECIFICATION}", stacklevel=2)
        return None
    return Oracle(_checker().Spec(SPECIFICATION))


def _checker() -> ModuleType:
    found = importlib.util.spec_from_file_location("check_bot_api", CHECKER)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
