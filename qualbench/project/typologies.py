"""Flexible coding, its last stage: types of participants with their reasons, and negative cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from qualbench.errors import BadDecision, QualbenchError, StillBlind, UnknownCode
from qualbench.model import Changes, Participant
from qualbench.project.asked import CONSENSUS
from qualbench.project.bounded import Bounded
from qualbench.store.queries import typologies as reads
from qualbench.text import excerpt, folded

if TYPE_CHECKING:
    from qualbench.steps.report import Report
    from qualbench.steps.typologies import Case, NegativeCase, Rule, Ruled, Typed, Typology


class Typologies(Bounded):
    """Bounded analytic coding and what is made of it."""

    # --- types -----------------------------------------------------------------------------------------------------

    def typologies(self) -> tuple[str, ...]:
        """The attributes that are typologies: those whose values were given with a rule or a reason."""
        reasoned = {row[1] for row in reads.reasons(self._db, self.viewer)}
        return tuple(one.name for one in self.attributes() if one.name in reasoned)

    def types(self, name: str = "") -> tuple[Typed, ...]:
        """Every participant with their type in one typology (in all of them when none is named), and why."""
        from qualbench.steps.typologies import Typed

        said = {(row[0], row[1]): row for row in reads.reasons(self._db, self.viewer)}
        wanted = [self.attribute(name).name] if name else self.typologies()
        people = self.present()
        found = []
        for typology in wanted:
            holding = self._holding({row[3] for key, row in said.items() if key[1] == typology and row[3]})
            for person in people:
                value = dict(person.attributes).get(typology, "")
                row = said.get((person.id, typology))
                why = row[3:] if row and row[2] == value and value else ("", "", "", "")
                holds = holding.get(why[0], {}).get(person.id) if why[0] else None
                found.append(Typed(person.id, person.label, typology, value, *why, holds))
        return tuple(found)

    def _holding(self, rules: set[str]) -> dict[str, dict[str, bool]]:
        """Whom each rule fits now, by participant; nothing for one that can not be followed any more."""
        from qualbench.steps.typologies import fits

        found: dict[str, dict[str, bool]] = {}
        for words in rules:
            with suppress(QualbenchError):
                rule = self._rule(words)
                found[words] = {case.id: fits(rule, case) for case in self._cases_for(rule)}
        return found

    def assign_type(self, participant: str, name: str, value: str, rule: str = "", reason: str = "") -> Changes:
        """A participant is of a type, and of no other in this typology, for a reason; an empty type takes it away."""
        from qualbench.steps.typologies import give

        person = self._participant(participant)
        words = self._written(rule) if rule else ""
        return self._record(give(self._typology(name), [person.id], value, rule=words, reason=reason))

    def ruled(self, name: str, value: str, rule: str, *, replace: bool = False) -> Ruled:
        """What a rule would do in a typology; nothing is recorded."""
        from qualbench.steps.typologies import fits, ruled

        typology, read = self._typology(name), self._rule(rule)
        fitting = [case.id for case in self._cases_for(read) if fits(read, case)]
        held = () if typology.is_new else self.types(typology.name)
        value = next((one for one in typology.types if folded(one) == folded(value)), value)
        return ruled(fitting, held, value, replace=replace)

    def type_by_rule(self, name: str, value: str, rule: str, reason: str = "", *, replace: bool = False) -> Changes:
        """Whom a rule fits is of a type; those of another type keep it unless they are to be replaced."""
        from qualbench.steps.typologies import give

        found = self.ruled(name, value, rule, replace=replace)
        typology, words = self._typology(name), self._written(rule)
        return self._record(give(typology, found.given, value, rule=words, reason=reason))

    def type_names(self, name: str) -> tuple[str, ...]:
        """The types of a typology, in the order of tables; none of a new one."""
        return self._typology(name).types

    def _typology(self, name: str) -> Typology:
        """A typology by its name, or a new one; what else is known of participants is none."""
        from qualbench.steps.typologies import Typology

        name = " ".join(name.split())
        known = {folded(one.name): one for one in self.attributes()}.get(folded(name))
        if known is None:
            return Typology(name, is_new=True)
        if known.name not in self.typologies():
            raise BadDecision(
                f"'{excerpt(known.name, 40)}' is known of participants already, so it is no typology.",
                "Give the typology another name.",
            )
        held = (dict(one.attributes).get(known.name, "") for one in self.participants())
        return Typology(known.name, tuple(dict.fromkeys([*known.choices, *filter(None, held)])))

    def _rule(self, words: str) -> Rule:
        """A rule with the codes and attributes that it names; they must be here."""
        from qualbench.steps.typologies import parse, resolved

        return resolved(parse(words), self._rule_codes(), [one.name for one in self.attributes()])

    def _rule_codes(self) -> dict[str, str]:
        books = self.releases()[-1:] if self.has_codebook() else ()
        return {code.id: code.label for book in books for code in book.codes}

    def _written(self, rule: str) -> str:
        """The rule as it is kept, with codes by their ids."""
        from qualbench.steps.typologies import text

        return text(self._rule(rule))

    def _cases_for(self, rule: Rule) -> list[Case]:
        """The participants with what a rule can ask of them; codes are those that are settled."""
        from qualbench.steps.typologies import Case, has_codes

        codes: dict[str, set[str]] = {}
        if has_codes(rule):
            if not self.opened():
                raise StillBlind
            evidence = self.evidence()
            above = self._above()
            for place in evidence.places:
                if place.layer == CONSENSUS and place.counts and place.code and place.participant:
                    codes.setdefault(place.participant, set()).update(above.get(place.code, (place.code,)))
        return [Case(one.id, dict(one.attributes), frozenset(codes.get(one.id, ()))) for one in self.present()]

    def _above(self) -> dict[str, set[str]]:
        """Each code with itself and all that stand above it."""
        parents = self.parents()
        found: dict[str, set[str]] = {}
        for code in {*self._rule_codes(), *parents}:
            line = {code}
            at = code
            while (at := parents.get(at, "")) and at not in line:
                line.add(at)
            found[code] = line
        return found

    def _participant(self, name: str) -> Participant:
        known = self.participants()
        for one in known:
            if name in (one.id, one.label):
                return one
        listed = ", ".join(excerpt(one.label, 40) for one in known[:20])
        raise BadDecision(f"There is no participant called '{excerpt(name, 60)}'.", f"Known are: {listed or 'none'}")

    # --- negative cases --------------------------------------------------------------------------------------------

    def negative_cases(self, against: str = "") -> tuple[NegativeCase, ...]:
        """Whose interviews speak against a theme, a code or a type (against any when none is named), and how."""
        from qualbench.steps.typologies import NegativeCase

        wanted = self.against(against) if against else ""
        labels = {one.id: one.label for one in self.participants()}
        return tuple(
            NegativeCase(of, self.told_against(of), who, labels.get(who, who), *rest)
            for of, who, *rest in reads.negative_cases(self._db, self.viewer, wanted)
        )

    def mark_negative(self, against: str, participant: str, reason: str, marked: bool = True) -> Changes:
        """A participant's interview speaks against a theme, a code or a type; with `marked` off it is found not to."""
        from qualbench.steps.typologies import mark

        known = [one.id for one in self.participants()]
        person = self._participant(participant).id
        return self._record(mark(self.against(against), person, reason, marked=marked, known=known))

    def against(self, name: str) -> str:
        """The id of a theme (by name), a code (by label) or a type (typology=type)."""
        from qualbench.steps.typologies import TYPE

        themes = {one.id: one.name for one in self.themes()}
        if name in themes or name.startswith(TYPE):
            return name
        for id_, called in themes.items():
            if folded(called) == folded(name):
                return id_
        with suppress(UnknownCode):
            return self.code_named(name).id
        typology, sign, value = name.partition("=")
        for one in self.typologies() if sign else ():
            types = self._typology(one).types
            chosen = next((each for each in types if folded(each) == folded(value)), "")
            if folded(one) == folded(typology) and chosen:
                return f"{TYPE}{one}={chosen}"
        raise BadDecision(
            f"There is no theme, code or type called '{excerpt(name, 60)}'.", "Name a type as in: Stance=advocate"
        )

    def told_against(self, against: str) -> str:
        """What a negative case speaks against, in words."""
        what, name = self._kind_and_name(against)
        return f"the {what} {name}" if what else name

    def _kind_and_name(self, against: str) -> tuple[str, str]:
        from qualbench.steps.typologies import TYPE

        if against.startswith(TYPE):
            typology, _, value = against.removeprefix(TYPE).partition("=")
            return "type", f"{value} ({typology})"
        themes = {one.id: one.name for one in (*self.themes(), *(past.theme for past in self.past_themes()))}
        if against in themes:
            return "theme", themes[against]
        with suppress(UnknownCode):
            return "code", self.code_named(against).label
        return "", against

    def report(self, attributes: Sequence[str] = ()) -> Report:
        """Everything the themes report prints; negative cases by label alone, and only those that all may know of."""
        from qualbench.steps.report.notes import negative_said

        labels = {one.id: one.label for one in self.participants()}
        gone = {one.participant for one in self.withdrawn()}
        by_what: dict[str, list[str]] = {}
        for against, who, *_ in reads.negative_cases(self._db, ""):
            if who not in gone:
                by_what.setdefault(self._kind_and_name(against)[1], []).append(labels.get(who, who))
        made = super().report(attributes)
        return replace(made, notes=(*made.notes, *negative_said(by_what)))

    def negative_counts(self) -> dict[str, int]:
        """How many negative cases each theme, code and type has, by its id, as far as the viewer may know."""
        return dict(Counter(row[0] for row in reads.negative_cases(self._db, self.viewer)))

    def could_be_against(self) -> Sequence[tuple[str, str]]:
        """Everything that a case can speak against: its id, and what it is in words."""
        from qualbench.steps import codebook as codebooks
        from qualbench.steps.typologies import TYPE

        found = [(one.id, f"theme: {one.name}") for one in self.themes()]
        for name in self.typologies():
            found += [(f"{TYPE}{name}={each}", f"type: {each} ({name})") for each in self._typology(name).types]
        codes = codebooks.applicable(self.codebook()) if self.has_codebook() else ()
        return (*found, *((code.id, f"code: {code.label}") for code in codes))
