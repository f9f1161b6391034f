"""Small files that each reader reads, taken from the tests of that reader where these have one, and hostile ones."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import BOOK, INTERVIEW
from tests.fuzz.damage import packed
from tests.fuzz.hostile import DEEP

# --- transcripts -------------------------------------------------------------------------------------------------


def texts() -> Sequence[bytes]:
    long = INTERVIEW + "[00:01:02] I: And (laughs) then?\nP1: no:: [inaudible 00:04:43] \u00b0so\u00b0 XXX\n"
    return [INTERVIEW.encode(), f"# Talk\n\n**I:** Why?\n\n**Ana Lopez:** {long}".encode(), long.encode("utf-16")]


def word() -> Sequence[bytes]:
    from tests.steps.ingest.word_files import b, docx, p, table

    body = p(b("I:"), " Why?") + p("P1: So ", b("it"), " was.") + table(("I", "And?"), ("P1", "No.")) + p("P1: Yes.")
    return [docx(body + "<w:sectPr/>"), docx(p("I: x") + p("<w:ins><w:r><w:t>P: y</w:t></w:r></w:ins>"))]


def vtt() -> Sequence[bytes]:
    return [
        b"WEBVTT - x\nKind: captions\n\nNOTE z\n\n1\n00:01.000 --> 00:02.000 align:start\n<v Ana>How <c.x>so</c>?\n\n"
        b"00:03.000 --> 00:04.500\n<v Ben>Well.\n\n01:00:03.000 --> 01:00:04.500\n- Ana: Yes &amp; no.\n- Ben: I see.\n"
    ]


def srt() -> Sequence[bytes]:
    return [
        b"1\r\n00:00:01,000 --> 00:00:02,000\r\nANA: How <i>so</i>?\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,500\r\n"
        b"BEN: Well,\r\nit was.\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\nANA: I see.\r\n"
    ]


def odt() -> Sequence[bytes]:
    from tests.steps.ingest.odf_files import odt as made
    from tests.steps.ingest.odf_files import p, span, table
    from tests.steps.ingest.test_ingest_odt import NOTES

    return [made(p("I: x", span("y", "T2")) + table(("I", "a"), ("P", "b"), ("I", "c"))), made("".join(NOTES))]


def rtf() -> Sequence[bytes]:
    from tests.steps.ingest.test_ingest_rtf import F4, row
    from tests.steps.ingest.test_ingest_rtf import rtf as made

    return [made(F4 + row("I", "a") + row("B", "b") + r"{\pict\bin3 }}}\u8217? \'e9{\b x}{\v y}{\*\z q}")]


def html() -> Sequence[bytes]:
    from tests.steps.ingest.test_ingest_html import NOSCRIBE

    return [
        b"<html><body><p>I: Why?</p><p>P1: So &amp; so.</p><ul><li>I: And?</li></ul></body></html>",
        NOSCRIBE.encode(),
        b"<table><tr><td>I<td>a<tr><td>P<td>b</table><pre>x\n<b>y</b></pre>&amp;",
    ]


def otranscribe() -> Sequence[bytes]:
    from tests.steps.ingest.test_ingest_html import TALK, otr

    return [otr(TALK)]


def recognised() -> Sequence[bytes]:
    from tests.steps.ingest.recognised_files import ALL, dumped

    return [dumped(one) for one in ALL]


def elan() -> Sequence[bytes]:
    from tests.steps.ingest.test_ingest_elan import GERMAN, MARIA, SAM, eaf

    return [eaf(MARIA, SAM, GERMAN), eaf(MARIA, SAM)]


def pdf() -> Sequence[bytes]:
    from tests.steps.ingest.pdf_files import pdf as made

    return [made(["Head", "I: How was it, hous-", "ing?", "P1: Hard.", "1/2"], ["Head", "I: And?", "P1: No.", "2/2"])]


SPEECH = (("time", "speaker", "words"), ("00:01", "A:", "one"), ("00:02", "", "[noise]"), ("", "B", "two, and"))
SURVEY = (("id", "site", "Why; then?"), ("P1", "north", "It was, you know,\nlate"), ("P2", "", "=none"), ("", "s", "-"))
PEOPLE = (
    *(("participant", "transcript", "speaker", "role", "Age", "Since"),),
    *(("Mara", "talk", "P1", "participant", "34", "2020-01-05"), ("Ben", "", "", "", "x", "5.1.2021")),
)
SEGMENTS = (
    *(("Document", "Code", "Segment", "Created by", "Comment"),),
    *(("talk", "Trust; Hope", "I trusted her at once.", "ana", "sure?"), ("talk", "A > B", "nowhere", "", "")),
)


def _csv(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    return "\r\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows).encode()


def _book(rows: Sequence[Sequence[str]]) -> bytes:
    from tests.steps.ingest.book_files import xlsx

    return xlsx({"S": rows, "T": [["x", 3.5, True]]})


def speech() -> Sequence[bytes]:
    return [_csv(SPEECH), _csv(SPEECH, ";"), b"start\tend\ttext\n0\t10\t one\n10\t20\ttwo.\n"]


def speech_book() -> Sequence[bytes]:
    from tests.steps.ingest.book_files import by_hand

    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>words</t></is></c></row>'
        '<row r="2"><c r="A2"><v>A</v></c><c r="B2" t="str"><f>A1</f><v>late</v></c><c t="e"><v>#N/A</v></c></row>'
    )
    return [_book(SPEECH), by_hand(cells, "<si><t>speaker</t></si>")]


def survey() -> Sequence[bytes]:
    return [_csv(SURVEY, ";"), _csv(SURVEY)]


def survey_book() -> Sequence[bytes]:
    return [_book(SURVEY)]


def people() -> Sequence[bytes]:
    return [_csv(PEOPLE), _csv([row[:1] + row[4:] for row in PEOPLE], "\t")]


def people_book() -> Sequence[bytes]:
    return [_book(PEOPLE)]


def segments() -> Sequence[bytes]:
    return [_csv(SEGMENTS), b"Dokumentname\tKode\tZitatinhalt\ntalk\tTrust\tI trusted\nher\n"]


def segments_book() -> Sequence[bytes]:
    return [_book(SEGMENTS)]


# --- codebooks and projects ----------------------------------------------------------------------------------------


def yaml() -> Sequence[bytes]:
    tree = BOOK.replace(
        "codes:",
        "description: >\n  Long\n  words\nchanges:\n  - {code: TRUST, change: wording}\ncodes:\n  - id: T\n"
        "    label: |\n      Theme\n    codes: [{id: IN, label: In, definition: x}]",
    )
    return [BOOK.encode(), tree.encode()]


def bad_yaml() -> Iterable[bytes]:
    head = BOOK.partition("codes:")[0]
    laughs = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    yield f"a0: &a0 lol\n{laughs}".encode()
    yield f"{head}codes: &a [*a]\n".encode()
    yield f"{head}codes: {'[' * DEEP}{']' * DEEP}\n".encode()
    yield f"{head}codes: {'{a: ' * DEEP}\n".encode()
    yield "\n".join(" " * n + "- " for n in range(2_000)).encode()
    yield f"{head}codes: !!python/object/apply:os.system ['true']\n".encode()
    yield f"{head}codes:\n  - {{id: A, label: &x [*x], definition: *x}}\n".encode()
    yield f'{head}codes:\n  - {{id: "A{"9" * 5_000}", label: !!int "1", definition: 2001-99-99}}\n'.encode()
    yield b"%YAML 9.9\n---\n<<: {a: 1}\n? [a]\n: b\n---\n---\n"
    yield (head + "codes:\n" + "".join(f"  - {{id: C{n}, label: L{n}, definition: d}}\n" for n in range(500))).encode()


def book_as(*targets: str) -> Sequence[bytes]:
    from qualbench.steps.codebook.files import write
    from tests.steps.codebook.test_qdc import BOOK as FULL

    return [write(FULL, one)[0] for one in targets]


def word_book() -> Sequence[bytes]:
    from tests.steps.ingest.word_files import docx, p, table

    rows = (("Code", "Definition", "Example"), ("Trust", "They trust", "I trust her"), ("Hope", "They hope", "Soon"))
    return [docx(p("Codebook") + table(*rows))]


def qdpx() -> Sequence[bytes]:
    from tests.steps.interchange import qdpx_files as made

    coded = made.coded([(4, 20), (26, 43)], "name")
    notes = f'<Notes><Note guid="{made.NOTE}" name="M"><PlainTextContent>Shy</PlainTextContent></Note></Notes>'
    cases = (
        '<Cases><Case name="Mara" guid="dddddddd-0000-4000-8000-000000000001"><VariableValue><VariableRef targetGUID="'
        'dddddddd-0000-4000-8000-000000000002"/><IntegerValue>34</IntegerValue></VariableValue></Case></Cases>'
        '<Variables><Variable guid="dddddddd-0000-4000-8000-000000000002" name="age" typeOfVariable="Integer"/>'
        "</Variables>"
    )
    return [made.qdpx(made.USERS, made.CODES, cases, coded, notes), made.qdpx(made.USERS, made.CODES, coded)]


def taguette() -> Sequence[bytes]:
    from tests.steps.interchange.test_taguette import at, project

    said = json.dumps({"type": "highlight_add", "highlight_id": 1, "tags": [2]})
    return [
        project([(1, 1, *at("trusted her \U0001f642"), "<b>trusted</b> her \U0001f642")], [(1, 2), (1, 3)],
                commands=[(1, "2026-01-05 09:00:00", "ana", 1, 1, said)])
    ]  # fmt: skip


def qualcoder() -> Sequence[bytes]:
    from tests.steps.interchange.test_qualcoder import data_qda

    return [data_qda()]


def rqda() -> Sequence[bytes]:
    from tests.steps.interchange.databases import database

    return [
        database({
            "project": ("memo, about", [("About trust", "RQDA")]),
            "source": ("name, id integer, file, memo, owner, status", [("talk", 1, INTERVIEW, "", "ana", 1)]),
            "freecode": ("name, memo, owner, id integer, status, color", [("Trust", "", "ana", 1, 1, None)]),
            "codecat": ("name, catid integer, memo, status", [("Feelings", 1, "", 1)]),
            "treecode": ("cid, catid, status", [(1, 1, 1)]),
            "coding": ("cid, fid, seltext, selfirst, selend, status, owner, date, memo",
                       [(1, 1, "How did it", 3, 13, 1, "ana", "Mon Jan  5 09:00:00 2026", "sure?")]),
            "annotation": ("fid, position, annotation, owner, date, status", [(1, 5, "Look", "ana", "", 1)]),
            "cases": ("name, memo, owner, id integer, status", [("Mara", "", "ana", 1, 1)]),
            "caselinkage": ("caseid, fid, status", [(1, 1, 1)]),
            "caseAttr": ("variable, value, caseID, status", [("site", "north", 1, 1)]),
        })
    ]  # fmt: skip


def member(data: bytes, name: str) -> bytes:
    """One member of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def with_member(data: bytes, name: str, body: bytes) -> bytes:
    """The package with one member replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed([(one, body if one == name else archive.read(one)) for one in archive.namelist()])


# --- tables that are text ------------------------------------------------------------------------------------------


def codings() -> Sequence[bytes]:
    return [b'transcript,start,end,code,coder,memo\ntalk,0,8,TRUST,ana,"sure, yes"\ntalk,9,20,,ben,\n']


def numbers() -> Sequence[bytes]:
    return [b"unit,ana,ben,cleo\n1,1,2,\n2,2,2,3\n3,0.5,1e2,1\n"]


def ratings() -> Sequence[bytes]:
    return [b"transcript,ana,ben\nt1,A;B,A\nt1,-,{}\nt2,B,B\n"]


def answers() -> Sequence[bytes]:
    return [b"string,action,replacement\nMaria,replace,Ana\nJo,keep,\nToledo,take,\n"]


def names() -> Sequence[bytes]:
    return [b"first,last,nicknames\nMaria,Lopez,Mari;Mia\nJo van Dyke\nplace: San Jose\n"]


def trail() -> Sequence[bytes]:
    return [b"when (UTC),who,class,what,why,about,undone,step,hash\n2026,ana,coding,x,,,,s1," + b"ab" * 32 + b"\n"]


# --- our own files -------------------------------------------------------------------------------------------------


def vault() -> Sequence[bytes]:
    entry = {
        "original": "Maria Lopez", "kind": "person", "action": "replace", "replacement": "Ana",
        "forms": ["Maria", "Lopez"], "cased": True, "reviewed_by": ["ana"],
    }  # fmt: skip
    town = {**entry, "original": "Toledo", "kind": "place", "replacement": "[town 1]", "forms": []}
    whole = {"format": "qualbench-vault/1", "entries": [entry, town], "seed": "ab", "readers": {"aa": ["ana"]}}
    return [json.dumps(whole, indent=1).encode()]


RECOVERY = "N7NU-GDT7-MR83-HEJ4-A9AC-C5SF-CGFW"
"""Of the sealed vault among the seeds."""


def sealed_vault() -> Sequence[bytes]:
    return [(Path(__file__).parent / "data" / "vault.sealed").read_bytes()]


@cache
def reader_of_packages():  # type: ignore[no-untyped-def]  # the import is inside, as it is heavy
    """Whom the packages of the seeds are sealed to, and who signs them: the same every time."""
    from qualbench.steps.packages import Identity

    return Identity("11" * 32, "AGE-SECRET-KEY-1QDH6SNAV6NWWAW2RLLY8C2H9TVVPGLK43JD7D8VMKKJQNHT9W5KQS8VTJH")


def identity() -> Sequence[bytes]:
    return [reader_of_packages().written().encode()]


def card() -> Sequence[bytes]:
    return [reader_of_packages().card("Ana").line().encode()]


def card_body() -> Sequence[bytes]:
    return [card()[0].removeprefix(b"qualbench1.").rpartition(b".")[0]]


def _header() -> dict[str, object]:
    from qualbench.steps.packages import Header

    mine = reader_of_packages().card("Ana")
    return asdict(Header("study", "coder", mine.key, "Ana", mine.fingerprint, "2026-01-05", (("talk", "", "p1"),)))


def header() -> Sequence[bytes]:
    return [json.dumps({**_header(), "payload": hashlib.sha256().hexdigest()}).encode()]


def lines() -> Sequence[bytes]:
    body = b"a memo"
    key = hashlib.sha256(body).hexdigest()
    row = [1, "01", "device", "step", "talk", "ana", "2026-01-05", "coded", "{}", "", "ab", None]
    return [
        "\n".join(map(json.dumps, [
            ["heads", [["device", "talk", "", "ab", "cd"]]], ["words", key, base64.b64encode(body).decode()],
            ["entry", *row], ["entry", 2, *row[1:-1], "lane"],
        ])).encode()
    ]  # fmt: skip


def bad_lines() -> Iterable[bytes]:
    yield b'["entry",' + b"[" * DEEP + b"]" * DEEP + b"]"
    yield b'["entry",' + b"9" * 5_000 + b"]"
    yield b'["words",["a"],"eA=="]'
    yield b'["heads"]\n["heads",[1]]\n["entry"]\n[]\n{}\n0\n""'
    yield b'["words","","eA==\xed\xa0\x80"]'
    yield b'["entry",1' + b',"\\ud800"' * 10 + b",null]"


def package() -> Sequence[bytes]:
    """Sealed once and kept, for sealing is never twice the same."""
    return [(Path(__file__).parent / "data" / "one.qbp").read_bytes()]


def squeezed() -> Sequence[bytes]:
    return [zlib.compress(lines()[0])]


def bombs() -> Iterable[bytes]:
    """What unpacks to two hundred million bytes: of nothing, of one line, of lines without end."""
    for piece in (bytes(1_000_000), b'["entry"],' * 100_000, b'["x"]\n' * 150_000):
        pressed = zlib.compressobj(1)
        yield b"".join([*(pressed.compress(piece) for _ in range(200_000_000 // len(piece))), pressed.flush()])
    yield zlib.compress(b'["entry",1' + b',"ab"' * 10 + b",null]\n" * 1)[:-3]
    yield zlib.compress(b"x" * 500) + b"more"


def signed(words: bytes, payload: bytes = b"") -> bytes:
    """A package whose header is signed by somebody whom the header may name, whatever it says."""
    from qualbench.steps.packages.format import MAGIC

    said = words.decode("utf-8", "replace")
    return MAGIC + json.dumps([said, reader_of_packages().sign(said.encode())]).encode() + b"\n" + payload


def sealed(inside: bytes) -> bytes:
    return sealed_raw(zlib.compress(inside, 1))


def sealed_raw(plain: bytes) -> bytes:
    """A package that somebody really made, with these bytes inside."""
    from pyrage import encrypt, x25519

    return with_header(encrypt(plain, [x25519.Identity.from_str(reader_of_packages().secret).to_public()]))


def with_header(body: bytes) -> bytes:
    """A package with a header that somebody signed for these bytes."""
    whole = {**_header(), "payload": hashlib.sha256(body).hexdigest()}
    return signed(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode(), body)


# --- what a hub gives ----------------------------------------------------------------------------------------------

HUB_KEY = bytes(range(32))


@cache
def of_a_hub() -> dict[str, Any]:
    """A study of ana and ben, made once and kept: the entries that ana has, those that come from the hub, all words."""
    told: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "hub.json").read_text("utf-8"))
    return told


def words_of_a_hub() -> dict[str, bytes]:
    """All words of that study by their hash."""
    return {digest: base64.b64decode(body) for digest, body in of_a_hub()["words"].items()}


def _bodies() -> list[list[str]]:
    return [[*row[1:9], row[11], str(row[0])] for row in of_a_hub()["there"]]


def hub_entries() -> Sequence[bytes]:
    return ["\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in _bodies()).encode()]


def hub_facts() -> Sequence[bytes]:
    return [json.dumps([[*one[:7], json.loads(one[7]), *one[8:]] for one in _bodies()]).encode()]


def bad_entries() -> Iterable[bytes]:
    yield b"[" * DEEP + b"]" * DEEP
    one = _bodies()[0]
    for at in range(len(one)):
        for value in ("\ud83d", "a\0b", "9" * 5_000, "-1", "", None, ["x"], "[" * DEEP):
            yield json.dumps([*one[:at], value, *one[at + 1 :]]).encode()
    yield b"\n".join([json.dumps(one).encode()] * 2)


def sealed_words(digest: str, body: bytes) -> bytes:
    """Words as a hub has them, the same every time."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return bytes(12) + ChaCha20Poly1305(HUB_KEY).encrypt(bytes(12), body, digest.encode("utf-8", "replace"))


