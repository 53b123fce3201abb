"""Our tests hold every call and answer against Telegram's specification; that judge must be there and must judge."""

import pytest

from tests.simulator.oracle import SPECIFICATION, Oracle


def test_the_specification_finds_what_is_wrong(oracle: Oracle | None) -> None:
    if oracle is None:
        pytest.skip(f"not checked against Telegram's specification: {SPECIFICATION} is not there")
    wrong = {"ok": True, "method": "sendMessage", "params": {"chat_id": 1}, "result": {"message_id": 1}}
    assert oracle.problems(wrong) == [
        "sendMessage.text: required, missing",
        "sendMessage->.date: required, missing",
        "sendMessage->.chat: required, missing",
    ]
