"""oTranscribe files (.otr): a web page inside JSON, with exact times. The recording's name in it is never copied."""

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest.html import read_page
from qualbench.steps.ingest.json_file import load
from qualbench.steps.ingest.reading import File, Reading
from qualbench.text import canonical


def read_otranscribe(file: File) -> Reading:
    """An .otr as a transcript: the times that can be clicked stay in the text and are the turns' times."""
    data, encoding = load(file)
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str):
        raise UnreadableFile(file.source, "it has no 'text', which every oTranscribe file has.", "Export it again.")
    return read_page(file, "otr", canonical(text), encoding)
