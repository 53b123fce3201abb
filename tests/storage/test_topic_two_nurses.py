"""Two nurses of one station tap at the same moment: one chooses another topic, while the other says that it is done."""

import sys

import pytest

from services.visits.topics.choose_topic import choose_topic
from services.visits.topics.find_topic import SessionTopic, show_topic
from services.visits.topics.finish_topic import finish_topic
from storage.engine import Database
from tests.storage.test_finish_topic import TODAY, TRY, is_vaccinated, keys, on_a_session_day
from tests.storage.village import Village


async def test_who_chooses_at_the_moment_at_which_a_topic_is_done_takes_nothing_back(
    database: Database, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.begin() as uow:
        hoa = await on_a_session_day(uow, village)
        await is_vaccinated(uow, village, village.an)
        as_it_was = await show_topic(hoa, village.station, TODAY)
        await finish_topic(hoa, village.station, TODAY, "topic11")

        async def seen_before(*_whatever: object) -> SessionTopic:
            return as_it_was

        for service, key in ((choose_topic, "topic11"), (choose_topic, "topic3"), (finish_topic, "topic3")):
            with monkeypatch.context() as at_the_same_moment:
                at_the_same_moment.setattr(sys.modules[service.__module__], "topic_of_session", seen_before)
                await service(hoa, village.station, TODAY, key)
            stands = await show_topic(hoa, village.station, TODAY)
            assert (stands.topic.key, stands.done) == ("topic11", True)
        assert await keys(uow, village.lan) == [TRY]
        assert await uow.programme.audited("choose_topic") == 0
        assert await uow.programme.audited("finish_topic") == 1
