"""What each method asks for: who codes, what the codebook is, whether there is a number of agreement, and the rest.

A screen, a verb or a report that depends on the method reads its profile, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from qualbench.model.study import Method


class Coders(StrEnum):
    """Who codes."""

    ONE_OR_MORE = "one or more"
    INDEPENDENT = "two or more, each alone"
    JUDGES = "a team of three to five judges, and one or two auditors"
    TEAM = "one, or a team"
    PAIR = "two, and a lead where wanted"


class CodebookUse(StrEnum):
    """How the codebook comes about."""

    FREE = "grows freely, and nothing has to be released first"
    GROWS = "set beforehand, and grows"
    FIXED = "fixed before the test"
    DOMAINS = "a list of domains, then categories"
    STAGED = "index codes from the interview guide, analytic codes later"
    WEEKLY = "released, and revised every week"


class FirstPass(StrEnum):
    """Whether a first pass has to be blind."""

    OPTIONAL = "optional"
    REQUIRED = "required"
    FIRST_CASES = "required for the first cases"
    ANALYTIC = "for analytic codes"


class AgreementUse(StrEnum):
    """What a number of agreement is for."""

    HIDDEN = "hidden: where readings differ is shown instead"
    OPTIONAL = "optional"
    HEADLINE = "the headline, held against a threshold"
    DIAGNOSTIC = "not part of the method; optional, to look where judges differ"
    SPOT_CHECK = "optional, as a spot check"
    BEFORE_AND_AFTER = "before and after negotiation"


class ConsensusUse(StrEnum):
    """How differences are settled."""

    NOT_SOUGHT = "not sought"
    TALK = "by talk in the team"
    ADJUDICATION = "by adjudication"
    UNANIMOUS = "the method itself, unanimous"
    NEGOTIATION = "by negotiation"


class CountsUse(StrEnum):
    """What is reported as numbers."""

    DISCOURAGED = "discouraged"
    CASES = "counts of cases"
    FREQUENCIES = "frequencies"
    LABELS = "general, typical, variant or rare"
    MATRICES = "numbers of cases, and matrices"


class SaturationUse(StrEnum):
    """Whether saturation is asked for."""

    OFF = "off: themes are made, so there is no point at which all are found"
    ON = "on"
    FIXED = "off: the number of cases is fixed; a stability check is optional"


class AuditorUse(StrEnum):
    """Whether somebody outside of the coding comments on it."""

    OFF = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Profile:
    """One column of the table of methods."""

    coders: Coders
    codebook: CodebookUse
    first_pass: FirstPass
    agreement: AgreementUse
    consensus: ConsensusUse
    counts: CountsUse
    saturation: SaturationUse
    auditor: AuditorUse

    @property
    def measures(self) -> bool:
        """Whether a coefficient may be shown at all."""
        return self.agreement is not AgreementUse.HIDDEN

    @property
    def needs_agreement(self) -> bool:
        """Whether the method rests on agreement between coders."""
        return self.agreement in (AgreementUse.HEADLINE, AgreementUse.BEFORE_AND_AFTER)

    @property
    def has_fixed_codebook(self) -> bool:
        """Whether no code may be made while coding."""
        return self.codebook is CodebookUse.FIXED

    @property
    def has_labels(self) -> bool:
        """Whether frequency is told in the words of consensual qualitative research."""
        return self.counts is CountsUse.LABELS

    @property
    def counts_nothing(self) -> bool:
        """Whether numbers of people and places stay out of what is shown."""
        return self.counts is CountsUse.DISCOURAGED

    @property
    def seeks_consensus(self) -> bool:
        """Whether the method wants one reading of each segment."""
        return self.consensus is not ConsensusUse.NOT_SOUGHT

    @property
    def agreement_said(self) -> str:
        """What stands beside figures of agreement in this method; empty where they need no word."""
        return _AGREEMENT_SAID.get(self.agreement, "")

    @property
    def consensus_said(self) -> str:
        """What stands beside disagreements in a method that seeks no consensus; empty elsewhere."""
        return "" if self.seeks_consensus else "Consensus is not sought in this method: readings may stay apart."

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What the profile asks for, in words: each row of the table with its value."""
        return tuple((PROFILE_ROWS[one.name], str(getattr(self, one.name))) for one in fields(self))


_AGREEMENT_SAID: Mapping[AgreementUse, str] = {
    AgreementUse.DIAGNOSTIC: "Agreement is no part of this method; it only shows where judges differ.",
    AgreementUse.SPOT_CHECK: "In this method figures of agreement are an optional spot check.",
    AgreementUse.BEFORE_AND_AFTER: "These are the figures before negotiation.",
}


PROFILE_ROWS: Mapping[str, str] = {
    "coders": "coders",
    "codebook": "codebook",
    "first_pass": "blind first pass",
    "agreement": "agreement number",
    "consensus": "consensus",
    "counts": "counts reported",
    "saturation": "saturation",
    "auditor": "auditor",
}
"""What each row of the table is called."""


PROFILES: Mapping[Method, Profile] = {
    Method.REFLEXIVE: Profile(
        Coders.ONE_OR_MORE, CodebookUse.FREE, FirstPass.OPTIONAL, AgreementUse.HIDDEN, ConsensusUse.NOT_SOUGHT,
        CountsUse.DISCOURAGED, SaturationUse.OFF, AuditorUse.OFF,
    ),
    Method.CODEBOOK: Profile(
        Coders.ONE_OR_MORE, CodebookUse.GROWS, FirstPass.OPTIONAL, AgreementUse.OPTIONAL, ConsensusUse.TALK,
        CountsUse.CASES, SaturationUse.ON, AuditorUse.OPTIONAL,
    ),
    Method.RELIABILITY: Profile(
        Coders.INDEPENDENT, CodebookUse.FIXED, FirstPass.REQUIRED, AgreementUse.HEADLINE, ConsensusUse.ADJUDICATION,
        CountsUse.FREQUENCIES, SaturationUse.ON, AuditorUse.OPTIONAL,
    ),
    Method.CQR: Profile(
        Coders.JUDGES, CodebookUse.DOMAINS, FirstPass.FIRST_CASES, AgreementUse.DIAGNOSTIC, ConsensusUse.UNANIMOUS,
        CountsUse.LABELS, SaturationUse.FIXED, AuditorUse.REQUIRED,
    ),
    Method.FLEXIBLE: Profile(
        Coders.TEAM, CodebookUse.STAGED, FirstPass.ANALYTIC, AgreementUse.SPOT_CHECK, ConsensusUse.TALK,
        CountsUse.MATRICES, SaturationUse.ON, AuditorUse.OPTIONAL,
    ),
    Method.NEGOTIATED: Profile(
        Coders.PAIR, CodebookUse.WEEKLY, FirstPass.REQUIRED, AgreementUse.BEFORE_AND_AFTER, ConsensusUse.NEGOTIATION,
        CountsUse.FREQUENCIES, SaturationUse.ON, AuditorUse.OPTIONAL,
    ),
}  # fmt: skip
"""The table of methods, column by column."""