def hub_words() -> Sequence[bytes]:
    digest, body = max(words_of_a_hub().items())
    return [digest.encode() + b"\n" + sealed_words(digest, body)]


def hub_key() -> Sequence[bytes]:
    """A key that was wrapped once and kept, for wrapping is never twice the same, and one as it is inside."""
    return [base64.b64decode(of_a_hub()["key"]), HUB_KEY + bytes(64)]


def wrapped(plain: bytes) -> bytes:
    """What somebody really wrapped for this member, whatever it is."""
    from pyrage import encrypt, x25519

    found: bytes = encrypt(plain, [x25519.Identity.from_str(reader_of_packages().secret).to_public()])
    return found


def hub_address() -> Sequence[bytes]:
    return [
        b'[hub]\nurl = "postgresql://ana:secret@hub.example.org:5432/shelter?sslmode=require&password=x"\n',
        b'[report]\nlanguage = "de"\n[hub]\nurl = "postgresql:///shelter?host=/run/postgresql"\n',
    ]


def bad_addresses() -> Iterable[bytes]:
    for url in (
        "postgresql://[::1/x", "postgresql://a:b@[x]:99999/y", "postgresql://h:x/y", "host=h password=x", "http://h/d",
        "postgresql://h/d?host=a,b,c&port=1,x", "postgresql://%zz@h/d", "postgresql://h/d?nonsense=1", "\\u0000", "",
    ):  # fmt: skip
        yield f'[hub]\nurl = "{url}"\n'.encode()
    yield b"[hub]\nurl = 5\n"
    yield b"hub = 5\n"
    yield b"\xff\xfe[hub]\n"
    yield b"[hub]\nx = " + b"[" * DEEP + b"]" * DEEP


