"""Campaigns go on: one of the processes takes their next steps."""

from app.loops import Wake, keep_going, while_leading
from app.wiring import Parts
from services.campaigns.advance import advance_campaigns

LOOK_EVERY = 1.0
REST = 5.0


async def run_campaigns(parts: Parts, sender: Wake) -> None:
    """Until cancelled: of all processes of a programme one leads."""
    await while_leading(lambda: parts.database.lead("campaigns"), lambda: _keep_advancing(parts, sender))


async def _keep_advancing(parts: Parts, sender: Wake) -> None:
    async def one_round() -> None:
        under_way = await advance_campaigns(parts.database, parts.programme, await parts.clock.moment())
        if under_way:
            sender.set()
        # Whatever was answered meanwhile may have been an approval.
        await sender.wait(sender.times, LOOK_EVERY if under_way else REST)

    await keep_going("campaigns", one_round)
