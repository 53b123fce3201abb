"""The spreadsheet of a station's register: how its columns are read, and what it is held against."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from domain.identifiers import ChildId, FacilityId
from domain.register_doses import WrittenDose


class RegisterPort(Protocol):
    """What a station said of its columns once."""

    async def columns_of(self, facility: FacilityId) -> Mapping[str, str]:
        """The heading of each field; empty when nobody has said it yet."""
        ...

    async def set_columns(self, facility: FacilityId, columns: Mapping[str, str]) -> None:
        """Say it anew; what was said before is forgotten."""
        ...

    async def hold(self, facility: FacilityId) -> None:
        """Until the transaction ends nobody else brings in this facility's register."""
        ...

    async def written_doses(self, children: Collection[ChildId]) -> Mapping[ChildId, Sequence[WrittenDose]]:
        """What stands on each child's record or was told, in order of recording."""
        ...
