"""Every reader of bytes or words from outside, with small files that it reads and hostile ones for it.

`covers` names the functions in which such bytes are first taken apart; test_table.py finds those in the code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.fuzz import hubs, seeds, typed
from tests.fuzz.hostile import bad_databases, bad_zips, deep_json, deep_xml, with_entities

Read = Callable[[bytes], object]


def _none() -> Iterable[bytes]:
    return ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One way in."""

    name: str
    read: Read
    seeds: Callable[[], Sequence[bytes]]
    covers: tuple[str, ...] = ()
    hostile: Callable[[], Iterable[bytes]] = _none
    pace: int = 100
    """How many inputs it is given for each hundred of a quick reader, so that slow ones do not take all the time."""


# --- transcripts -------------------------------------------------------------------------------------------------


def transcript(suffix: str) -> Read:
    """The reader of transcripts for a suffix, with the preview of what came of it and the profile it would leave."""

    def run(data: bytes) -> object:
        from qualbench.steps.ingest import AS_FOUND, preview, profiles, read

        draft = read(f"talk{suffix}", data)
        draft.text.encode()
        preview(draft)
        return profiles.from_data(json.loads(json.dumps(profiles.to_data(profiles.profile_of("x", draft, AS_FOUND)))))

    return run


def _survey(suffix: str) -> Read:
    def run(data: bytes) -> object:
        from qualbench.steps.ingest import Answers, read_survey
        from qualbench.steps.ingest.reading import File
        from qualbench.steps.ingest.survey import columns, drafts_of, suggested

        name = f"answers{suffix}"
        plan = suggested(columns(name, data))
        return None if plan is None else (read_survey(name, data, plan), drafts_of(File(name, data, Answers()), plan))

    return run


def _tiers(data: bytes) -> object:
    from qualbench.steps.ingest import Answers, read
    from qualbench.steps.ingest.elan import tiers

    return read("talk.eaf", data, Answers(tiers=tuple(one.id for one in tiers(data))))


def _encodings(data: bytes) -> object:
    from qualbench.steps.ingest import encodings

    return encodings(data)


# --- codebooks, projects, tables -----------------------------------------------------------------------------------


def codebook(suffix: str) -> Read:
    """The reader of codebooks for a suffix, and what is written of what came in."""

    def run(data: bytes) -> object:
        from qualbench.project.codebook_files import Opening
        from qualbench.steps.codebook.files import read_file, write

        book, _ = read_file(f"book{suffix}", data, opens=Opening())
        return [write(book, target) for target in ("yaml", "csv", "qdc")]

    return run


def project(name: str) -> Read:
    """What a project of another program becomes as a study."""

    def run(data: bytes) -> object:
        from qualbench.project.foreign import arrival_of

        return arrival_of(name, data)

    return run


def _segments(suffix: str) -> Read:
    def run(data: bytes) -> object:
        from qualbench.project.codebook_files import Opening
        from qualbench.steps.interchange import segments_table as table

        for grid in Opening().grids(f"segments{suffix}", data):
            where = table.columns(grid.rows)
            if where is not None:
                texts = {"talk": table.Text("talk", "I: How did it begin?\nP1: I trusted her at once.\n")}
                table.place("segments", table.segments(grid.rows, where), texts, lambda code: code, "ana")
        return None

    return run


def _participants(suffix: str) -> Read:
    def run(data: bytes) -> object:
        from qualbench.model import Role, Speaker
        from qualbench.steps import participants
        from qualbench.steps.ingest.answers import Answers
        from qualbench.steps.ingest.reading import File
        from qualbench.steps.ingest.tables import table_of
        from qualbench.steps.study import SPEAKER_COLUMNS, speaker_line

        table = table_of(File(f"people{suffix}", data, Answers()))
        rows = [(row.number, row.cells) for row in table.rows]
        speakers = {"t1": (Speaker("P1", Role.PARTICIPANT),)}
        known = participants.Known(transcripts={"talk": "t1"}, speakers=speakers)
        mapping = participants.suggested(table.names, rows, known)
        if set(SPEAKER_COLUMNS) <= set(table.names):
            for row in table.rows:
                speaker_line({name: row.cell(at).strip() for at, name in enumerate(table.names)})
        return participants.lines(mapping, table.names, rows, known, source="people", add=True)

    return run


