"""Drafts of forms in rows: a restart loses nothing."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, delete, select

from domain.identifiers import AddressId
from services.ports.drafts import Draft
from storage.statements import Statements
from storage.tables import drafts


class DraftRows:
    """One draft a form and chat."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def latest(self, address: AddressId) -> Draft | None:
        """The draft touched last in this chat."""
        found = select(drafts).where(drafts.c.address_id == address)
        row = await self._statements.first(found.order_by(drafts.c.updated_at.desc(), drafts.c.id.desc()).limit(1))
        return _draft(row) if row else None

    async def find(self, address: AddressId, form: str) -> Draft | None:
        """The draft of this form, or None."""
        row = await self._statements.first(select(drafts).where(_is_draft(address, form)))
        return _draft(row) if row else None

    async def begin(self, address: AddressId, draft: Draft) -> Draft:
        """A new draft in place of an older one of its form, with a stamp that no draft has had."""
        await self.drop(address, draft.form)
        new = self._statements.insert(drafts).values(address_id=address, form=draft.form, **_values(draft))
        # Numbers of rows grow and are never given twice, on both databases; a draft that is handed on keeps its own.
        row = await self._statements.value(new.returning(drafts.c.id))
        stamped = replace(draft, stamp=row)
        await self.keep(address, stamped)
        return stamped

    async def keep(self, address: AddressId, draft: Draft) -> None:
        """Insert or replace."""
        values = _values(draft)
        insert = self._statements.insert(drafts).values(address_id=address, form=draft.form, **values)
        key = [drafts.c.address_id, drafts.c.form]
        await self._statements.run(insert.on_conflict_do_update(index_elements=key, set_=values))

    async def drop(self, address: AddressId, form: str) -> None:
        """Forget what was answered."""
        await self._statements.run(delete(drafts).where(_is_draft(address, form)))

    async def drop_all(self, address: AddressId) -> None:
        """Forget every draft of a chat that belongs to nobody any more."""
        await self._statements.run(delete(drafts).where(drafts.c.address_id == address))


def _is_draft(address: AddressId, form: str) -> ColumnElement[bool]:
    return (drafts.c.address_id == address) & (drafts.c.form == form)


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "version": draft.version,
        "answers": dict(draft.answers),
        "about_id": draft.about,
        "stamp": draft.stamp,
        "updated_at": draft.updated_at,
    }


def _draft(row: RowMapping) -> Draft:
    return Draft(
        form=row[drafts.c.form],
        version=row[drafts.c.version],
        answers=row[drafts.c.answers],
        about=row[drafts.c.about_id],
        updated_at=row[drafts.c.updated_at],
        stamp=row[drafts.c.stamp],
    )
