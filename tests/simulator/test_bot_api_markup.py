"""Marked-up texts are read as Telegram reads them, and its complaints are word for word the same."""

import pytest

from simulator.bot_api.markup.formatted import Formatted, MarkupError, trimmed, with_detected
from simulator.bot_api.markup.html import parse_html
from simulator.bot_api.markup.markdown import parse_markdown_v2, parse_old_markdown
from tests.simulator.conftest import Api


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<p>Chào</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("Chào <br>", 'Unsupported start tag "br" at byte offset 6'),
        ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("<b>é</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a_b>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_a_mistake_in_html_is_named_with_its_byte_offset(source: str, complaint: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_html(source)
    assert str(caught.value) == complaint


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#39;&#x1F476;", "'👶"),
        ("&nbsp;&apos;", "&nbsp;&apos;"),
        ("&lt 1", "< 1"),
        ("&#0; &#xD800;", "&#0; &#xD800;"),
        ("<b>x</>", "x"),
    ],
)
def test_only_four_named_entities_and_all_numbers_are_known(source: str, text: str) -> None:
    assert parse_html(source).text == text


def test_offsets_count_utf16_units_so_that_emoji_count_twice() -> None:
    read = parse_html("👶 <b>Bé 👶</b> <i>ăn</i>")
    assert read == Formatted(
        "👶 Bé 👶 ăn",
        ({"type": "bold", "offset": 3, "length": 5}, {"type": "italic", "offset": 9, "length": 2}),
    )


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<strong>x</strong>", {"type": "bold"}),
        ("<EM>x</EM>", {"type": "italic"}),
        ("<ins>x</ins>", {"type": "underline"}),
        ("<del>x</del>", {"type": "strikethrough"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ('<a href="https://example.org">x</a>', {"type": "text_link", "url": "https://example.org/"}),
        ("<a href='example.org/a?b=1&amp;c=2'>x</a>", {"type": "text_link", "url": "http://example.org/a?b=1&c=2"}),
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
        ("<code>x</code>", {"type": "code"}),
        ('<tg-time unix="1">x</tg-time>', {"type": "date_time", "unix_time": 1}),
    ],
)
def test_each_tag_becomes_its_entity(source: str, entity: dict[str, object]) -> None:
    assert parse_html(source) == Formatted("x", ({**entity, "offset": 0, "length": 1},))


def test_a_link_telegram_does_not_accept_is_plain_text() -> None:
    assert parse_html('<a href="tel:115">115</a>') == Formatted("115")


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("*unclosed", "Can't find end of Bold entity at byte offset 0"),
        ("é `code", "Can't find end of Code entity at byte offset 3"),
        ("hello.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("test()", "Character '(' is reserved and must be escaped with the preceding '\\'"),
        ("a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
    ],
)
def test_a_mistake_in_markdown_is_named(source: str, complaint: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_markdown_v2(source)
    assert str(caught.value) == complaint


def test_markdown_has_styles_links_code_quotes_and_escapes() -> None:
    read = parse_markdown_v2(">q\n*b* __u__ [l](https://example.org/) `c` 1\\.")
    assert read.text == "q\nb u l c 1."
    assert [entity["type"] for entity in read.entities] == ["blockquote", "bold", "underline", "text_link", "code"]


def test_the_old_markdown_knows_bold_and_links_but_no_nesting() -> None:
    assert parse_old_markdown("*b* [l](https://example.org/)").text == "b l"
    with pytest.raises(MarkupError, match="Can't find end of the entity starting at byte offset 2"):
        parse_old_markdown("a *b")


def test_links_commands_and_addresses_are_found_without_markup() -> None:
    read = with_detected(Formatted("/help https://t.me/x_bot?start=a, a@b.vn @cradle_bot #bé"))
    kinds = [(entity["type"], entity["offset"], entity["length"]) for entity in read.entities]
    assert kinds == [("bot_command", 0, 5), ("url", 6, 26), ("email", 34, 6), ("mention", 41, 11), ("hashtag", 53, 3)]


def test_white_space_at_the_ends_is_cut_and_entities_move_along() -> None:
    read = trimmed(parse_html("\n <b> Chào </b> \n"))
    assert read == Formatted("Chào", ({"type": "bold", "offset": 0, "length": 4},))


@pytest.mark.parametrize("mode", ["html", "HTML", "Html"])
async def test_the_mode_is_not_minded_by_case(api: Api, lan: int, mode: str) -> None:
    message = await api.ok("sendMessage", chat_id=lan, text="<b>Chào</b>", parse_mode=mode)
    assert message["text"] == "Chào"


@pytest.mark.parametrize(
    ("entities", "complaint"),
    [
        (
            [{"type": "bold", "offset": 100, "length": 1}],
            "entity begins after the end of the text at UTF-16 offset 100",
        ),
        ([{"type": "bold", "offset": -1, "length": 1}], "receive an entity with incorrect offset -1"),
        (
            [{"type": "bold", "offset": 0, "length": 100}],
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
        ),
        ([{"type": "strange", "offset": 0, "length": 1}], "can't parse MessageEntity: Unsupported type specified"),
        ([{"type": "text_link", "offset": 0, "length": 1}], "can't parse MessageEntity: Can't find field \"url\""),
        (
            [{"type": "text_link", "offset": 0, "length": 1, "url": "not-a-url"}],
            "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_a_wrong_list_of_entities_is_refused(api: Api, lan: int, entities: object, complaint: str) -> None:
    assert await api.error("sendMessage", chat_id=lan, text="hello", entities=entities) == f"Bad Request: {complaint}"


async def test_listed_entities_arrive_on_the_message(api: Api, lan: int) -> None:
    bold = {"type": "bold", "offset": 0, "length": 4}
    message = await api.ok("sendMessage", chat_id=lan, text="Chào Lan", entities=[bold])
    assert message["entities"] == [bold]
