"""What was made for Telegram, on a terminal and in Markdown."""

import pytest

from app.telegram_text import in_markdown, on_terminal


def test_emphasis_is_kept_and_tags_are_not_shown() -> None:
    shown = on_terminal("Hold <b>An <i>close</i></b> &amp; warm.\n<code>x</code>")
    assert shown.plain == "Hold An close & warm.\nx"
    assert {(shown.plain[span.start : span.end], str(span.style)) for span in shown.spans} == {
        ("An ", "bold"),
        ("close", "bold italic"),
    }


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("One.\nTwo.", "> One.  \n> Two.  "),
        ("<b>One.\nTwo.</b>", "> **One.**  \n> **Two.**  "),
        ("2 * 3 &lt; 7 _x_ # [a]", "> 2 \\* 3 \\< 7 \\_x\\_ \\# \\[a\\]  "),
        ("One.\n\nTwo.", "> One.  \n>\n> Two.  "),
    ],
)
def test_markdown_is_a_quotation_line_for_line(html: str, markdown: str) -> None:
    assert in_markdown(html) == markdown
