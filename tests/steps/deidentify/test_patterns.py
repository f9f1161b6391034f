"""What is recognised by its shape, and what looks like it and is nobody's."""

import time

import pytest

from qualbench.steps.deidentify.kinds import Kind
from qualbench.steps.deidentify.patterns import shaped


def found(text: str, kind: Kind) -> list[str]:
    """The strings of a kind, without those inside a longer one of that kind."""
    spans = {(one.start, one.end) for one in shaped(text) if one.kind is kind}
    outer = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
    return [text[start:end] for start, end in sorted(outer)]


HITS = [
    (Kind.MAIL, "Write to tessa.lund@harborlight.org, please.", "tessa.lund@harborlight.org"),
    (Kind.MAIL, "(t_lund+intake@mail.example.co.uk)", "t_lund+intake@mail.example.co.uk"),
    (Kind.MAIL, "it is tessa.lund at harborlight dot org", "tessa.lund at harborlight dot org"),
    (Kind.WEB, "see https://harborlight.org/help?id=4.", "https://harborlight.org/help?id=4"),
    (Kind.WEB, "on www.harborlight.org, I think", "www.harborlight.org"),
    (Kind.WEB, "harborlight.org/stories is ours", "harborlight.org/stories"),
    (Kind.WEB, "she is @tessa_lund there", "@tessa_lund"),
    (Kind.PHONE, "call 210-555-0142 now", "210-555-0142"),
    (Kind.PHONE, "call (210) 555-0142.", "(210) 555-0142"),
    (Kind.PHONE, "call 1 210 555 0142", "1 210 555 0142"),
    (Kind.PHONE, "call 210.555.0142", "210.555.0142"),
    (Kind.PHONE, "call +1 (210) 555-0142", "+1 (210) 555-0142"),
    (Kind.PHONE, "call +44 20 7946 0958", "+44 20 7946 0958"),
    (Kind.PHONE, "call +49 30 901820", "+49 30 901820"),
    (Kind.PHONE, "call 020 7946 0958", "020 7946 0958"),
    (Kind.PHONE, "call 06 12 34 56 78", "06 12 34 56 78"),
    (Kind.PHONE, "call 0171 1234567", "0171 1234567"),
    (Kind.PHONE, "call 555-0142", "555-0142"),
    (Kind.PHONE, "it was five five five oh one four two", "five five five oh one four two"),
    (Kind.DATE, "on March 5th, 2019 she", "March 5th, 2019"),
    (Kind.DATE, "on 5 March 2019 she", "5 March 2019"),
    (Kind.DATE, "on the 5th of March", "5th of March"),
    (Kind.DATE, "in october 2019 it", "october 2019"),
    (Kind.DATE, "in May of 2019", "May of 2019"),
    (Kind.DATE, "Dec. 12", "Dec. 12"),
    (Kind.DATE, "the twenty-first of June", "twenty-first of June"),
    (Kind.DATE, "June the fifth", "June the fifth"),
    (Kind.DATE, "2019-03-05", "2019-03-05"),
    (Kind.DATE, "born 03/05/2019.", "03/05/2019"),
    (Kind.DATE, "born 25.12.1990,", "25.12.1990"),
    (Kind.DATE, "on 3/5/19", "3/5/19"),
    (Kind.AGE, "she is 34 years old", "34 years old"),
    (Kind.AGE, "a 34-year-old woman", "34-year-old"),
    (Kind.AGE, "a woman aged 34.", "aged 34"),
    (Kind.AGE, "at the age of 9 she", "age of 9"),
    (Kind.AGE, "thirty-four years old", "thirty-four years old"),
    (Kind.AGE, "seven year olds", "seven year olds"),
    (Kind.AGE, "He was 34yo", "34yo"),
    (Kind.AGE, "34 years of age", "34 years of age"),
    (Kind.AGE, "when I was fifteen, we", "when I was fifteen"),
    (Kind.AGE, "she turned 18 there", "turned 18"),
    (Kind.PLACE, "at 1420 Elm Street with", "1420 Elm Street"),
    (Kind.PLACE, "at 12 N. Saint Olaf Ave, Apt 4B", "12 N. Saint Olaf Ave, Apt 4B"),
    (Kind.PLACE, "at 220 42nd Street", "220 42nd Street"),
    (Kind.PLACE, "in der Lindenstraße 12a", "Lindenstraße 12a"),
    (Kind.PLACE, "en la Calle Luna Nueva 112", "Calle Luna Nueva 112"),
    (Kind.PLACE, "au 12, rue de la Forge", "12, rue de la Forge"),
    (Kind.PLACE, "P.O. Box 1142", "P.O. Box 1142"),
    (Kind.NUMBER, "case number 12-3456 it", "12-3456"),
    (Kind.NUMBER, "file no. 4471,", "4471"),
    (Kind.NUMBER, "docket 19-cv-1234", "19-cv-1234"),
    (Kind.NUMBER, "A123456789", "A123456789"),
    (Kind.NUMBER, "in 2019-CR-0456 he", "2019-CR-0456"),
    (Kind.NUMBER, "123-45-6789", "123-45-6789"),
    (Kind.NUMBER, "2105550142", "2105550142"),
    (Kind.NUMBER, "4000 1234 5678 9010", "4000 1234 5678 9010"),
]


@pytest.mark.parametrize(("kind", "text", "hit"), HITS, ids=[text for _, text, _ in HITS])
def test_a_detail_is_found_whole(kind: Kind, text: str, hit: str) -> None:
    assert found(text, kind) == [hit]


NOBODYS = [
    "in 2019 and the 1990s",
    "we are open 24/7",
    "since 9/11, and half is 1/2",
    "it costs $1,200.50 or 1,000,000",
    "between 2015-2019 and 1998–2004",
    "500-1000 people came",
    "section 4.2.1 and version 10.11.12",
    "as in 18 U.S.C. 1591 or Title 22",
    "COVID-19, DSM-5, the I-914 form and the F-150",
    "[00:01:23] #00:14:03-4# (03:40)",
    "34 years ago we had 34 people for 5 minutes",
    "when I was 15 minutes late",
    "you may 5 of you march 10 miles",
    "it was one of two or three, no, four",
    "I may, in March, on a Monday",
    "e.g. this. And so on...",
    "P12: yes",
    "10 million; 3000000",
    "aged 20% of them",
    "we looked at it",
    "in the case of 12 women",
    "5 miles down the road, a 2 hour drive",
    "3.14159 and 0.000123",
    "he wrote and/or said @ home",
]


@pytest.mark.parametrize("text", NOBODYS)
def test_a_look_alike_is_left_alone(text: str) -> None:
    assert [text[one.start : one.end] for one in shaped(text)] == []


JUNK = [
    "a", "1", "1 ", "a.", "(0", "+1 ", "a@", "@", "one ", "Mar 1 ", "1/", "A1-", "maria ", "\n", "www.", "http://.",
    "when i was 1", "12 Aa Aa Aa Aa ", "Calle a ", "case number 1", "0.0", "a.com/.", "twenty-", "1420 A",
]  # fmt: skip


@pytest.mark.parametrize("junk", JUNK)
def test_hostile_text_takes_time_in_proportion(junk: str) -> None:
    def seconds(length: int) -> float:
        text = junk * (length // len(junk))
        began = time.process_time()
        for _ in shaped(text):
            pass
        return time.process_time() - began

    small, large = seconds(20_000), seconds(100_000)
    assert large < 15 * small + 0.1, "five times the text may not take twenty-five times as long"
    assert large < 1.5
