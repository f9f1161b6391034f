"""Notes, cases, variables and sets as real programs write them."""

from __future__ import annotations

from qualbench.steps.interchange.refi import Found, Kind, On, Set
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
    qdpx,
    selection,
    source,
    sources,
)
from tests.steps.interchange.test_refi_traps import ANA_TRUSTS, ONE, TRUSTED, by_coder, opened

AGE, SITE = "12121212-0000-4000-8000-000000000001", "12121212-0000-4000-8000-000000000002"
VARIABLES = (
    f'<Variables><Variable guid="{AGE}" name="Age" typeOfVariable="Integer"/>'
    f'<Variable guid="{SITE}" name="Site" typeOfVariable="Text"/></Variables>'
)


def note(*inside: str, guid: str = NOTE, name: str = "Memo", more: str = "") -> str:
    return f'<Note guid="{guid}" name="{name}"{more}>{"".join(inside)}</Note>'


def noted(*notes: str) -> str:
    return f"<Notes>{''.join(notes)}</Notes>"


def words(text: str) -> str:
    return f"<PlainTextContent>{text}</PlainTextContent>"


def ref(guid: str = NOTE) -> str:
    return f'<NoteRef targetGUID="{guid}"/>'


def value(guid: str, kind: str, text: str) -> str:
    return f'<VariableValue><VariableRef targetGUID="{guid}"/><{kind}Value>{text}</{kind}Value></VariableValue>'


# --- notes -------------------------------------------------------------------------------------------------------


def test_a_description_of_a_coded_selection_is_the_memo_of_its_coding() -> None:
    """ATLAS.ti and QualCoder write comments so."""
    bundle = opened(qdpx(USERS, CODES, sources(source(selection(*TRUSTED, coding(), described="Sure?")))))[0]
    assert ([one.memo for one in bundle.codings], bundle.notes) == (["Sure?"], ())


def test_a_description_without_coding_is_a_note_on_the_place_as_maxqda_writes_it() -> None:
    bundle = opened(qdpx(USERS, CODES, sources(source(selection(*TRUSTED, described="Look here.")))))[0]
    (found,) = bundle.notes
    assert (found.on, found.about, found.start, found.end, found.author) == (On.PLACE, TALK, *TRUSTED, ANA)
    assert found.text == "Look here."


def test_a_description_over_several_codings_is_a_note_on_the_place() -> None:
    marks = sources(source(selection(*TRUSTED, coding(), coding(HOPE), described="Both.")))
    bundle = opened(qdpx(USERS, CODES, marks))[0]
    assert [(one.on, one.text) for one in bundle.notes] == [(On.PLACE, "Both.")]


def test_a_memo_is_a_note_that_the_coding_refers_to() -> None:
    marks = sources(source(selection(*TRUSTED, coding(inside=ref()))))
    bundle = opened(qdpx(USERS, CODES, marks, noted(note(words("Sure?"), more=f' creatingUser="{BEN}"'))))[0]
    (found,) = bundle.notes
    assert (found.on, found.about, found.text, found.author) == (On.CODING, bundle.codings[0].id, "Sure?", BEN)


def test_a_memo_that_is_a_note_and_a_description_is_carried_once() -> None:
    marks = sources(source(selection(*TRUSTED, coding(inside=ref()), described="Sure?")))
    bundle = opened(qdpx(USERS, CODES, marks, noted(note(words("Sure?")))))[0]
    assert ([one.text for one in bundle.notes], bundle.codings[0].memo) == (["Sure?"], "")


def test_notes_without_time_and_notes_of_one_name_are_read() -> None:
    bundle, report = opened(qdpx(noted(note(words("One.")), note(words("Two."), guid=OTHER))))
    assert [(one.text, one.on, one.at, one.title) for one in bundle.notes] == [
        ("One.", On.STUDY, "", "Memo"), ("Two.", On.STUDY, "", "Memo"),
    ]  # fmt: skip
    assert report.findings == ()


