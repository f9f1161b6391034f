"""Reading a query as researchers write it.

    query      := expression ["where" condition {"," condition}]
    expression := group
                | group "within" number ("turn" | "turns") "of" group
                | group "followed by" group "within" number ("turn" | "turns")
    group      := item {"and" item | ("and" | "but") "not" item}
                | item {"or" item}
    item       := ["any"] code | "(" expression ")"
    condition  := filter "=" value {"or" value}
    filter     := "role" | "participant" | "transcript" | "round" | "layer" | "coder" | attribute

Nearness joins whole groups, so `A and not B within 2 turns of C` is `(A and not B) within 2 turns of C`. What could
be read in two ways (`A and B or C`, one nearness after another) asks for brackets. `any A` is A with the codes under
it. Names with spaces, and names that are words of the language, stand in quotes. There is one layer: the consensus,
or one coder's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from qualbench.steps.matrices.conditions import Attribute, Condition, Field
from qualbench.steps.matrices.evidence import CONSENSUS
from qualbench.steps.matrices.queries.language import Both, Coded, Either, Expression, Followed, Near, Query
from qualbench.steps.matrices.queries.tokens import BadQuery, Token, tokens

LAYERS = ("layer", "coder")
"""What asks for a layer instead of narrowing it down."""
_WHOLE = {"but": "but not", "followed": "followed by"}
_DEEPEST = 40
_FARTHEST = 6


def parse(text: str) -> Query:
    """The query that a text says; raises BadQuery with where and what was expected."""
    reader = _Reader(text, tokens(text))
    of = _expression(reader)
    where, layer = _conditions(reader) if reader.took("where") else ((), CONSENSUS)
    if reader.now.text or reader.now.quoted:
        raise reader.bad(_what_next(reader))
    return Query(of, where, layer)


@dataclass(slots=True)
class _Reader:
    """Where the reading stands."""

    text: str
    tokens: list[Token]
    at: int = 0
    depth: int = 0
    expected: list[str] = field(default_factory=list)
    """What could have stood here too, for the sentence when it goes on otherwise."""

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def took(self, *words: str) -> bool:
        """Go past one of these words if it stands here."""
        if self.now.says(*words):
            self.at, self.expected = self.at + 1, []
            return True
        self.expected += [f"'{_WHOLE.get(word, word)}'" for word in words]
        return False

    def need(self, *words: str) -> None:
        """Go past one of these words; nothing else may stand here."""
        if not self.took(*words):
            raise self.bad(" or ".join(f"'{word}'" for word in words))

    def name(self, what: str) -> Token:
        """Go past a name."""
        token = self.now
        if not token.is_name:
            raise self.bad(f"{what} (in quotes if it is called so)" if token.text.isalpha() else what)
        self.at, self.expected = self.at + 1, []
        return token

    def bad(self, expected: str) -> BadQuery:
        return BadQuery(self.text, self.now, expected)


def _what_next(reader: _Reader) -> str:
    """What may stand after a whole expression."""
    return ", ".join(dict.fromkeys(reader.expected)) + " or the end"


# --- expressions -------------------------------------------------------------------------------------------------


def _expression(reader: _Reader) -> Expression:
    left = _group(reader)
    made: Expression
    if reader.took("within"):
        turns = _turns(reader)
        reader.need("of")
        made = Near(left, _group(reader), turns)
    elif reader.took("followed"):
        reader.need("by")
        by = _group(reader)
        reader.need("within")
        made = Followed(left, by, _turns(reader))
    else:
        return left
    if reader.now.says("within", "followed"):
        raise reader.bad("brackets around one of the two, because they could be read in two ways")
    return made


def _turns(reader: _Reader) -> int:
    token = reader.now
    if token.quoted or not (token.text.isascii() and token.text.isdigit() and len(token.text) <= _FARTHEST):
        raise reader.bad("a number of turns")
    reader.at += 1
    reader.need("turns", "turn")
    return int(token.text)


def _group(reader: _Reader) -> Expression:
    first = _item(reader)
    if reader.now.says("or"):
        return _mixed(reader, Either((first, *_others(reader))), "and", "but")
    of, without = [first], []
    while reader.took("and", "but"):
        if reader.tokens[reader.at - 1].says("but"):
            reader.need("not")
            without.append(_item(reader))
        else:
            (without if reader.took("not") else of).append(_item(reader))
    if len(of) == 1 and not without:
        reader.expected.append("'or'")
        return first
    return _mixed(reader, Both(tuple(of), tuple(without)), "or")


def _others(reader: _Reader) -> list[Expression]:
    others: list[Expression] = []
    while reader.took("or"):
        others.append(_item(reader))
    return others


def _mixed(reader: _Reader, made: Expression, *words: str) -> Expression:
    """The expression, unless a word follows that needs brackets first."""
    if reader.now.says(*words):
        raise reader.bad("brackets, because 'and' beside 'or' could be read in two ways")
    return made


def _item(reader: _Reader) -> Expression:
    if reader.took("("):
        return _nested(reader, _expression)
    if reader.now.says("not"):
        raise reader.bad("a code first: 'TRUST and not FEAR', for 'not FEAR' alone is no place")
    under = reader.took("any")
    token = reader.now
    name = reader.name("a code").text
    if not name.strip():
        raise BadQuery(reader.text, token, "a code")
    return Coded(name, under)


def _nested(reader: _Reader, read: Callable[[_Reader], Expression]) -> Expression:
    reader.depth += 1
    if reader.depth > _DEEPEST:
        raise reader.bad(f"no more than {_DEEPEST} brackets in one another")
    inner = read(reader)
    if not reader.took(")"):
        raise reader.bad(_what_next(reader).removesuffix(" or the end"))
    reader.depth -= 1
    return inner


# --- conditions --------------------------------------------------------------------------------------------------


def _conditions(reader: _Reader) -> tuple[tuple[Condition, ...], str]:
    found: list[Condition] = []
    layers: list[str] = []
    while True:
        name = reader.name("what to filter by: role, participant, transcript, round, layer or an attribute")
        reader.need("=")
        values = _values(reader)
        if not name.quoted and name.text.casefold() in LAYERS:
            layers += values
            if len(layers) > 1:
                raise BadQuery(reader.text, name, "one layer only: the consensus or one coder")
        else:
            found.append(Condition(_of(name), values))
        if not reader.took(","):
            return tuple(found), layers[0] if layers else CONSENSUS


def _values(reader: _Reader) -> tuple[str, ...]:
    values = [reader.name("a value").text]
    while reader.took("or"):
        values.append(reader.name("a value").text)
    return tuple(values)


def _of(name: Token) -> Field | Attribute:
    """A name in quotes is always that of an attribute."""
    plain = name.text.casefold()
    return Attribute(name.text) if name.quoted or plain not in list(Field) else Field(plain)
