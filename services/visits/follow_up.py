"""What follows a dose or a closed session day never costs the record itself: it fails alone, and the log says so."""

import logging
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec

from services.turn import Work

logger = logging.getLogger(__name__)

Rest = ParamSpec("Rest")


SENSELESS = (ValueError, LookupError, TypeError, AttributeError)
"""What a mistake of ours raises; an error of the database is another matter."""


async def follow_up(
    follow: Callable[Concatenate[Work, Rest], Awaitable[None]], work: Work, *rest: Rest.args, **named: Rest.kwargs
) -> None:
    """Do it within the transaction; what makes no sense to it is undone, and all else stands.

    An error of the database is nobody's mistake: it raises, and everything is tried again.
    """
    try:
        async with work.uow.apart():
            await follow(work, *rest, **named)
    except SENSELESS:
        logger.exception("follow_up_failed", extra={"step": getattr(follow, "__name__", "?")})
