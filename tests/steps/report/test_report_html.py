"""The HTML page, read back with the standard library's parser."""

from collections.abc import Callable
from html.parser import HTMLParser

from qualbench.model import Method
from qualbench.steps.report import Report, render
from qualbench.steps.report.templating import built_in
from tests.steps.report.report_study import HOSTILE

Maker = Callable[..., Report]
VOID = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """Elements with their attributes and their text, in the order they open; every element must be closed."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.feed(render(report, ".html").decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words: list[str] = []
        self.elements.append((tag, dict(attrs), words))
        if tag not in VOID:
            self.open.append((tag, words))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, words in self.open:
            words.append(data)

    def of(self, *tags: str) -> list[str]:
        return ["".join(words) for tag, _, words in self.elements if tag in tags]


def test_headings_stand_in_order_and_skip_no_level(make: Maker) -> None:
    page = Page(make())
    headings = [(tag, "".join(words)) for tag, _, words in page.elements if tag in ("h1", "h2", "h3", "h4")]
    assert headings == [
        ("h1", "Ways to care: themes"),
        ("h2", "About the study"),
        ("h3", "What to know when reading"),
        ("h2", "Themes"),
        ("h3", "Getting there"),
        ("h3", "Losing time"),
        ("h2", "Method, drafted from the study's log"),
        ("h3", "Approach"),
        ("h3", "Participants and material"),
        ("h3", "Coding"),
        ("h3", "Agreement and consensus"),
        ("h3", "From codes to themes"),
        ("h2", "Appendix A. Codebook"),
        ("h3", "Changes by version"),
        ("h2", "Appendix B. Agreement before consensus"),
        ("h3", "How to read the table"),
        ("h3", "How agreement was assessed"),
        ("h2", "Appendix C. Decision log"),
    ]


def test_tables_have_captions_and_headers_with_scope(make: Maker) -> None:
    page = Page(make())
    assert page.of("caption") == [
        "Transcripts",
        "Themes at a glance",
        "Access codebook, version 1.2",
        "Further fields of the codes",
        "Versions of the codebook",
        "What releases changed in codes",
        "Agreement by code",
        "Agreement by round",
        "Decision log",
    ]
    scopes = [attributes.get("scope") for tag, attributes, _ in page.elements if tag == "th"]
    columns, rows = 2 + 5 + 5 + 4 + 5 + 4 + 9 + 6 + 7, 2 + 2 + 4 + 4 + 2 + 3 + 3 + 2 + 3
    assert (scopes.count("col"), scopes.count("row")) == (columns, rows)
    assert len(scopes) == columns + rows


def test_quotes_are_verbatim_with_their_source(make: Maker) -> None:
    page = Page(make())
    assert page.of("blockquote") == ["The bus never came.", "Too dear for me."]
    assert page.of("figcaption") == ["(P01, service user; 01-clinic, line 2)", "(Ben; 01-clinic, line 3)"]


def test_the_page_says_its_language_and_asks_the_network_for_nothing(make: Maker) -> None:
    page = Page(make())
    assert page.elements[0][:2] == ("html", {"lang": "en"})
    names = {name for _, attributes, _ in page.elements for name in attributes}
    assert not names & {"src", "srcset", "style", "action", "background"}
    links = [attributes["href"] or "" for _, attributes, _ in page.elements if "href" in attributes]
    assert all(link.startswith("#") for link in links)
    assert not {tag for tag, _, _ in page.elements} & {"script", "link", "img", "iframe"}
    style = page.of("style")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style


def test_hostile_text_makes_no_element(make: Maker, hostile: Report, spoken: str) -> None:
    page = Page(hostile)
    assert {tag for tag, _, _ in page.elements} <= {tag for tag, _, _ in Page(make()).elements}
    said = page.of("blockquote")[0]
    assert len(said) == len(spoken)
    assert all(there == here for here, there in zip(spoken, said, strict=True) if here.isprintable() or here in "\n\t")
    if spoken is HOSTILE:
        assert "{{ 7*7 }} {% raw %} &amp; &copy;" in said
        assert "\x1b" not in render(hostile, ".html").decode()


def test_the_same_report_is_the_same_bytes(make: Maker) -> None:
    first = render(make(), ".html")
    built_in.cache_clear()
    assert render(make(), ".html") == first


def test_an_empty_study_is_a_calm_page(empty: Report) -> None:
    page = Page(empty)
    assert page.of("table") == []
    assert "No theme has been made yet." in page.of("p")


def test_a_reflexive_page_counts_nothing(make: Maker) -> None:
    page = Page(make(Method.REFLEXIVE))
    assert "Agreement" not in "".join(page.of("h2", "caption"))
    assert page.of("th")[2:5] == ["01-clinic", "02-school", "Theme"]
    assert "Segments" not in page.of("th")
    assert not any("of 3 participants" in text or "%" in text for text in page.of("p", "th", "td", "li"))
