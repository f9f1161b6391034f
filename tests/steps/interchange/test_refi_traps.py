"""What real programs write, each oddity in a file of its shape: nothing is lost in silence."""

from __future__ import annotations

import pytest

from qualbench.steps.interchange.refi import UNKNOWN_CODER, Bundle, Found, On, Report, read
from tests.steps.interchange.qdpx_files import (
    ANA,
    BEN,
    CASE,
    CODES,
    HOPE,
    NOTE,
    OTHER,
    TALK,
    TRUST,
    USERS,
    WORDS,
    coding,
    packed,
    qde,
    qdpx,
    selection,
    source,
    sources,
)

TRUSTED = 25, 38
"""Where "I trusted her" is."""
ONE = sources(source(selection(*TRUSTED, coding())))
ANA_TRUSTS = [("Ana", "Trust", "I trusted her")]


def opened(data: bytes) -> tuple[Bundle, Report]:
    found = read("study.qdpx", data)
    return found.bundle, found.report


def by_coder(bundle: Bundle) -> list[tuple[str, str, str]]:
    """Who coded which words as what."""
    users = {one.id: one.name for one in bundle.users}
    codes = {one.id: one.name for one in bundle.codes}
    texts = {one.id: one.text for one in bundle.sources}
    return sorted((users[one.user], codes[one.code], texts[one.source][one.start : one.end]) for one in bundle.codings)


def test_an_ordinary_file_is_read_without_any_finding() -> None:
    bundle, report = opened(qdpx(USERS, CODES, ONE))
    assert by_coder(bundle) == ANA_TRUSTS
    assert report.findings == ()


# --- the archive -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["sources", "Sources", "SOURCES"])
def test_the_folder_of_texts_is_spelled_in_any_case(folder: str) -> None:
    assert by_coder(opened(qdpx(USERS, CODES, ONE, files={f"{folder}/{TALK}.txt": WORDS}))[0]) == ANA_TRUSTS


def test_texts_are_found_when_their_names_differ_in_case() -> None:
    assert by_coder(opened(qdpx(USERS, CODES, ONE, files={f"Sources/{TALK.upper()}.TXT": WORDS}))[0]) == ANA_TRUSTS


@pytest.mark.parametrize(
    "path", ["internal://{}.txt", "internal:///{}.txt", "internal:/sources/{}.txt", "sources/{}.txt"]
)
def test_paths_inside_of_the_archive_are_spelled_in_many_ways(path: str) -> None:
    text = source(selection(*TRUSTED, coding()), path=path.format(TALK))
    assert by_coder(opened(qdpx(USERS, CODES, sources(text)))[0]) == ANA_TRUSTS


@pytest.mark.parametrize("member", ["project.qde", "Project.QDE", "Care study.qde"])
def test_the_project_has_any_name(member: str) -> None:
    assert by_coder(opened(qdpx(USERS, CODES, ONE, member=member))[0]) == ANA_TRUSTS


def test_the_project_begins_with_a_mark() -> None:
    files = {"project.qde": b"\xef\xbb\xbf" + qde(USERS, CODES, ONE).encode(), f"sources/{TALK}.txt": WORDS}
    assert by_coder(opened(packed(files))[0]) == ANA_TRUSTS


@pytest.mark.parametrize(
    "namespace", ["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:0:4", "urn:QDA-XML:project:1:0", ""]
)
def test_the_namespace_is_written_in_many_ways(namespace: str) -> None:
    files = {"project.qde": qde(USERS, CODES, ONE, namespace=namespace), f"sources/{TALK}.txt": WORDS}
    assert by_coder(opened(packed(files))[0]) == ANA_TRUSTS


def test_the_namespace_has_a_prefix() -> None:
    plain = qde(USERS, CODES, ONE).replace("xmlns=", "xmlns:q=")
    prefixed = plain.replace("</", "</q:").replace("<", "<q:").replace("<q:/q:", "</q:").replace("<q:?", "<?")
    assert by_coder(opened(packed({"project.qde": prefixed, f"sources/{TALK}.txt": WORDS}))[0]) == ANA_TRUSTS