def hub_said() -> Sequence[bytes]:
    """All that a hub says in one meeting: ben's pass and what the lead opened, with the words and a key."""
    told, rows = of_a_hub(), of_a_hub()["there"]
    standing = {
        "study": told["study"], "name": "study", "generation": "life", "login": "ana", "person": "ana",
        "is_lead": False, "members": {"ana": "ana", "ben": "ben", "lead": "lead"}, "heads": {"*": len(rows), "ana": 0},
        "chains": [[row[2], row[4], row[11], row[0], row[10]] for row in told["here"][-2:]],
        "published": [], "kept": {told["here"][-1][11]: "notes"}, "sealed": [[told["here"][-1][4], "R"]],
        "opened": [[told["here"][-1][4], "R", "", [told["here"][-1][11]]]],
    }  # fmt: skip
    came = [
        [body, row[0], row[9], row[10]] for body, row in zip(hub_entries()[0].decode().split("\n"), rows, strict=True)
    ]
    words = [["", digest, "study", "k1", body] for digest, body in told["words"].items()]
    whole = {"standing": standing, "rows": {"*": came, "ana": []}, "words": words,
             "keys": [["study", "k1", told["key"]]], "held": [["study", "ana", "k1", "x"]], "refuses": []}  # fmt: skip
    return [
        json.dumps(whole).encode(),
        json.dumps({**whole, "refuses": [*told["here"][-1][2:5:2], "x"]}).encode(),
    ]


