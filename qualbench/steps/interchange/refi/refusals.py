"""Files that are no REFI-QDA project, each with one sentence of advice."""

from qualbench.errors import UnreadableFile

SUFFIX = ".qdpx"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_EXPORT = "Open it in {0}, export it as a REFI-QDA project (.qdpx) and import that."
_OWN = {
    **dict.fromkeys((".nvp", ".nvpx", ".nvcx"), "NVivo"),
    **dict.fromkeys((".mx12", ".mx18", ".mx20", ".mx22", ".mx24", ".mex22", ".mex24"), "MAXQDA"),
    **dict.fromkeys((".atlproj", ".atlasproj", ".atlproj9", ".atlproj22", ".atlproj23"), "ATLAS.ti"),
    **dict.fromkeys((".qda",), "QualCoder"),
    **dict.fromkeys((".qrk", ".qpd"), "Quirkos"),
    **dict.fromkeys((".ppj", ".wpj"), "QDA Miner"),
}


def refuse(source: str, data: bytes) -> None:
    """Raise UnreadableFile when the name or the first bytes show that this is no project."""
    suffix = f".{source.rpartition('.')[2].casefold()}" if "." in source else ""
    if suffix in _OWN:
        raise UnreadableFile(source, f"it is {_OWN[suffix]}'s own file.", _EXPORT.format(_OWN[suffix]))
    if suffix == ".qdc":
        raise UnreadableFile(source, "it is a codebook, not a project.", "Bring it in with: qualbench codebook")
    if suffix == ".qde":
        raise UnreadableFile(source, "it is the inner part of a project, without its texts.", "Give the whole .qdpx.")
    if suffix != SUFFIX:
        raise UnreadableFile(
            source, f"a REFI-QDA project ends in {SUFFIX}.", "Give it that suffix if it is one, or export it anew."
        )
    if not data:
        raise UnreadableFile(source, "it is empty.")
    if not data.startswith(_ZIPS):
        raise UnreadableFile(source, "it is not a REFI-QDA project, whatever its name says.", "Export it anew.")