def test_a_text_in_utf_16_says_so() -> None:
    assert (
        by_coder(opened(qdpx(USERS, CODES, ONE, files={f"sources/{TALK}.txt": WORDS.encode("utf-16")}))[0])
        == ANA_TRUSTS
    )


def test_a_project_without_origin_is_read() -> None:
    bundle, report = opened(qdpx(USERS, CODES, ONE, origin=None))
    assert by_coder(bundle) == ANA_TRUSTS
    assert report.lines()[0] == "Written by a program that does not say its name."


def test_a_text_stands_inside_of_the_project() -> None:
    inside = f"<PlainTextContent>{WORDS}</PlainTextContent>" + selection(*TRUSTED, coding())
    assert by_coder(opened(qdpx(USERS, CODES, sources(source(inside, path="")), files={}))[0]) == ANA_TRUSTS


def test_a_missing_text_is_reported_with_its_codings_and_the_rest_is_read() -> None:
    gone = source(selection(0, 3, coding(guid=NOTE), number=7), guid=OTHER, name="gone")
    bundle, report = opened(qdpx(USERS, CODES, sources(source(selection(*TRUSTED, coding())), gone)))
    assert by_coder(bundle) == ANA_TRUSTS
    assert (report.count(Found.NO_FILE), report.count(Found.LOST_WITH_TEXT)) == (1, 1)


def test_a_text_that_is_only_formatted_is_reported() -> None:
    rich = f'<TextSource guid="{TALK}" name="talk" richTextPath="internal://{TALK}.docx"/>'
    assert opened(qdpx(sources(rich)))[1].count(Found.ONLY_RICH) == 1


def test_a_text_that_is_not_utf_8_is_reported_and_its_letters_are_not_guessed() -> None:
    report = opened(qdpx(USERS, CODES, ONE, files={f"sources/{TALK}.txt": "Zoë".encode("latin-1")}))[1]
    assert (report.count(Found.NOT_UTF8), report.count(Found.LOST_WITH_TEXT)) == (1, 1)


# --- GUIDs and users ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", [TRUST.upper(), f"{{{TRUST}}}", f"{{{TRUST.upper()}}}"])
def test_guids_differ_in_case_and_braces(spelling: str) -> None:
    """ATLAS.ti writes them in capitals."""
    marks = sources(source(selection(*TRUSTED, coding(spelling, f"{{{ANA.upper()}}}", guid=NOTE))))
    assert by_coder(opened(qdpx(USERS, CODES, marks))[0]) == ANA_TRUSTS


def test_the_user_stands_on_the_coding_only_as_qc_writes_it() -> None:
    marks = sources(source(selection(*TRUSTED, coding(), user=None, name="line:2")))
    assert by_coder(opened(qdpx(USERS, CODES, marks))[0]) == ANA_TRUSTS


def test_the_user_stands_on_the_selection_only() -> None:
    marks = sources(source(selection(*TRUSTED, coding(user=None))))
    assert by_coder(opened(qdpx(USERS, CODES, marks))[0]) == ANA_TRUSTS


def test_the_users_of_selection_and_coding_differ_as_in_nvivo_for_mac() -> None:
    bundle, report = opened(qdpx(USERS, CODES, sources(source(selection(*TRUSTED, coding(user=BEN))))))
    assert by_coder(bundle) == [("Ben", "Trust", "I trusted her")]
    assert report.count(Found.TWO_USERS) == 1


def test_one_selection_holds_the_codings_of_two_users() -> None:
    marks = sources(source(selection(*TRUSTED, coding(user=ANA), coding(user=BEN), coding(HOPE, BEN))))
    assert by_coder(opened(qdpx(USERS, CODES, marks))[0]) == [
        ("Ana", "Trust", "I trusted her"), ("Ben", "Hope", "I trusted her"), ("Ben", "Trust", "I trusted her"),
    ]  # fmt: skip


def test_a_coding_without_any_user_is_by_an_unknown_coder() -> None:
    bundle, report = opened(qdpx(USERS, CODES, sources(source(selection(*TRUSTED, coding(user=None), user=None)))))
    assert by_coder(bundle) == [(UNKNOWN_CODER, "Trust", "I trusted her")]
    assert report.count(Found.NO_USER) == 1


