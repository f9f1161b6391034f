"""REFI-QDA codebooks: read as programs write them, valid or not; written as the schema and those programs want it."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import BadCodebook, QualbenchError, UnreadableFile
from qualbench.model import Code, Codebook
from qualbench.steps.codebook.files import guid_of, read_file, write
from tests.steps.codebook.opened import OPENS

SCHEMA = Path(__file__).parents[4] / "shared" / "data" / "refi" / "Codebook-mrt2019.xsd"
NAMESPACE = "urn:QDA-XML:codebook:1.0"
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

FULL = Code(
    "FULL",
    "Everything & <more>",
    parent="T",
    definition_short="In short: this",
    definition="Two\n\nparagraphs\nand lines",
    include="When it is said",
    exclude="When it is not (OTHER)",
    examples=("One", "Two\nlines"),
    near_miss="Nearly",
    origin="inductive: P01",
    status="split",
    notes="Remember",
    group="Mood",
    colour="#aa00FF",
    owner="Ana",
    questions=("Really?",),
    into=("T", "OTHER"),
)
BOOK = Codebook(
    "1.0",
    "book",
    (Code("T", "Theme", kind="theme", definition="Only a definition"), FULL,
     Code("OTHER", "no", group="Mood", colour="red", status="trial")),
)  # fmt: skip


def taken(text: str | bytes) -> tuple[Codebook, list[str]]:
    book, problems = read_file("book.qdc", text if isinstance(text, bytes) else text.encode(), opens=OPENS)
    return book, [str(problem) for problem in problems if "two coders will miss it" not in problem.message]


def codebook(codes: str, sets: str = "", namespace: str = NAMESPACE, origin: str = "Other 1.0") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="{namespace}" origin="{origin}">\n'
        f"<Codes>\n{codes}\n</Codes>\n{sets}</CodeBook>"
    )


# --- out -------------------------------------------------------------------------------------------------------


def assert_sound(data: bytes) -> None:
    """What the schema asks for, by hand: order, attributes, ids, nothing empty."""
    assert data.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ElementTree.fromstring(data)
    tag = f"{{{NAMESPACE}}}"
    assert root.tag == f"{tag}CodeBook"
    assert [child.tag for child in root] in ([f"{tag}Codes"], [f"{tag}Codes", f"{tag}Sets"])
    guids = []
    for code in root.iter(f"{tag}Code"):
        guids.append(code.attrib["guid"])
        assert GUID.fullmatch(code.attrib["guid"])
        assert {"guid", "name", "isCodable"} <= set(code.attrib) <= {"guid", "name", "isCodable", "color"}
        assert code.attrib["isCodable"] in ("true", "false")
        assert re.fullmatch("#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", code.attrib.get("color", "#000"))
        kinds = [child.tag.removeprefix(tag) for child in code]
        assert kinds == ["Description"] * kinds.count("Description") + ["Code"] * kinds.count("Code")
        assert kinds.count("Description") <= 1
    assert len(guids) == len(set(guids)) > 0
    for group in root.findall(f"{tag}Sets"):
        assert len(group) > 0
        assert {member.attrib["guid"] for member in group.iter(f"{tag}MemberCode")} <= set(guids)


def assert_valid(data: bytes) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.fromstring(SCHEMA.read_bytes()))
    schema.assertValid(etree.fromstring(data))


def test_what_is_written_is_sound_and_the_same_every_time() -> None:
    data, warnings = write(BOOK, "qdc")
    assert warnings == ()
    assert_sound(data)
    assert write(BOOK, "qdc")[0] == data


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of REFI-QDA is not at hand")
@pytest.mark.parametrize("book", [BOOK, Codebook("1", "T", (Code("A", "A"),))], ids=["with groups", "one code"])
def test_what_is_written_is_valid_by_the_schema(book: Codebook) -> None:
    assert_valid(write(book, "qdc")[0])


def test_headings_can_not_be_coded_and_colours_with_a_name_get_a_number() -> None:
    root = ElementTree.fromstring(write(BOOK, "qdc")[0])
    codes = {code.attrib["name"]: code.attrib for code in root.iter(f"{{{NAMESPACE}}}Code")}
    assert [codes[name]["isCodable"] for name in ("Theme", "Everything & <more>", "no")] == ["false", "true", "true"]
    assert codes["Everything & <more>"]["color"] == "#aa00FF"
    assert re.fullmatch("#[0-9a-f]{6}", codes["no"]["color"])


def test_a_code_keeps_its_id_in_every_file() -> None:
    renamed = replace(BOOK, title="Other", codes=(*BOOK.codes[:2], replace(BOOK.codes[2], label="Renamed")))
    assert guid_of("OTHER").encode() in write(renamed, "qdc")[0]
    assert guid_of("OTHER") != guid_of("other")


def test_what_other_programs_would_make_of_it_is_said() -> None:
    book = Codebook("1", "T", (Code("A", "Same", colour="chartreuse"), Code("B", "same", parent="A")))
    assert write(book, "qdc")[1] == (
        "Codes share a name ('Same', 'same'); QualCoder keeps only one of them. Rename them first.",
        "1 code with a colour that the format does not know: left without one.",
    )


def test_a_codebook_without_codes_can_not_be_written() -> None:
    with pytest.raises(QualbenchError, match="must have a code"):
        write(Codebook("1", "T", ()), "qdc")


def test_a_control_character_becomes_visible() -> None:
    data, _ = write(Codebook("1", "T", (Code("A", "a\x1bb", definition="c\x00"),)), "qdc")
    assert_sound(data)
    assert [(code.label, code.definition) for code in taken(data)[0].codes] == [("a␛b", "c␀")]


# --- out and in again ------------------------------------------------------------------------------------------


def test_our_own_file_comes_back_with_every_field() -> None:
    book, said = taken(write(BOOK, "qdc")[0])
    assert book.codes == BOOK.codes
    assert said == []


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)


@given(words.filter(lambda text: " ".join(text.split()) == text and text), words, words, st.lists(words.filter(bool)))
@settings(max_examples=60, deadline=None)
def test_any_texts_come_back(label: str, definition: str, notes: str, examples: list[str]) -> None:
    code = Code("A", label, definition=definition, notes=notes, examples=tuple(examples))
    data, _ = write(Codebook("1", "book", (code,)), "qdc")
    assert_sound(data)
    assert taken(data)[0].codes == (code,)


# --- in, as real programs write it -----------------------------------------------------------------------------


def test_taguette_writes_flat_codes_upper_case_ids_and_an_empty_set() -> None:
    book, said = taken(
        codebook(
            '<Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="bond.trust" isCodable="true"/>\n'
            '<Code guid="1D62985D-B147-5D01-A9B5-CAE5DCD98342" name="interesting" isCodable="true"/>',
            "<Sets/>",
            origin="Taguette 1.4.1",
        )
    )
    assert book.codes == (Code("BOND_TRUST", "bond.trust"), Code("INTERESTING", "interesting"))
    assert said == []


def test_atlas_ti_writes_another_namespace_and_groups_as_sets() -> None:
    book, said = taken(
        codebook(
            '<Code guid="{AA62985D-B147-5D01-A9B5-CAE5DCD98342}" name="Trust" color="#FF0000"><Description>They rely.'
            "</Description></Code>\n"
            '<Code guid="BB62985D-B147-5D01-A9B5-CAE5DCD98342" name="Hope" isCodable="true" color="red"/>',
            '<Sets><Set guid="CC62985D-B147-5D01-A9B5-CAE5DCD98342" name="Mood">\n'
            '<MemberCode guid="aa62985d-b147-5d01-a9b5-cae5dcd98342"/><MemberCode '
            'guid="BB62985D-B147-5D01-A9B5-CAE5DCD98342"/></Set>\n'
            '<Set guid="DD62985D-B147-5D01-A9B5-CAE5DCD98342" name="Second">'
            '<MemberCode guid="AA62985D-B147-5D01-A9B5-CAE5DCD98342"/><MemberCode guid="00000000"/></Set></Sets>',
            namespace="urn:QDA-XML:codebook:0:4",
        )
    )
    assert book.codes == (
        Code("TRUST", "Trust", definition="They rely.", colour="#FF0000", notes="Group: Mood\nGroup: Second"),
        Code("HOPE", "Hope", notes="Group: Mood"),
    )
    assert said == [
        "book.qdc, line 5: the field 'color' of 'Hope' is no colour: red.",
        "book.qdc, line 7: the set 'Mood' of 2 codes is in their notes, because here codes of a group exclude each "
        "other on a segment; write it into 'group' if they do.",
        "book.qdc, line 9: the set 'Second' names a code that is not there.",
        "book.qdc, line 9: the set 'Second' of 1 code is in their notes, because here codes of a group exclude each "
        "other on a segment; write it into 'group' if they do.",
    ]


def test_codes_that_can_not_be_coded_are_headings() -> None:
    book, _ = taken(
        codebook(
            '<Code guid="1" name="A" isCodable="false"><Code guid="2" name="B" isCodable="0"><Description/>'
            '<Code guid="3" name="C" isCodable="true"/></Code></Code>'
        )
    )
    assert [(code.label, code.parent, code.kind) for code in book.codes] == [
        ("A", "", "theme"), ("B", "A", "category"), ("C", "B", "code")
    ]  # fmt: skip


def test_one_name_under_two_parents_and_no_name_at_all() -> None:
    book, said = taken(
        codebook(
            '<Code guid="1" name="A"><Code guid="2" name="Same"/></Code>\n'
            '<Code guid="3" name="B"><Code guid="4" name="Same"/><Code name=" "/></Code>'
        )
    )
    assert [(code.id, code.label, code.parent) for code in book.codes] == [
        ("A", "A", ""), ("SAME", "Same", "A"), ("B", "B", ""), ("B_SAME", "Same", "B"),
        ("WITHOUT_A_NAME", "Without a name", "B"),
    ]  # fmt: skip
    assert said == [
        "book.qdc, line 5: the field 'name' is empty, so the code is called 'Without a name'.",
        "book.qdc, line 5: the field 'guid' of 'Without a name' is missing; no set can name it.",
    ]


def test_ids_that_two_codes_share_and_elements_that_do_not_belong_there() -> None:
    _, said = taken(
        codebook('<Code guid="1" name="A"><NoteRef targetGUID="9"/></Code>\n<Code guid="{1}" name="B"></Code>')
    )
    assert said == [
        "book.qdc, line 4: left out of 'A': NoteRef.",
        "book.qdc, line 5: the field 'guid' of 'B' is another code's, A.",
    ]


@pytest.mark.parametrize("begin", [b"\xef\xbb\xbf", b"\n ", b"\xef\xbb\xbf\r\n"])
def test_a_byte_order_mark_and_blanks_before_the_xml(begin: bytes) -> None:
    assert [code.id for code in taken(begin + codebook('<Code guid="1" name="A"/>').encode())[0].codes] == ["A"]


def test_utf_16_prefixes_and_the_codebook_inside_a_project() -> None:
    text = (
        '<?xml version="1.0" encoding="utf-16"?><p:Project xmlns:p="urn:QDA-XML:project:1.0"><p:CodeBook><p:Codes>'
        '<p:Code guid="1" name="Ä"/></p:Codes></p:CodeBook></p:Project>'
    )
    assert [code.label for code in taken(text.encode("utf-16"))[0].codes] == ["Ä"]


def test_headings_in_another_programs_description_stay_words() -> None:
    book, _ = taken(codebook('<Code guid="1" name="A"><Description>Notes: keep\n\nKind: theme</Description></Code>'))
    assert book.codes == (Code("A", "A", definition="Notes: keep\n\nKind: theme"),)


# --- hostile ---------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><CodeBook><Codes><Code name="&l9;"/></Codes></CodeBook>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><CodeBook><Codes><Code name="a">&e;</Code></Codes>'
        "</CodeBook>",
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><CodeBook/>',
    ],
    ids=["billion laughs", "a file of the machine", "a page of the net"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_doctypes_are_refused(text: str, encoding: str) -> None:
    with pytest.raises(UnreadableFile, match=r"DOCTYPE|damaged"):
        taken(text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "damaged"),
        (b"<CodeBook>", "damaged"),
        (b"<html/>", "is not a REFI-QDA codebook"),
        (b"PK\x03\x04", "damaged"),
        (codebook('<Code guid="1" name="A">' * 400 + "</Code>" * 400).encode(), "damaged"),
    ],
)
def test_what_is_no_codebook_gets_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        taken(data)


def test_a_codebook_without_codes_is_refused() -> None:
    with pytest.raises(BadCodebook, match="there are no codes in it"):
        taken(codebook(""))
