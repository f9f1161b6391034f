"""Queries over the coding: asked, told in a sentence, and saved by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import BadDecision, NameTooClose, UsageError
from qualbench.model import Changes
from qualbench.project.asked import CONSENSUS, Answer, SavedQuery, UnknownQuery
from qualbench.project.evidence import Evidence
from qualbench.store.queries import saved
from qualbench.text import folded

if TYPE_CHECKING:
    from qualbench.steps.matrices.queries import Query


class Asking(Evidence):
    """What stands where in the coding, in the language of queries."""

    def ask(self, words: str) -> Answer:
        """What a query finds, with what it looks for in a sentence."""
        from qualbench.steps.matrices import queries

        query = queries.parse(words)
        evidence = self._opened_evidence(query.layer)
        return Answer(words, queries.told(query, evidence), self.passages(queries.find(evidence, query)))

    def saved_queries(self) -> tuple[SavedQuery, ...]:
        """The queries that were saved, each with what it looks for."""
        return tuple(
            SavedQuery(name, words, self._told(words), *more) for name, words, *more in saved.queries(self._db)
        )

    def _told(self, words: str) -> str:
        from qualbench.steps.matrices import queries

        try:
            query = queries.parse(words)
            return queries.told(query, self.evidence(coders=query.layer != CONSENSUS))
        except UsageError as error:
            return f"{error.message} {error.hint}".strip()

    def saved_query(self, name: str) -> SavedQuery:
        """One saved query, by its name in any case and without accents."""
        known = self.saved_queries()
        for one in known:
            if folded(one.name) == folded(name):
                return one
        raise UnknownQuery(name, [one.name for one in known])

    def save_query(self, name: str, words: str) -> Changes:
        """Keep a query by name, in place of one that has the name; codes go by their ids."""
        from qualbench.steps.matrices import queries

        name = name.strip()
        if not name:
            raise BadDecision("A query needs a name.")
        known = {one: held for one, held, *_ in saved.queries(self._db)}
        for one in known:
            if folded(one) == folded(name) and one != name:
                raise NameTooClose(name, one)
        body = queries.text(self._with_ids(queries.parse(words)))
        return self._record([] if known.get(name) == body else [events.QuerySaved(name=name, query=events.seal(body))])

    def _with_ids(self, query: Query) -> Query:
        """The query with codes by their ids; what it names must be here."""
        from qualbench.steps.matrices import queries

        evidence = self.evidence(coders=query.layer != CONSENSUS)
        queries.find(evidence, query)
        return queries.with_ids(query, evidence)

    def drop_query(self, name: str) -> Changes:
        """A saved query is no longer needed; undo brings it back."""
        return self._record([events.QueryDropped(name=self.saved_query(name).name)])
