"""What a report may say about de-identified transcripts: that it was done and reviewed, never more."""

from collections.abc import Collection

_WORDS = ["nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def statement(reviewers: Collection[str]) -> str:
    """The sentences about the result; `reviewers` are the names of those who read it, each counted once.

    >>> statement(["Ana", "Ben"])
    'Names and details were replaced; reviewed by two people. A reader who knows the case may still recognise it.'
    """
    number = len({" ".join(name.split()).casefold() for name in reviewers if name.strip()})
    if not number:
        reviewed = "not reviewed by anybody yet"
    elif number == 1:
        reviewed = "reviewed by one person"
    else:
        reviewed = f"reviewed by {_WORDS[number] if number < len(_WORDS) else number} people"
    return f"Names and details were replaced; {reviewed}. A reader who knows the case may still recognise it."