def test_a_coding_by_somebody_who_is_not_among_the_users_is_by_an_unknown_coder() -> None:
    bundle, report = opened(qdpx(CODES, ONE))
    assert by_coder(bundle) == [(UNKNOWN_CODER, "Trust", "I trusted her")]
    assert report.count(Found.LOST_USER) == 1


def test_a_user_without_name_and_two_users_of_one_name_stay_apart() -> None:
    users = f'<Users><User guid="{ANA}"/><User guid="{BEN}" name="Ben"/><User guid="{NOTE}" name="Ben"/></Users>'
    bundle, report = opened(qdpx(users, CODES, ONE))
    assert [one.name for one in bundle.users] == ["coder aaaaaaaa", "Ben", "Ben (2)"]
    assert (report.count(Found.NAMELESS_USER), report.count(Found.SAME_USER)) == (1, 1)


def test_the_maker_of_the_project_names_nobody_as_qualcoder_writes_it() -> None:
    files = {"project.qde": qde(USERS, CODES, ONE, project=f' creatingUserGUID="{NOTE}"'), f"sources/{TALK}.txt": WORDS}
    bundle, report = opened(packed(files))
    assert by_coder(bundle) == ANA_TRUSTS
    assert report.count(Found.LOST_REFERENCE) == 1


def test_texts_by_somebody_who_is_not_among_the_users_are_reported() -> None:
    text = source(selection(*TRUSTED, coding())).replace("<TextSource", f'<TextSource creatingUser="{NOTE}"')
    bundle, report = opened(qdpx(USERS, CODES, sources(text)))
    assert (bundle.sources[0].author, report.count(Found.LOST_AUTHOR)) == ("", 1)


# --- codes -------------------------------------------------------------------------------------------------------


def test_one_name_stands_under_two_parents() -> None:
    tree = (
        f'<CodeBook><Codes><Code guid="{NOTE}" name="Past" isCodable="false"><Code guid="{TRUST}" name="Trust" '
        f'isCodable="true"/></Code><Code guid="{CASE}" name="Now" isCodable="false"><Code guid="{HOPE}" name="Trust" '
        'isCodable="true"/></Code></Codes></CodeBook>'
    )
    marks = sources(source(selection(*TRUSTED, coding(TRUST), coding(HOPE))))
    bundle, report = opened(qdpx(USERS, tree, marks))
    assert [(one.name, one.parent, one.codable) for one in bundle.codes] == [
        ("Past", "", False), ("Trust", NOTE, True), ("Now", "", False), ("Trust", CASE, True),
    ]  # fmt: skip
    assert {one.code for one in bundle.codings} == {TRUST, HOPE}
    assert report.count(Found.SAME_CODE) == 2


def test_a_coding_is_on_a_code_that_is_not_for_coding() -> None:
    bundle, report = opened(qdpx(USERS, CODES.replace('"true"', '"false"'), ONE))
    assert by_coder(bundle) == ANA_TRUSTS
    assert report.count(Found.CODABLE) == 1


def test_a_coding_names_a_code_that_is_not_there() -> None:
    bundle, report = opened(qdpx(USERS, CODES, sources(source(selection(*TRUSTED, coding(NOTE), coding())))))
    assert by_coder(bundle) == ANA_TRUSTS
    assert report.count(Found.NO_CODE) == 1


def test_a_code_without_name_goes_by_its_guid() -> None:
    bundle, report = opened(qdpx(USERS, CODES.replace('name="Trust"', 'name=""'), ONE))
    assert bundle.codes[0].name == "code cccccccc"
    assert report.count(Found.NAMELESS_CODE) == 1


def test_two_codes_share_a_guid() -> None:
    bundle, report = opened(qdpx(USERS, CODES.replace(HOPE, TRUST), ONE))
    assert len({one.id for one in bundle.codes}) == 2
    assert by_coder(bundle) == ANA_TRUSTS
    assert report.count(Found.SAME_GUID) == 1


def test_the_definition_of_a_code_is_its_description() -> None:
    tree = CODES.replace(
        'name="Trust" isCodable="true"/>', 'name="Trust"><Description>They trust.</Description></Code>'
    )
    bundle = opened(qdpx(USERS, tree, ONE))[0]
    assert (bundle.codes[0].definition, bundle.codes[0].codable) == ("They trust.", True)


