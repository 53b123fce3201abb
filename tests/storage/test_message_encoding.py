"""Whatever a message says, it says the same after it was stored."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.message import (
    CalendarEvent,
    CalendarFile,
    Choice,
    Document,
    Keyboard,
    Layout,
    OutgoingMessage,
    QrPicture,
    Section,
    Text,
    Value,
)
from storage.encoding import decode_message, decode_text, encode_message, encode_text
from tests.storage.village import NOW

plain = st.text(max_size=12) | st.integers() | st.dates()
texts = st.recursive(
    st.builds(Text, st.text(max_size=8), st.dictionaries(st.text(max_size=6), plain, max_size=3)),
    lambda inner: st.builds(
        Text,
        st.sampled_from(["text", "date", "values"]),
        st.dictionaries(
            st.sampled_from(["text", "date", "values", "child"]),
            plain | inner | st.lists(plain | inner, max_size=3).map(tuple),
            max_size=3,
        ),
    ),
    max_leaves=6,
)
choices = st.builds(Choice, texts, st.text(max_size=9), st.none() | st.text(max_size=9), st.booleans())
rows = st.lists(st.lists(texts, max_size=2).map(tuple), max_size=2).map(tuple)
sections = st.builds(Section, texts, st.lists(texts, max_size=2).map(tuple), rows)
documents = st.builds(
    Document, st.text(max_size=9), texts, st.lists(sections, max_size=2).map(tuple), st.sampled_from(Layout)
)
hours = st.none() | st.times()
words = st.text(max_size=9)
events = st.builds(CalendarEvent, words, texts, texts, texts, st.dates(), words, hours, hours)
calendars = st.builds(
    CalendarFile, st.text(max_size=9), st.datetimes(timezones=st.just(UTC)), st.lists(events, max_size=2).map(tuple)
)
messages = st.builds(
    OutgoingMessage,
    texts,
    st.lists(st.lists(choices, max_size=2).map(tuple), max_size=2).map(tuple),
    st.sampled_from(Keyboard),
    st.none() | st.builds(QrPicture, st.text(max_size=9)),
    st.none() | st.text(max_size=5),
    st.booleans(),
    document=st.none() | documents,
    calendar=st.none() | calendars,
)


@given(messages)
def test_every_message_comes_back_as_it_was(message: OutgoingMessage) -> None:
    assert decode_message(json.loads(json.dumps(encode_message(message)))) == message


@pytest.mark.parametrize(
    "value", ["2026-11-20", "", 0, NOW.date(), (), ("a", (1, NOW.date())), Text("a"), (Text("b"),)]
)
def test_a_day_a_text_and_a_list_are_told_apart_from_words(value: Value) -> None:
    back = decode_text(json.loads(json.dumps(encode_text(Text("key", {"value": value})))))
    assert back.values["value"] == value
    assert type(back.values["value"]) is type(value)


def test_an_instant_is_refused_because_its_hour_would_be_lost() -> None:
    instant: datetime = NOW
    with pytest.raises(TypeError):
        encode_text(Text("key", {"at": instant}))
