"""One small file of each speech recogniser, in the shape that its producer documents or writes."""

import json
from collections.abc import Mapping


def dumped(data: object) -> bytes:
    return json.dumps(data).encode()


def whisper_segment(start: float, said: str, **more: object) -> Mapping[str, object]:
    return {
        "id": 0,
        "seek": 0,
        "start": start,
        "end": start + 2,
        "text": said,
        "tokens": [1],
        "temperature": 0.0,
        **more,
    }


WHISPER = {
    "text": " How did you find it? Through a friend.",
    "segments": [
        whisper_segment(0.0, " How did you"),
        whisper_segment(2.5, " find it?"),
        whisper_segment(4.5, " Through a friend."),
        whisper_segment(9.0, " He"),
        whisper_segment(14.0, " moved."),
    ],
    "language": "en",
}
WHISPERX = {
    "segments": [
        whisper_segment(0.5, " How did you", speaker="SPEAKER_00", words=[{"word": "How", "start": 0.5, "end": 0.7}]),
        whisper_segment(2.5, "find it?", speaker="SPEAKER_00"),
        {
            "text": "20 euros, through a friend.",
            "speaker": "SPEAKER_01",
            "words": [
                {"word": "20"},
                {"word": "euros,", "start": 4.25, "end": 4.5, "speaker": "SPEAKER_01"},
                {"word": "friend.", "start": 5.0, "end": 5.5, "speaker": "SPEAKER_00"},
            ],
        },
        whisper_segment(8.0, "Mhm."),
        whisper_segment(9.0, "I see.", speaker="SPEAKER_00"),
    ],
    "word_segments": [{"word": "How", "start": 0.5}],
}


def element(kind: str, value: str, ts: float | None = None) -> dict[str, object]:
    return {"type": kind, "value": value} | ({} if ts is None else {"ts": ts, "end_ts": ts + 0.2, "confidence": 0.9})


REV = {
    "monologues": [
        {
            "speaker": 0,
            "elements": [
                element("text", "How", 0.5),
                element("punct", " "),
                element("text", "so", 0.9),
                element("punct", "?"),
            ],
        },
        {
            "speaker": 1,
            "elements": [
                element("punct", "-"),
                element("text", "I", 2.25),
                element("punct", "'"),
                element("text", "ll", 2.3),
                element("punct", ", "),
                element("unknown", "<inaudible>"),
                element("punct", "."),
            ],
        },
    ]
}
REV_EDITOR = {
    "speakers": [{"id": 0, "name": "Maria"}, {"id": 1, "name": "Sam Ode"}],
    "monologues": [
        {
            "speaker": 0,
            "spans": [{"type": "text", "text": "How", "ts": "00:00:00,500"}, {"type": "punct", "text": " so?"}],
        },
        {
            "speaker": 1,
            "spans": [{"type": "text", "text": "Well", "ts": "00:00:02,250"}, {"type": "punct", "text": "."}],
        },
    ],
}
ASSEMBLYAI = {
    "id": "x",
    "audio_url": "https://cdn.example/Maria.mp3",
    "status": "completed",
    "text": "How so? Well. Yes.",
    "words": [{"text": "How", "start": 250, "end": 650, "speaker": "A"}],
    "utterances": [
        {"speaker": "A", "start": 250, "end": 700, "text": "How so?", "words": []},
        {"speaker": "B", "start": 1250, "end": 1900, "text": "Well.", "words": []},
        {"speaker": "B", "start": 2000, "end": 2900, "text": "Yes.", "words": []},
    ],
}
DEEPGRAM_WORDS = [
    {"word": "how", "punctuated_word": "How", "start": 0.5, "end": 0.6, "speaker": 0},
    {"word": "so", "punctuated_word": "so?", "start": 0.7, "end": 0.8, "speaker": 0},
    {"word": "well", "punctuated_word": "Well.", "start": 1.25, "end": 1.5, "speaker": 1},
]
DEEPGRAM = {
    "metadata": {"request_id": "x", "channels": 1},
    "results": {
        "channels": [{"alternatives": [{"transcript": "How so? Well.", "words": DEEPGRAM_WORDS}]}],
        "utterances": [
            {
                "start": 0.5,
                "end": 0.8,
                "channel": 0,
                "transcript": "How so?",
                "speaker": 0,
                "words": DEEPGRAM_WORDS[:2],
            },
            {"start": 1.25, "end": 1.5, "channel": 0, "transcript": "Well.", "speaker": 1, "words": DEEPGRAM_WORDS[2:]},
        ],
    },
}


def aws_item(content: str, start: str = "", end: str = "") -> dict[str, object]:
    times = {"start_time": start, "end_time": end, "type": "pronunciation"} if start else {"type": "punctuation"}
    return {"alternatives": [{"confidence": "0.9", "content": content}], **times}


AMAZON = {
    "jobName": "maria-lopez",
    "accountId": "111122223333",
    "results": {
        "transcripts": [{"transcript": "How so? Well, yes."}],
        "speaker_labels": {
            "speakers": 2,
            "segments": [
                {
                    "speaker_label": "spk_0",
                    "start_time": "4.87",
                    "items": [
                        {"start_time": "4.87", "end_time": "5.02", "speaker_label": "spk_0"},
                        {"start_time": "5.02", "end_time": "5.17", "speaker_label": "spk_0"},
                    ],
                },
                {
                    "speaker_label": "spk_1",
                    "start_time": "8.49",
                    "items": [
                        {"start_time": "8.49", "end_time": "8.88", "speaker_label": "spk_1"},
                        {"start_time": "8.88", "end_time": "9.0"},
                    ],
                },
            ],
        },
        "items": [
            aws_item("How", "4.87", "5.02"),
            aws_item("so", "5.02", "5.17"),
            aws_item("?"),
            aws_item("Well", "8.49", "8.88"),
            aws_item(","),
            aws_item("yes", "8.88", "9.0"),
            aws_item("."),
        ],
    },
    "status": "COMPLETED",
}


def google_word(word: str, start: object, **more: object) -> dict[str, object]:
    return {"startTime": start, "endTime": "99s", "word": word, **more}


GOOGLE = {
    "results": [
        {
            "alternatives": [
                {"transcript": "how so", "words": [google_word("how", "0.500s"), google_word("so", "0.9s")]}
            ]
        },
        {"alternatives": [{"transcript": " well", "words": [google_word("well", "2s")]}], "languageCode": "en-us"},
        {
            "alternatives": [
                {
                    "words": [
                        google_word("how", "0.500s", speakerTag=1),
                        google_word("so", {"nanos": 900000000}, speakerTag=1),
                        google_word("well", {"seconds": "2", "nanos": 250000000}, speakerTag=2),
                    ]
                }
            ]
        },
    ]
}
AMBERSCRIPT = {
    "id": "5c9e",
    "recordId": "x",
    "filename": "Maria.mp3",
    "startTimeOffset": 0.0,
    "speakers": [{"spkid": "spk1", "name": "Speaker 1"}, {"spkid": "spk2", "name": "Ana"}],
    "segments": [
        {
            "speaker": "spk1",
            "words": [{"text": "Hi,", "start": 0.45, "end": 1.08}, {"text": "welcome.", "start": 1.11}],
        },
        {
            "speaker": "spk2",
            "words": [{"text": "Thank"}, {"text": "you.", "start": 2.5, "conf": 1.0, "pristine": True}],
        },
    ],
    "highlights": [],
}
ALL = (WHISPER, WHISPERX, REV, REV_EDITOR, ASSEMBLYAI, DEEPGRAM, AMAZON, GOOGLE, AMBERSCRIPT)
