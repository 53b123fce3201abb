"""What every scenario asserts in the end, and the figure it shows."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from domain.sending.outbox import Lane
from domain.sending.pacing import REPLIES_IN_STEP
from tests.faults.accounts import Reckoning, reckon
from tests.faults.crowd import Crowd
from tests.faults.figures import Figure, kind_of

Show = Callable[[Figure], None]


@dataclass
class Scenario:
    """A scenario under way. `doubtful_each`: how many messages may be on their way when something is done to it:
    replies take their slots eight ahead, and the next eight when these are due; a few are on the wire.
    """

    name: str
    show: Show
    doubtful_each: int = 2 * REPLIES_IN_STEP + 2
    faults: int = 0
    began: float = field(default_factory=time.monotonic)

    async def ends(self, crowd: Crowd, more: str = "") -> Reckoning:
        """Show the figure, and see that nothing is lost and nothing doubled but what is counted."""
        found = await reckon(crowd)
        self.show(
            Figure(
                self.name,
                kind_of(crowd.village.settings.database_url),
                faults=self.faults,
                updates=found.updates,
                messages=found.messages,
                doubtful=found.doubtful,
                lost=len(found.lost),
                doubled=len(found.doubled),
                seconds=time.monotonic() - self.began,
                more=more,
            )
        )
        await only_replies_and_visits_were_said_again(crowd)
        assert found.lost == ()
        assert found.doubled == ()
        assert found.doubtful <= self.doubtful_each * self.faults
        return found


async def only_replies_and_visits_were_said_again(crowd: Crowd) -> None:
    """What may have arrived is said once more, marked, where a second copy does less harm than none."""
    rows = await crowd.village.rows("SELECT lane, state, resent FROM outbox WHERE resent OR state = 'uncertain'")
    twice = {Lane.REPLY, Lane.VISIT}
    assert [row for row in rows if bool(row[2]) is not (Lane(row[0]) in twice)] == []
    assert [row for row in rows if Lane(row[0]) not in twice and row[1] != "uncertain"] == []
