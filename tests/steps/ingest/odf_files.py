"""OpenDocument texts made by hand for the tests, so that every trap can be seen in the XML."""

import io
import zipfile

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        **dict(zip(*[("office", "style", "text", "table")] * 2, strict=True)),
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T3" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="700"/></style:style>'
)


def content(body: str, styles: str = STYLES) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def common_styles(inner: str) -> bytes:
    return f"<office:document-styles {_SPACES}>{inner}</office:document-styles>".encode()


def packed(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def odt(body: str, **parts: bytes) -> bytes:
    """The parts are named by their file's stem: styles, META-INF/manifest."""
    return packed({"content.xml": content(body), **{f"{name}.xml": data for name, data in parts.items()}})


def p(*parts: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{"".join(parts)}</text:p>'


def span(words: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def bold(words: str) -> str:
    return span(words, "T1")


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<table:table-cell>{p(cell)}</table:table-cell>" for cell in row) for row in rows)
    return (
        "<table:table><table:table-column/>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        + ("</table:table>")
    )
