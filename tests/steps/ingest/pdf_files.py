"""PDF files made by hand for the tests: one font, each line put at its place on the page."""

from collections.abc import Sequence

Line = tuple[float, float, str]
"""Where a line begins, from the left and from the foot of the page, and its letters."""


def pdf(*pages: Sequence[str]) -> bytes:
    """A page for each list of lines, from the top down."""
    return placed(*[[(60, 800 - 14 * row, line) for row, line in enumerate(page)] for page in pages])


def placed(*pages: Sequence[Line], encrypt: bool = False) -> bytes:
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"BT /F1 10 Tf {x} {y} Td ({_escaped(words)}) Tj ET" for x, y, words in lines)
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        ]
    if encrypt:
        secret = "00" * 32
        objects.append(f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{secret}> /U <{secret}> >>")
    return _file(objects, f"/Encrypt {len(objects)} 0 R /ID [<00> <00>]" if encrypt else "")


def packed(content: bytes) -> bytes:
    """A file of one page whose content is packed already; its table of places is left to the reader to find out."""
    head = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n"
    )
    stream = b"4 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(content)
    return head + stream + content + b"\nendstream\nendobj\ntrailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: Sequence[str], trailer: str) -> bytes:
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer << /Size {size} /Root 1 0 R {trailer} >>\n"
    return (out + end + f"startxref\n{len(out)}\n%%EOF").encode("cp1252")