def test_empty_groups_are_read() -> None:
    """Taguette writes an empty Sets, which the schema forbids."""
    assert by_coder(opened(qdpx(USERS, CODES, ONE, "<Notes/><Links/><Sets/><Graphs/>"))[0]) == ANA_TRUSTS


# --- texts -------------------------------------------------------------------------------------------------------


def test_two_texts_of_one_name_and_one_without_name_are_told_apart() -> None:
    """qc cuts names at their last point; NVivo for Mac leaves them empty."""
    ids = [TALK, OTHER, NOTE]
    texts = sources(*(source(guid=guid, name=name) for guid, name in zip(ids, ["15. cnn", "15. cnn", ""], strict=True)))
    bundle, report = opened(qdpx(texts, files={f"sources/{guid}.txt": WORDS for guid in ids}))
    assert [one.name for one in bundle.sources] == ["15. cnn", "15. cnn (2)", "text 3"]
    assert (report.count(Found.SAME_SOURCE), report.count(Found.NAMELESS_SOURCE)) == (1, 1)


def test_names_with_strokes_and_points_stay_names() -> None:
    assert opened(qdpx(sources(source(name="../../etc/passwd"))))[0].sources[0].name == "../../etc/passwd"


def test_times_have_zones_or_are_missing_or_broken() -> None:
    def dated(time: str) -> str:
        return source().replace("<TextSource", f'<TextSource creationDateTime="{time}"')

    assert opened(qdpx(sources(dated("2021-03-12T10:00:00.1234567+02:00"))))[0].sources[0].at == "2021-03-12T08:00:00Z"
    assert opened(qdpx(sources(source())))[0].sources[0].at == ""
    bundle, report = opened(qdpx(sources(dated("yesterday"))))
    assert (bundle.sources[0].at, report.count(Found.NO_TIME)) == ("", 1)


def test_a_selection_of_no_characters_as_atlas_ti_writes_it() -> None:
    marks = sources(source(selection(25, 25, coding(), described="A comment."), selection(*TRUSTED, coding(guid=NOTE))))
    bundle, report = opened(qdpx(USERS, CODES, marks))
    assert by_coder(bundle) == ANA_TRUSTS
    assert report.count(Found.EMPTY_SPAN) == 1
    assert [(one.on, one.about, one.text) for one in bundle.notes] == [(On.SOURCE, TALK, "A comment.")]


def test_positions_that_are_none_or_outside_are_reported() -> None:
    spans = [("", 5), (9, 5), (-4, 5), (900, 950), TRUSTED]
    marks = [selection(*span, coding(guid=f"{NOTE[:-1]}{n}"), number=n) for n, span in enumerate(spans)]
    bundle, report = opened(qdpx(USERS, CODES, sources(source(*marks))))
    assert by_coder(bundle) == ANA_TRUSTS
    assert (report.count(Found.NO_SPAN), report.count(Found.OUTSIDE)) == (2, 2)


def test_a_selection_that_goes_beyond_the_end_is_cut_and_reported() -> None:
    bundle, report = opened(qdpx(USERS, CODES, sources(source(selection(0, len(WORDS) + 1, coding())))))
    assert (bundle.codings[0].end, report.count(Found.CUT)) == (len(WORDS), 1)


def test_the_same_coding_twice_is_one() -> None:
    twice = [selection(*TRUSTED, coding(guid=f"{NOTE[:-1]}{n}"), number=n) for n in (1, 2)]
    bundle, report = opened(qdpx(USERS, CODES, sources(source(*twice))))
    assert by_coder(bundle) == ANA_TRUSTS
    assert report.count(Found.TWICE) == 1


def test_a_coding_of_a_whole_text_is_a_span_over_all_of_it() -> None:
    bundle, report = opened(qdpx(USERS, CODES, sources(source(coding()))))
    assert by_coder(bundle) == [("Ana", "Trust", WORDS)]
    assert report.count(Found.WHOLE) == 1