# --- vaults, packages, cards ---------------------------------------------------------------------------------------


def _vault(data: bytes) -> object:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from qualbench.project.deidentify.vault_file import VaultFile
    from qualbench.steps.deidentify.vault import from_bytes

    from_bytes(data)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "vault.json"
        place.write_bytes(data)
        return VaultFile(place).read()


def _sealed_vault(data: bytes) -> object:
    """The wrapped key, by the recovery key that opens the seed, and what it opens."""
    from qualbench.store import envelope, keys

    key = keys.recovered(envelope.key_file(data), seeds.RECOVERY)
    return envelope.opened(data, key, "vault.json")


def _identity(data: bytes) -> object:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from qualbench.project.identities import _read

    with TemporaryDirectory() as folder:
        place = Path(folder) / "identity"
        place.write_bytes(data)
        return _read(place)


def _package(data: bytes) -> object:
    from qualbench.steps import packages

    packages.header_of(data, "a.qbp")
    return packages.opened(data, seeds.reader_of_packages(), "a.qbp")


def _signed(data: bytes) -> object:
    """A header that somebody really signed, whatever it says."""
    from qualbench.steps import packages

    return packages.header_of(seeds.signed(data), "a.qbp")


def _sealed(data: bytes) -> object:
    """Lines that somebody really squeezed, sealed and signed, whatever they say."""
    return _package(seeds.sealed(data))


def _any_seal(data: bytes) -> object:
    """A package whose header is right and names what follows it, whatever that is."""
    return _package(seeds.with_header(data))


def _squeezed(data: bytes) -> object:
    """Bytes that somebody really sealed and signed, whatever they are."""
    return _package(seeds.sealed_raw(data))


_ARCHIVE = ("steps/ingest/archive.py:member", "steps/ingest/archive.py:members")
_TEXT_XML = ("steps/ingest/safe_xml.py:parse",)
_CSV = tuple(f"steps/ingest/csv_rows.py:{name}" for name in ("_head", "_parsed", "_stray_quotes"))
_BOOK = ("steps/ingest/workbook.py:_opened", "steps/ingest/measured.py:_parser")
_PROJECT = ("steps/interchange/refi/archive.py:opened", "steps/interchange/refi/xml.py:parsed")
_DATABASE = ("store/foreign.py:opened",)
_VAULT = ("steps/deidentify/vault.py:from_bytes", "project/deidentify/vault_file.py:read")
_PACKAGE = (
    "steps/packages/format.py:header_of",
    "steps/packages/format.py:_is_plain",
    "steps/packages/format.py:opened",
    "steps/packages/format.py:_unpacked",
    "steps/packages/identity.py:signed_by",
)


def _zips_of(make: Callable[[], Sequence[bytes]], part: str = "") -> Callable[[], Iterable[bytes]]:
    """Bad packages made of the first seed; `part` is the member that is XML, for entities in it."""

    def run() -> Iterable[bytes]:
        first = make()[0]
        yield from bad_zips(first)
        if part:
            for xml in with_entities(seeds.member(first, part)):
                yield seeds.with_member(first, part, xml)
            yield seeds.with_member(first, part, deep_xml())

    return run


def _xml_of(make: Callable[[], Sequence[bytes]]) -> Callable[[], Iterable[bytes]]:
    def run() -> Iterable[bytes]:
        yield from with_entities(make()[0])
        yield deep_xml()

    return run


def _databases(make: Callable[[], Sequence[bytes]], table: str, column: str) -> Callable[[], Iterable[bytes]]:
    return lambda: bad_databases(make()[0], table, column)


def _of_texts(suffix: str, make: Callable[[], Sequence[bytes]], *covers: str, **more: Any) -> Reader:
    return Reader(f"transcript {suffix}", transcript(suffix), make, covers, **more)


