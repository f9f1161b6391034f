"""Files that can not become a transcript as they are, with one sentence of advice each."""

from qualbench.errors import UnreadableFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_SOUNDS = (b"ID3", b"OggS", b"fLaC", b"RIFF", b"\xff\xfb")

_PICTURE = ("it is a picture.", "Type or recognise its text, and import that as .docx or .txt.")
_SOUND = ("it is a recording.", "Transcribe it first; import the transcript (.docx, .vtt, .srt or .txt).")
_PDF = ("it is a PDF.", "Give it the suffix .pdf, or better import the Word or text file it was made from.")
_OLD_WORD = ("it is an old Word document.", "Open it in Word or LibreOffice and save it as .docx.")
_LOCKED = ("it is an old or a password-protected Word document.", "Save it as .docx without a password.")
_PACKAGE = ("it is a zip file (a Word document, perhaps), not text.", "Give it its right suffix, for instance .docx.")
_NOT_WORD = ("it is not a Word document, whatever its name says.", "Give it the suffix of what it is, or save it anew.")
_NOT_ODT = (
    "it is not an OpenDocument text, whatever its name says.",
    "Give it the suffix of what it is, or save it anew.",
)
_RTF = ("it is rich text (RTF).", "Give it the suffix .rtf.")
_OTHER_BOOK = ("it is a workbook of another kind.", "Open it in Excel or LibreOffice and save it as .xlsx or .csv.")
_OTHER_WORDS = ("it is a document of another word processor.", "Open it where it was written and save it as .docx.")
_PACKED = ("it is a packed folder.", "Unpack it and import the files in it.")
_WORD = ("it is a Word document, whatever its name says.", "Give it the suffix .docx.")
_BOOK = ("it is an Excel workbook, whatever its name says.", "Give it the suffix .xlsx.")
_NOT_BOOK = (
    "it is not an Excel workbook, whatever its name says.",
    "Give it the suffix of what it is, or save it anew.",
)
_LOCKED_BOOK = ("it is an old or a password-protected workbook.", "Save it as .xlsx without a password.")

_BY_SUFFIX = {
    ".doc": _OLD_WORD,
    **dict.fromkeys((".xls", ".xlsb", ".xlsm", ".ods", ".numbers"), _OTHER_BOOK),
    **dict.fromkeys((".pages", ".gdoc", ".wpd", ".docm", ".dotx"), _OTHER_WORDS),
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".gz"), _PACKED),
    **dict.fromkeys((".mp3", ".m4a", ".wav", ".ogg", ".flac", ".wma", ".aac", ".mp4", ".mov", ".avi", ".mkv"), _SOUND),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".heic", ".webp", ".bmp"), _PICTURE),
}
_BY_START = (
    *((start, _PACKAGE) for start in _ZIPS),
    *((start, _PICTURE) for start in _PICTURES),
    *((start, _SOUND) for start in _SOUNDS),
    (_OLE, _OLD_WORD),
    (b"%PDF-", _PDF),
    (b"{\\rtf", _RTF),
)
_RIGHT = ((".rtf", _RTF), (".pdf", _PDF))
_PACKAGED = {".docx": _NOT_WORD, ".odt": _NOT_ODT, ".xlsx": _NOT_BOOK}


def refuse(source: str, suffix: str, data: bytes, suffixes: tuple[str, ...]) -> None:
    """Raise UnreadableFile when the suffix or the first bytes show that no reader can help."""
    if suffix in _BY_SUFFIX:
        raise UnreadableFile(source, *_BY_SUFFIX[suffix])
    if suffix not in suffixes:
        raise UnreadableFile(
            source, f"files ending in '{suffix}' can not be read.", f"Readable are {', '.join(suffixes)}."
        )
    if not data.strip():
        raise UnreadableFile(source, "it is empty.")
    if suffix in _PACKAGED:
        _refuse_as_package(source, data, _PACKAGED[suffix])
        return
    for start, why in _BY_START:
        if data.startswith(start) and (suffix, why) not in _RIGHT:
            raise UnreadableFile(source, *(_packaged(data) or why))


def _refuse_as_package(source: str, data: bytes, other: tuple[str, str]) -> None:
    if data.startswith(_OLE):
        raise UnreadableFile(source, *(_LOCKED_BOOK if other is _NOT_BOOK else _LOCKED))
    if not data.startswith(_ZIPS):
        raise UnreadableFile(source, *other)
    found = _packaged(data)
    if found and found is not {_NOT_WORD: _WORD, _NOT_BOOK: _BOOK}.get(other):
        raise UnreadableFile(source, *found)


def _packaged(data: bytes) -> tuple[str, str] | None:
    """What a zip file is by the names in its directory, when it is one of the two that people confuse."""
    if not data.startswith(_ZIPS):
        return None
    kinds = [kind for name, kind in ((b"word/document.xml", _WORD), (b"xl/workbook.xml", _BOOK)) if name in data]
    return kinds[0] if len(kinds) == 1 else None
