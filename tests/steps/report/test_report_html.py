"""The HTML page, read back with the standard library's parser."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from qualbench.model import Method
from qualbench.steps.report import Language, Look, Report, render
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


# --- for everybody ---------------------------------------------------------------------------------------------


def test_a_keyboard_reaches_every_part(make: Maker) -> None:
    """The first link skips the contents; every link of the page leads to something that is there, once."""
    page = Page(make())
    links = [(attributes["href"] or "")[1:] for tag, attributes, _ in page.elements if tag == "a"]
    names = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert links[0] == "report"
    assert len(names) == len(set(names))
    assert set(links) <= set(names)
    [main] = [attributes for tag, attributes, _ in page.elements if tag == "main"]
    assert main == {"id": "report", "tabindex": "-1"}
    assert [attributes.get("aria-labelledby") for tag, attributes, _ in page.elements if tag == "nav"] == ["contents"]


def test_gaps_are_marked(make: Maker) -> None:
    marks = Page(make()).of("mark")
    assert "[to be filled by the authors: ethics approval and consent]" in marks
    assert all(mark.startswith("[to be filled") for mark in marks)


def test_the_page_is_in_the_language_of_the_report(make: Maker) -> None:
    page = render(make(), ".html", Look(Language.FRENCH)).decode()
    assert '<html lang="fr">' in page
    assert ">Thèmes</h2>" in page


def luminance(colour: str) -> float:
    """Relative luminance of '#rgb' or '#rrggbb' (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_it_is_published() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # WebAIM's grey that just fails


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_text_can_be_told_from_its_ground(scheme: int) -> None:
    """At least 4.5 to 1, as WCAG asks of text, in light, in dark and on paper."""
    blocks = re.findall(r":root \{(.*?)\}", built_in()["report.css"], flags=re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", blocks[scheme]))
    pairs = [("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("ink", "shade"), ("gap-ink", "gap")]
    assert {pair: contrast(colours[pair[0]], colours[pair[1]]) >= 4.5 for pair in pairs} == dict.fromkeys(pairs, True)
