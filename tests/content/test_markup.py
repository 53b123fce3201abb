"""Which markup Telegram takes, and how long it finds a text."""

import pytest

from content.markup import has_markup, markup_problems, plain_length


@pytest.mark.parametrize(
    "html",
    [
        "plain",
        "<b>bold <i>and</i></b> &amp; &lt;3 &#34; &quot;",
        '<a href="https://example.org/?a=1">x</a><a href="{{ link }}">y</a>',
        '<tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>',
        '<pre><code class="language-python">x</code></pre><blockquote expandable>y</blockquote>',
        "{{ child }} {% if a < b %}x{% endif %}",
    ],
)
def test_markup_that_telegram_takes_is_let_through(html: str) -> None:
    assert markup_problems(html) == []


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p>x</p>", "<p> is not one of Telegram's tags"),
        ("a<br>b", "<br> is not one of Telegram's tags"),
        ("<B>x</B>", "<B> is not one of Telegram's tags"),
        ("<b>x", "<b> is never closed"),
        ("x</b>", "</b> closes nothing that is open"),
        ("<b><i>x</b></i>", "</b> closes nothing that is open"),
        ("<a>x</a>", "<a> has the wrong attributes"),
        ('<b class="x">x</b>', '<b class="x"> has the wrong attributes'),
        ("a&nbsp;b", "“&nbsp;” is not an entity that Telegram knows; a lone & is written &amp;"),
        ("salt & sugar", "“&” is not an entity that Telegram knows; a lone & is written &amp;"),
        ("a < b", "a lone < is written &lt;"),
        ("a > b", "a lone > is written &gt;"),
    ],
)
def test_markup_that_telegram_refuses_is_named(html: str, problem: str) -> None:
    assert problem in markup_problems(html)


@pytest.mark.parametrize(
    ("html", "length"),
    [("<b>ab</b>", 2), ("a&amp;b", 3), ("宝宝", 2), ("👶", 2), ("Bé ơi", 5), ("", 0), ("&lt;b&gt;", 3)],
)
def test_a_text_is_as_long_as_telegram_counts_it(html: str, length: int) -> None:
    assert plain_length(html) == length


def test_a_label_with_tags_or_entities_is_recognised() -> None:
    assert has_markup("<b>x</b>")
    assert has_markup("a &amp; b")
    assert not has_markup("a & b < c")