TRANSCRIPTS = (
    _of_texts(".txt", seeds.texts),
    _of_texts(".md", seeds.texts),
    _of_texts(".docx", seeds.word, *_ARCHIVE, "steps/ingest/docx.py:_body", pace=20,
              hostile=_zips_of(seeds.word, "word/document.xml")),
    _of_texts(".vtt", seeds.vtt),
    _of_texts(".srt", seeds.srt),
    _of_texts(".odt", seeds.odt, *_ARCHIVE, *_TEXT_XML, pace=20, hostile=_zips_of(seeds.odt, "content.xml")),
    _of_texts(".rtf", seeds.rtf, "steps/ingest/rtf.py:_decoded", pace=30),
    _of_texts(".html", seeds.html, "steps/ingest/page.py:parsed", hostile=_xml_of(seeds.html)),
    _of_texts(".htm", seeds.html),
    _of_texts(".otr", seeds.otranscribe, "steps/ingest/json_file.py:load", hostile=deep_json),
    _of_texts(".json", seeds.recognised, "steps/ingest/json_file.py:load", hostile=deep_json),
    _of_texts(".eaf", seeds.elan, *_TEXT_XML, hostile=_xml_of(seeds.elan)),
    _of_texts(".pdf", seeds.pdf, "steps/ingest/pdf.py:read_apart", "steps/ingest/pdf_pages.py:pages_in", pace=1),
    _of_texts(".csv", seeds.speech, *_CSV),
    _of_texts(".tsv", seeds.speech, *_CSV),
    _of_texts(".xlsx", seeds.speech_book, *_ARCHIVE, *_BOOK, pace=20,
              hostile=_zips_of(seeds.speech_book, "xl/worksheets/sheet1.xml")),
    Reader("chosen tiers", _tiers, seeds.elan, _TEXT_XML),
    Reader("encodings", _encodings, seeds.texts),
    Reader("survey .csv", _survey(".csv"), seeds.survey, _CSV),
    Reader("survey .xlsx", _survey(".xlsx"), seeds.survey_book, (*_ARCHIVE, *_BOOK), pace=20),
)  # fmt: skip
CODEBOOKS = (
    Reader("codebook .yaml", codebook(".yaml"), seeds.yaml, hostile=seeds.bad_yaml, pace=30),
    Reader("codebook .yml", codebook(".yml"), seeds.yaml, hostile=seeds.bad_yaml, pace=10),
    Reader("codebook .csv", codebook(".csv"), lambda: seeds.book_as("csv"), _CSV),
    Reader("codebook .tsv", codebook(".tsv"), lambda: seeds.book_as("csv"), _CSV),
    Reader("codebook .xlsx", codebook(".xlsx"), lambda: seeds.book_as("xlsx", "maxqda", "atlasti"), (*_ARCHIVE, *_BOOK),
           _zips_of(lambda: seeds.book_as("xlsx"), "xl/worksheets/sheet1.xml"), pace=20),
    Reader("codebook .qdc", codebook(".qdc"), lambda: seeds.book_as("qdc"), _TEXT_XML,
           _xml_of(lambda: seeds.book_as("qdc"))),
    Reader("codebook .docx", codebook(".docx"), seeds.word_book, (*_ARCHIVE, *_TEXT_XML),
           _zips_of(seeds.word_book, "word/document.xml"), pace=5),
)  # fmt: skip
PROJECTS = (
    Reader("project .qdpx", project("study.qdpx"), seeds.qdpx, _PROJECT, _zips_of(seeds.qdpx, "project.qde"), pace=20),
    Reader("project of Taguette", project("project.sqlite3"), seeds.taguette,
           (*_DATABASE, "steps/interchange/taguette.py:_page", "steps/interchange/taguette.py:_coders"),
           _databases(seeds.taguette, "highlights", "snippet"), pace=20),
    Reader("project of QualCoder", project("study.qda"), seeds.qualcoder, _DATABASE,
           _databases(seeds.qualcoder, "code_text", "pos0"), pace=20),
    Reader("project of RQDA", project("study.rqda"), seeds.rqda, _DATABASE,
           _databases(seeds.rqda, "coding", "selfirst"), pace=20),
)  # fmt: skip
TABLES = (
    Reader("coded segments .csv", _segments(".csv"), seeds.segments, _CSV),
    Reader("coded segments .xlsx", _segments(".xlsx"), seeds.segments_book, (*_ARCHIVE, *_BOOK), pace=20),
    Reader("participants .csv", _participants(".csv"), seeds.people, _CSV),
    Reader("participants .xlsx", _participants(".xlsx"), seeds.people_book, (*_ARCHIVE, *_BOOK), pace=20),
    Reader("table of codings", typed.codings, seeds.codings, ("steps/interchange/codings_csv.py:read",)),
    Reader("table of ratings", typed.ratings, seeds.ratings, ("steps/agreement/rated/ratings.py:_lines",), pace=20),
    Reader("table of numbers", typed.numbers, seeds.numbers, ("steps/agreement/rated/ratings.py:_lines",), pace=20),
    Reader("answers of a de-identification", typed.answers, seeds.answers,
           ("project/deidentify/answers.py:read_answers",)),
    Reader("known names", typed.names, seeds.names, ("project/deidentify/known_names.py:_rows",)),
    Reader("a written trail", typed.trail, seeds.trail, ("steps/trail/writing.py:hashes",)),
)  # fmt: skip
OURS = (
    Reader("vault", _vault, seeds.vault, _VAULT, deep_json),
    Reader("sealed vault", _sealed_vault, seeds.sealed_vault, ("store/envelope.py:opened",), pace=50),
    Reader("identity", _identity, seeds.identity, ("steps/packages/identity.py:read_identity",), deep_json),
    Reader("card", typed.card, seeds.card, ("steps/packages/identity.py:read_card",)),
    Reader("card with a right end", typed.whole_card, seeds.card_body, ("steps/packages/identity.py:_are_keys",)),
    Reader("package", _package, seeds.package, _PACKAGE),
    Reader("package signed", _signed, seeds.header, _PACKAGE, deep_json, pace=20),
    Reader("package sealed", _sealed, seeds.lines, (*_PACKAGE, "steps/packages/format.py:_payload"), seeds.bad_lines,
           pace=5),
    Reader("package of any seal", _any_seal, seeds.seals, _PACKAGE, seeds.long_seals, pace=10),
    Reader("package squeezed", _squeezed, seeds.squeezed, _PACKAGE, seeds.bombs, pace=5),
    Reader("profile", typed.profile, seeds.profile, ("steps/ingest/profiles.py:kept",), deep_json),
    Reader("settings of a report", typed.settings, seeds.settings, ("steps/report/look_file.py:look",),
           seeds.bad_settings),
    Reader("Word template", typed.template, seeds.template, ("steps/report/docx_styles.py:_as_document",),
           _zips_of(seeds.template, "word/document.xml"), pace=1),
    Reader("own keys", typed.keys, seeds.keys, ("tui/app.py:_own_keys",), seeds.bad_settings),
)  # fmt: skip
_KEY = ("hub/words.py:unwrapped",)
_ROW, _ADDRESS = ("store/syncing.py:row_of",), ("project/hubbed.py:hub_address",)
HUBS = (
    Reader("entries of a hub", hubs.entries, seeds.hub_entries, _ROW, seeds.bad_entries, pace=20),
    Reader("facts of a hub", hubs.facts, seeds.hub_facts, _ROW, pace=20),
    Reader("words of a hub", hubs.words, seeds.hub_words, ("hub/words.py:opened",)),
    Reader("key of a hub", hubs.key, seeds.hub_key, _KEY, seeds.long_seals, pace=20),
    Reader("address of a hub", hubs.address, seeds.hub_address, _ADDRESS, seeds.bad_addresses),
    Reader("hub that lies", hubs.liar, seeds.hub_said, _ROW, deep_json, pace=1),
)  # fmt: skip
WORDS = (
    Reader("query", typed.query, seeds.queries),
    Reader("rule of a type", typed.rule, seeds.rules),
    Reader("search", typed.search, seeds.searches),
    Reader("columns that are said", typed.columns, seeds.said),
    Reader("pattern of labels", typed.pattern, seeds.patterns),
)
READERS = (*TRANSCRIPTS, *CODEBOOKS, *PROJECTS, *TABLES, *OURS, *HUBS, *WORDS)
