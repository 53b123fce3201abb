"""Drafts of forms: what was answered so far, in rows that survive a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.forms.form import Answer
from domain.identifiers import AddressId


@dataclass(frozen=True)
class Draft:
    """One chat's answers to one form; `about` is the row it concerns, if any.

    `stamp` tells it from the drafts before it: its buttons carry it, and those of an older draft answer nothing.
    """

    form: str
    version: int
    answers: Mapping[str, Answer]
    about: int | None
    updated_at: datetime
    stamp: int = 0


class DraftPort(Protocol):
    """One draft a form and chat."""

    async def latest(self, address: AddressId) -> Draft | None:
        """The draft touched last in this chat."""
        ...

    async def find(self, address: AddressId, form: str) -> Draft | None: ...

    async def begin(self, address: AddressId, draft: Draft) -> Draft:
        """A new draft in place of an older one of its form, with a stamp that no draft has had."""
        ...

    async def keep(self, address: AddressId, draft: Draft) -> None:
        """Insert or replace."""
        ...

    async def drop(self, address: AddressId, form: str) -> None: ...

    async def drop_all(self, address: AddressId) -> None:
        """Forget every draft of a chat that belongs to nobody any more."""
        ...