def test_nvivo_ties_a_note_to_a_place_by_a_link() -> None:
    mark = selection(*TRUSTED, number=1)
    link = f'<Links><Link guid="{CASE}" originGUID="{NOTE}" targetGUID="99999999-0000-4000-8000-000000000001"/></Links>'
    told = note(more=f' plainTextPath="internal://{NOTE}.txt"')
    files = {f"sources/{TALK}.txt": WORDS, f"sources/{NOTE}.txt": "\ufeffSee\r\nthere."}
    bundle, report = opened(qdpx(USERS, CODES, sources(source(mark)), noted(told), link, files=files))
    (found,) = bundle.notes
    assert (found.on, found.start, found.end, found.text) == (On.PLACE, *TRUSTED, "See\nthere.")
    assert report.count(Found.LINKS) == 0


def test_qualcoder_writes_the_place_of_an_annotation_inside_of_its_note() -> None:
    inner = f'<PlainTextSelection guid="{CASE}" startPosition="{TRUSTED[0]}" endPosition="{TRUSTED[1]}"/>'
    bundle = opened(qdpx(USERS, CODES, sources(source(ref())), noted(note(words("Here."), inner))))[0]
    (found,) = bundle.notes
    assert (found.on, found.about, found.start, found.end) == (On.PLACE, TALK, *TRUSTED)


def test_a_note_on_several_things_is_carried_once_for_each() -> None:
    codes = CODES.replace('isCodable="true"/>', f'isCodable="true">{ref()}</Code>')
    bundle, report = opened(qdpx(USERS, codes, ONE, noted(note(words("Both.")))))
    assert {(one.on, one.about, one.text) for one in bundle.notes} == {
        (On.CODE, TRUST, "Both."),
        (On.CODE, HOPE, "Both."),
    }
    assert len({one.id for one in bundle.notes}) == 2
    assert report.count(Found.NOTE_COPIED) == 1


def test_notes_that_lead_nowhere_are_counted() -> None:
    marks = sources(source(ref(), ref(BEN)))
    report = opened(qdpx(USERS, marks, noted(note(more=' plainTextPath="internal://gone.txt"'))))[1]
    assert (report.count(Found.NO_NOTE), report.count(Found.LOST_REFERENCE)) == (1, 1)


def test_notes_on_what_is_not_carried_are_counted() -> None:
    marks = sources(source(ref(), selection(0, 3, ref(), number=4)))
    bundle, report = opened(qdpx(USERS, marks, noted(note(words("Gone."))), files={}))
    assert (bundle.notes, report.count(Found.NOTE_WITH_TEXT)) == ((), 1)


def test_codings_on_the_words_of_notes_are_counted() -> None:
    inner = f'<PlainTextSelection guid="{CASE}" startPosition="0" endPosition="3">{coding()}</PlainTextSelection>'
    assert opened(qdpx(USERS, CODES, noted(note(words("Some words."), inner))))[1].count(Found.NOTE_CODINGS) == 1


def test_a_note_of_the_project_is_on_the_study() -> None:
    assert opened(qdpx(noted(note(words("All."))), ref()))[0].notes[0].on is On.STUDY


# --- cases and variables -----------------------------------------------------------------------------------------


def test_cases_have_values_of_their_kind_and_texts() -> None:
    inside = value(AGE, "Integer", " 42 ") + value(SITE, "Text", "Leeds") + f'<SourceRef targetGUID="{TALK.upper()}"/>'
    bundle, report = opened(
        qdpx(VARIABLES, f'<Cases><Case guid="{CASE}" name="P07">{inside}</Case></Cases>', sources(source()))
    )
    (case,) = bundle.cases
    assert (case.name, case.values, case.sources) == ("P07", (("Age", "42"), ("Site", "Leeds")), (TALK,))
    assert [(one.name, one.kind) for one in bundle.variables] == [("Age", Kind.INTEGER), ("Site", Kind.TEXT)]
    assert report.findings == ()


