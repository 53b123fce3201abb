"""Trouble on demand: what Telegram and the network do to a bot once in a while."""

from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

from simulator.accounts import Json

Kind = Literal[
    "retry_after",
    "blocked",
    "deactivated",
    "chat_not_found",
    "migrated",
    "server_error",
    "timeout_before",
    "timeout_after",
    "disconnect_after",
]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True)
class Fault:
    """One kind of trouble for the calls it matches: after `after` of them, `times` times."""

    kind: Kind
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    after: int = 0
    retry_after: int = 3
    seconds: float = 30.0
    new_chat_id: int | None = None

    def matches(self, method: str, chat_id: int | None) -> bool:
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or self.chat_id == chat_id

    def as_json(self) -> Json:
        return asdict(self)


class Faults:
    """The faults that are still to strike, oldest first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def waiting(self) -> list[Fault]:
        return list(self._faults)

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that hits this call, counted down; None when the call is spared."""
        for index, fault in enumerate(self._faults):
            if not fault.matches(method, chat_id):
                continue
            if fault.after:
                self._faults[index] = replace(fault, after=fault.after - 1)
                continue
            self._count_down(index, fault)
            return fault
        return None

    def _count_down(self, index: int, fault: Fault) -> None:
        if fault.times <= 1:
            del self._faults[index]
        else:
            self._faults[index] = replace(fault, times=fault.times - 1)
