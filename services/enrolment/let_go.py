"""What nobody confirmed in time is let go, with everything that was answered."""

from domain.moment import Moment
from services.ports import UnitsOfWork


async def let_go_applications(units: UnitsOfWork, moment: Moment) -> int:
    """Every application whose thirty days are over; gives how many."""
    async with units.begin() as uow:
        return await uow.cards.let_go(moment.now)
