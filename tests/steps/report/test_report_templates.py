"""A team's own templates: in a sandbox, escaped, built on the built-in ones, and told where they are wrong."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from qualbench.steps.report import Look, Report, built_in_templates, render
from qualbench.steps.report.templating import BadTemplate
from tests.steps.report.report_study import HOSTILE

Maker = Callable[..., Report]
SHORT = """\
{% extends "built-in/report.html" %}
{% block header %}<h1>House style: {{ page.title }}</h1>{% endblock %}
"""


def html(report: Report, template: str, **files: str) -> str:
    return render(report, ".html", Look(files={"report.html": template, **files})).decode()


def test_the_built_in_templates_can_be_written_out_and_used_unchanged(make: Maker) -> None:
    files = dict(built_in_templates())
    assert sorted(files) == ["report.css", "report.html", "report.md"]
    for suffix in (".html", ".md"):
        assert render(make(), suffix, Look(files=files)) == render(make(), suffix)


def test_a_template_changes_only_what_it_names(make: Maker) -> None:
    page = html(make(), SHORT)
    assert "<h1>House style: Ways to care: themes</h1>" in page
    assert '<blockquote dir="auto">The bus never came.</blockquote>' in page
    assert "Content-Security-Policy" in page


def test_an_own_style_sheet_alone_is_enough(make: Maker) -> None:
    page = render(make(), ".html", Look(files={"report.css": "body { color: #123456; }"})).decode()
    assert "color: #123456" in page
    assert "--paper" not in page


def test_what_people_said_is_escaped_in_an_own_template(hostile: Report, spoken: str) -> None:
    loop = "{% for s in page.sections %}{% for b in s.blocks %}{% if b.kind == 'quotation' %}<q>{{ b.text }}</q>"
    page = html(hostile, loop + "{% endif %}{% endfor %}{% endfor %}")
    assert page.count("<") == 2
    if spoken is HOSTILE:
        assert "&lt;script&gt;" in page


def test_markdown_is_escaped_in_an_own_template(make: Maker) -> None:
    look = Look(
        files={"report.md": "{% for s in page.sections %}- {{ s.title }}\n{% endfor %}\n\n***\n\n{{ '# *a* <b>' }}\n"}
    )
    text = render(make(), ".md", look).decode()
    assert "- Method, drafted from the study's log\n" in text
    assert "<p># *a* &lt;b&gt;</p>" in MarkdownIt("commonmark").render(text)


@pytest.mark.parametrize(
    ("template", "line", "why"),
    [
        ("<p>\n{{ page.titel }}\n", 2, "titel"),
        ("<p>\n\n{% for x in page.sections %}\n", 3, "endfor"),
        ("{{ 1 }}\n{{ page.sections[99].title }}\n", 2, ""),
        ("\n\n{{ 1 // 0 }}", 3, "zero"),
        ("\n{% include 'other.html' %}", 2, "other.html"),
        ("{{ page.sections | nofilter }}", 1, "nofilter"),
        ("\n{{ ''.__class__.__mro__ }}", 2, "unsafe"),
        ("\n{{ range(10 ** 9) | list }}", 2, "too big"),
        ("\n{% set _ = page.__init__.__globals__ %}", 2, "unsafe"),
    ],
)
def test_a_fault_in_a_template_is_told_with_file_and_line(make: Maker, template: str, line: int, why: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        html(make(), template)
    assert caught.value.message.startswith(f"templates/report.html, line {line}: ")
    assert why.lower() in caught.value.message.lower()


def test_a_fault_in_what_is_included_names_that_file(make: Maker) -> None:
    with pytest.raises(BadTemplate, match=r"templates/report.css, line 2: "):
        render(make(), ".html", Look(files={"report.css": "\n{{ nobody }}"}))


def test_a_template_reaches_no_file() -> None:
    from qualbench.steps.report.templating import rendered

    for name in ("../html.py", "/etc/passwd", "built-in/../html.py"):
        with pytest.raises(BadTemplate, match="there is no template"):
            rendered("report.html", {"report.html": f"{{% include '{name}' %}}"}, {})


def test_the_template_of_the_guide_is_a_template(make: Maker) -> None:
    page = (Path(__file__).parents[3] / "docs" / "report.md").read_text("utf-8")
    [example] = re.findall(r"```html\n(.*?)```", page, flags=re.DOTALL)
    assert "<p>Institute of Example, report of 2025-03-04</p>" in html(make(), example)
