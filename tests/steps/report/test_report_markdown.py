"""The Markdown, read back with an independent CommonMark parser: text is text, whatever was said."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qualbench.formats.markdown import escape
from qualbench.model import Method
from qualbench.steps.report import Report, render
from tests.steps.report.report_study import HOSTILE

Maker = Callable[..., Report]
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class Parts(HTMLParser):
    """The tags and the text of a rendered page."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(READER.render(markdown))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def parts(report: Report) -> Parts:
    return Parts(render(report, ".md").decode())


def test_the_page_reads_as_meant(make: Maker) -> None:
    page = parts(make())
    assert page.tags.count("table") == 9
    assert page.tags.count("blockquote") == 2
    assert (page.tags.count("h1"), page.tags.count("h2"), page.tags.count("h3")) == (1, 6, 11)
    assert "(P01, service user; 01-clinic, line 2)" in page.text
    assert "2 of 3 participants (66.7%); 4 segments. In: 01-clinic, 02-school." in page.text


def test_hostile_text_makes_no_element(make: Maker, hostile: Report, spoken: str) -> None:
    page, plain = parts(hostile), parts(make())
    assert set(page.tags) <= set(plain.tags) | {"br"}
    assert page.tags.count("blockquote") == 1
    assert page.tags.count("h3") == plain.tags.count("h3") - 1  # one theme in place of two
    assert page.tags.count("table") == plain.tags.count("table")
    if spoken is HOSTILE:
        for words in ("<script>alert(1)</script> [/x] *a* _b_ ~~c~~ `d` | e | [x](http://y.z)", "# not a heading"):
            assert words in page.text
        assert "1. nor this" in page.text
        assert "    not code" in page.text
        assert "␀␛]52;c;eA␇" in page.text
    else:
        assert spoken.strip() in page.text


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"])
        | st.sampled_from("#-+=>*_[]()`|~\\<&:.1 ")
    )
)
@example("1. a")
@example("  - a")
@example("---")
@example("[a]: b")
def test_any_line_stays_one_plain_paragraph(line: str) -> None:
    page = Parts(escape(line))
    assert page.tags == (["p"] if line else [])
    assert page.text.strip("\n").rstrip(" ") == line.rstrip(" ") or not line.strip(" ")


@given(st.lists(st.text(st.sampled_from("#-+=>*_[]()`|~\\<&:. 1a\t"), min_size=1), min_size=1, max_size=4))
def test_lines_below_each_other_act_on_nothing(lines: list[str]) -> None:
    page = Parts("\n".join(escape(line) for line in lines))
    assert set(page.tags) <= {"p", "br"}


def test_an_empty_study_is_a_calm_page(empty: Report) -> None:
    page = parts(empty)
    assert "table" not in page.tags
    assert "No theme has been made yet." in page.text


def test_a_reflexive_page_counts_nothing(make: Maker) -> None:
    text = parts(make(Method.REFLEXIVE)).text
    assert "of 3 participants" not in text
    assert "%" not in text
    assert "Kappa" not in text


@pytest.mark.parametrize("text", ["P07", "01-clinic", "66.7%", "It's 3 (three)."])
def test_ordinary_words_stay_readable(text: str) -> None:
    assert escape(text) == text