def test_texts_carry_variables_themselves_as_maxqda_writes_them() -> None:
    bundle, report = opened(qdpx(VARIABLES, sources(source(value(AGE, "Integer", "42"), name="P07"))))
    (case,) = bundle.cases
    assert (case.name, case.values, case.sources) == ("P07", (("Age", "42"),), (TALK,))
    assert report.count(Found.SOURCE_CASE) == 1


def test_the_variables_of_a_text_go_to_its_case_when_it_has_one() -> None:
    cases = f'<Cases><Case guid="{CASE}" name="P07"><SourceRef targetGUID="{TALK}"/></Case></Cases>'
    bundle, report = opened(qdpx(VARIABLES, cases, sources(source(value(AGE, "Integer", "42")))))
    assert [(one.name, one.values) for one in bundle.cases] == [("P07", (("Age", "42"),))]
    assert report.count(Found.SOURCE_VALUES) == 1


def test_values_that_do_not_fit_or_name_no_variable_are_reported() -> None:
    inside = value(AGE, "Integer", "about 40") + value(NOTE, "Text", "x")
    bundle, report = opened(qdpx(VARIABLES, f'<Cases><Case guid="{CASE}">{inside}</Case></Cases>'))
    assert (bundle.cases[0].name, bundle.cases[0].values) == ("case 1", (("Age", "about 40"),))
    assert bundle.variables[0].kind is Kind.TEXT
    assert (report.count(Found.BAD_VALUE), report.count(Found.NO_VARIABLE), report.count(Found.NAMELESS_CASE)) == (
        1,
        1,
        1,
    )


def test_codes_double_as_cases_in_nvivo_for_mac() -> None:
    bundle, report = opened(qdpx(USERS, CODES, f'<Cases><Case guid="{TRUST}" name="Mary"/></Cases>', ONE))
    assert by_coder(bundle) == ANA_TRUSTS
    assert [(one.name, one.sources) for one in bundle.cases] == [("Mary", (TALK,))]
    assert report.count(Found.CODE_IS_CASE) == 1


def test_a_coding_names_a_case_where_a_code_belongs() -> None:
    marks = sources(source(selection(*TRUSTED, coding(CASE), coding())))
    bundle, report = opened(qdpx(USERS, CODES, f'<Cases><Case guid="{CASE}" name="Mary"/></Cases>', marks))
    assert by_coder(bundle) == ANA_TRUSTS
    assert [one.sources for one in bundle.cases] == [(TALK,)]
    assert (report.count(Found.CASE_CODING), report.count(Found.NO_CODE)) == (1, 0)


def test_a_case_is_made_of_places() -> None:
    places = '<SelectionRef targetGUID="99999999-0000-4000-8000-000000000001"/>'
    bundle, report = opened(qdpx(USERS, CODES, f'<Cases><Case guid="{CASE}" name="Mary">{places}</Case></Cases>', ONE))
    assert ([one.sources for one in bundle.cases], report.count(Found.CASE_PLACE)) == ([(TALK,)], 1)


# --- sets --------------------------------------------------------------------------------------------------------


def test_sets_keep_their_members_and_count_those_that_are_not_there() -> None:
    members = (
        f'<Description>Feelings.</Description><MemberCode targetGUID="{TRUST}"/><MemberCode targetGUID="{NOTE}"/>'
        f'<MemberSource targetGUID="{TALK}"/><MemberSource targetGUID="{OTHER}"/>'
    )
    gone = source(guid=OTHER, name="gone")
    made = f'<Sets><Set guid="{CASE}" name="Group">{members}</Set></Sets>'
    bundle, report = opened(qdpx(USERS, CODES, sources(source(), gone), made))
    assert bundle.sets == (Set(CASE, "Group", "Feelings.", (TRUST,), (TALK,)),)
    assert (report.count(Found.LOST_REFERENCE), report.count(Found.MEMBER_WITH_TEXT)) == (1, 1)