def test_words_that_are_not_where_the_file_quotes_them_are_reported() -> None:
    quotes = ["I trusted her", "Then it got", "How did it"]
    places = [(WORDS.index(quote), WORDS.index(quote) + 10) for quote in quotes[:2]] + [(30, 40)]
    marks = [
        selection(*place, coding(guid=f"{NOTE[:-1]}{n}"), number=n, name=f"{quote[:10]}...")
        for n, (place, quote) in enumerate(zip(places, quotes, strict=True))
    ]
    assert opened(qdpx(USERS, CODES, sources(source(*marks))))[1].count(Found.QUOTES_DIFFER) == 1


# --- what is not text --------------------------------------------------------------------------------------------


def other(kind: str, selections: str, inside: str = "") -> str:
    return f'<{kind}Source guid="{OTHER}" name="thing" path="internal://x.bin">{selections}{inside}</{kind}Source>'


def test_the_plain_text_of_a_pdf_is_taken_and_its_pages_are_not() -> None:
    page = f'<PDFSelection guid="{CASE}" page="1">{coding(guid=NOTE)}</PDFSelection>'
    words = source(selection(*TRUSTED, coding())).replace("TextSource", "Representation")
    bundle, report = opened(qdpx(USERS, CODES, sources(other("PDF", page, words))))
    assert (bundle.sources[0].name, bundle.sources[0].id, by_coder(bundle)) == ("thing", OTHER, ANA_TRUSTS)
    assert (report.count(Found.PDF_TEXT), report.count(Found.PDF_CODINGS)) == (1, 1)


def test_pdfs_pictures_and_recordings_are_counted_and_not_carried() -> None:
    page = f'<PDFSelection guid="{CASE}">{coding(guid=f"{NOTE[:-1]}2")}{coding(guid=f"{NOTE[:-1]}3")}</PDFSelection>'
    part = f'<PictureSelection guid="{CASE}">{coding(guid=f"{NOTE[:-1]}4")}</PictureSelection>'
    sound = f'<AudioSelection guid="{CASE}" begin="1" end="2">{coding(guid=f"{NOTE[:-1]}5")}</AudioSelection>'
    film = f'<VideoSelection guid="{CASE}" begin="1" end="2">{coding(guid=f"{NOTE[:-1]}6")}</VideoSelection>'
    things = [other("PDF", page), other("Picture", part), other("Audio", sound), other("Video", film)]
    bundle, report = opened(qdpx(USERS, CODES, sources(source(selection(*TRUSTED, coding())), *things)))
    assert by_coder(bundle) == ANA_TRUSTS
    counts = {finding.found: finding.count for finding in report.findings}
    assert counts == {
        Found.PDF: 1, Found.PDF_CODINGS: 2, Found.PICTURE: 1, Found.PICTURE_CODINGS: 1, Found.RECORDING: 2,
        Found.RECORDING_CODINGS: 2,
    }  # fmt: skip
    assert "Codings not carried, because they are on places of PDF pages: 2." in report.lines()


def test_the_transcript_of_a_recording_is_taken_with_its_codings() -> None:
    points = f'<SyncPoint guid="{HOPE}" position="25"/><SyncPoint guid="{CASE}" position="38"/>'
    ends = f'fromSyncPoint="{HOPE}" toSyncPoint="{CASE}"'
    mark = f'<TranscriptSelection guid="{BEN}" {ends}>{coding()}</TranscriptSelection>'
    loose = f'<TranscriptSelection guid="{ANA}" fromSyncPoint="{HOPE}">{coding(guid=NOTE)}</TranscriptSelection>'
    words = f'<Transcript guid="{TALK}" plainTextPath="internal://{TALK}.txt">{points}{mark}{loose}</Transcript>'
    bundle, report = opened(qdpx(USERS, CODES, sources(other("Audio", words))))
    assert by_coder(bundle) == ANA_TRUSTS
    assert (report.count(Found.SOUND), report.count(Found.SYNC)) == (1, 1)


def test_links_and_drawings_are_counted() -> None:
    link = f'<Links><Link guid="{NOTE}" originGUID="{TRUST}" targetGUID="{HOPE}"/></Links>'
    report = opened(qdpx(USERS, CODES, ONE, link, f'<Graphs><Graph guid="{NOTE}"/></Graphs>'))[1]
    assert (report.count(Found.LINKS), report.count(Found.GRAPHS)) == (1, 1)