def seals() -> Sequence[bytes]:
    """The sealed part of the package that was made once."""
    return [package()[0].partition(b"\n")[2].partition(b"\n")[2]]


def long_seals() -> Iterable[bytes]:
    """Seals for so many, or of so many letters, that reading whom they are for would not end."""
    head = b"age-encryption.org/v1\n-> X25519 "
    for many in (10_000, 200_000, 2_000_000):
        yield head + b"9" * many + b"\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n" + bytes(32)
        yield head + b"A" * 43 + b"\n" + b"A" * many + b"\n--- " + b"A" * 43 + b"\n" + bytes(32)
        yield head + b"A" * 43 + b"\n" + (b"A" * 43 + b"\n-> X25519 " + b"A" * 43 + b"\n") * (many // 100)


def profile() -> Sequence[bytes]:
    from dataclasses import replace

    from qualbench.steps.ingest import Answers, Plan, profiles, read

    data = INTERVIEW.encode()
    made = profiles.profile_of("x", read("talk.txt", data), Answers(merge={"P": "P1"}, front_matter=((1, 2),)))
    planned = replace(made, answers=Answers(survey=Plan("question", ("Why",), "id", ("site",))))
    return [json.dumps(profiles.to_data(one)).encode() for one in (made, planned)]


def settings() -> Sequence[bytes]:
    return [
        b'[report]\nlanguage = "de"\ndecimal = "comma"\nquote_label = "{participant}, {age}"\nyielded = true\n'
        b'attributes = ["age"]\ntemplate = "style.docx"\n[report.styles]\nquote = "Zitat"\n'
    ]


def bad_settings() -> Iterable[bytes]:
    for table in (b"report", b"keys"):
        yield b"[" + table + b"]\nx = " + b"[" * DEEP + b"]" * DEEP
        yield b"[" + table + b"]\nx = " + b"{a = " * 2_000 + b"1" + b"}" * 2_000
        yield b"[" + table + b"]\nx = " + b"9" * 5_000
        yield b"[" + table + b"]\nx = 1e999\ny = 2026-99-99\nz = inf\n"
        yield table + b" = 5"
        yield table + b"." + b"a." * 3_000 + b"b = 1"
        yield b"\xff\xfe[" + table
        yield b"[" + table + b"]\nquote_label = '{a[0]!r:>{x}}'\ntemplate = '../../x'\ndecimal = []\nlanguage = {}\n"


def keys() -> Sequence[bytes]:
    return [b'[keys]\nsubmit = "ctrl+s"\nnext = "j"\n']


def template() -> Sequence[bytes]:
    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    return [stream.getvalue()]


# --- words ---------------------------------------------------------------------------------------------------------


def queries() -> Sequence[bytes]:
    return [
        b'TRUST and not (HOPE or "Lost trust") where site = north, layer = ana',
        b"TRUST within 3 turns of HOPE",
        b"any A followed by (C but not D) within 2 turns where role = participant or moderator",
    ]  # fmt: skip


def rules() -> Sequence[bytes]:
    return [b'code:TRUST and not code:"Lost trust" and (attribute:role = advocate or attribute:"age" >= 30)']


def searches() -> Sequence[bytes]:
    return [b'trust "at once" role:participant age:30..40 since=2020-01-05.. "since":2020-01-05']


def said() -> Sequence[bytes]:
    return [b"Age=attribute:number\nSite=attribute\nP=1=participant", b"age=-\nSite=transcript"]


def patterns() -> Sequence[bytes]:
    return [rb"(?P<name>[A-Z]\w*)\s*[:>]", rb"(?P<name>I|P\d+)(?P<time>[\d:]*):\s"]
