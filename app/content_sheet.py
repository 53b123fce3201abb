"""Plugs the sheet for clinicians together: what is asked comes from content, the file is made by documents."""

from collections.abc import Sequence

from app.content_desk import words_in
from content.desk import Desk
from content.languages import SOURCE
from content.review.asking import Asked, Batch
from content.review.gettext_sheet import write_gettext_sheet
from content.wording import all_cited, state_words, window_words
from documents.review_book import COLUMNS, ReviewWords, write_review_book
from domain.message import Text
from domain.review_sheet import ReviewBatch, ShownText

_GUIDE = ("what", "read", "yes", "words", "placeholders", "others")


def shown_batches(desk: Desk, batches: Sequence[Batch], tag: str) -> list[ReviewBatch]:
    """The batches in the words of who reads the language."""
    return [
        ReviewBatch(
            number=one.number,
            title=words_in(desk.library, Text("review.batch", {"number": one.number}), tag),
            texts=tuple(_shown(desk, text, tag) for text in one.texts),
        )
        for one in batches
    ]


def write_sheet(desk: Desk, batches: Sequence[ReviewBatch], tag: str, *, as_book: bool) -> bytes:
    """The file: a workbook, or gettext."""
    if not as_book:
        return write_gettext_sheet(batches, tag).encode()
    return write_review_book(batches, tag, _words(desk, tag))


def _shown(desk: Desk, asked: Asked, tag: str) -> ShownText:
    return ShownText(
        key=asked.key,
        window=words_in(desk.library, window_words(asked.message), tag),
        state=words_in(desk.library, state_words(asked.written), tag),
        english=asked.english,
        text=asked.written.text if tag != SOURCE else asked.english,
        doubt=asked.message.doubt.strip(),
        sources=all_cited(asked.message, desk.library.catalogue.sources),
    )


def _words(desk: Desk, tag: str) -> ReviewWords:
    def say(name: str, **values: str) -> str:
        return words_in(desk.library, Text(f"review.{name}", values), tag)

    headings = {name: say(f"heading.{name}") for name in COLUMNS if name != "text"}
    headings["text"] = desk.library.languages.get(tag).autonym
    filled = {"yes": say("yes"), "no": say("no"), "braces": "{{ child }}", "mark": "<b>"}
    return ReviewWords(
        headings=headings,
        guide_title=say("guide.title"),
        guide=tuple(say(f"guide.{name}", **filled) for name in _GUIDE),
        answers=(filled["yes"], filled["no"]),
    )
