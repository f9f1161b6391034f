"""One small agreement run, worked out by hand, that every test of the written report prints.

Ada and Bo read 20 units of four transcripts under codebook 1.1.

    Access › Transport   both 4, only Ada 1, only Bo 1, neither 14
        percent 18/20 = .9; positive 8/10 = .8; negative 28/30; each gives it 5 of 20 times, so kappa and pi
        expect .25 ** 2 + .75 ** 2 = .625: (.9 - .625) / .375 = .7333; PABAK .8;
        AC1 expects 2 * .25 * .75 = .375: (.9 - .375) / .625 = .84
        alpha 1 - 39 * 2 / (10 * 30) = .74; prevalence index -10/20; bias index 0
    Access › Cost        nobody gives it: percent 1, everything else undefined
    Waiting              both 0, only Ada 2, only Bo 0, neither 18
        percent .9; positive 0; kappa 0; pi expects .05 ** 2 + .95 ** 2 = .905: (.9 - .905) / .095 = -.0526;
        alpha 1 - 39 * 2 / (2 * 38) = -.0263; bias index .1

The limits are no figures of these data: they are there to be printed.
"""

from dataclasses import replace
from typing import Any

from qualbench.model import (
    Agreement,
    Benchmark,
    Cause,
    Code,
    CodeAgreement,
    Codebook,
    Confusion,
    Interval,
    Overall,
    Recipe,
    SetAlpha,
)
from qualbench.steps.agreement.output import Contents, RoundFigures, Settlement

FEW = "the interval rests on 4 transcripts, and with fewer than 6 it is unsure"
NOBODY = "undefined (no variation): neither coder applied it"
HOSTILE = ("=1+1", "<b>", "[/x]", "\x1b]52;c;eA\x07", "$x^2$ \\frac", "a|b_c*d`", "-dash\ud800\ufffe")
LONG = "word " * 8000

BOOK = Codebook(
    "1.1",
    "Ways to care",
    (
        Code("access", "Access", kind="theme"),
        Code("transport", "Transport", parent="access"),
        Code("cost", "Cost", parent="access"),
        Code("waiting", "Waiting"),
    ),
)
TRANSPORT = CodeAgreement(
    "transport", 4, 1, 1, 14, (0.25, 0.25), 0.9, 0.8, 28 / 30, 0.275 / 0.375, 0.74,
    pi=0.275 / 0.375, pabak=0.8, ac1=0.84, prevalence_index=-0.5, bias_index=0.0,
    interval=Interval(0.31, 0.902, 4, (FEW,)), bootstrap=(0.45, 0.95),
)  # fmt: skip
COST = CodeAgreement(
    "cost", 0, 0, 0, 20, (0.0, 0.0), 1.0, None, 1.0, None, None, NOBODY,
    pabak=1.0, ac1=1.0, prevalence_index=-1.0, bias_index=0.0, no_interval="alpha is undefined",
)  # fmt: skip
WAITING = CodeAgreement(
    "waiting", 0, 2, 0, 18, (0.1, 0.0), 0.9, 0.0, 36 / 38, 0.0, 1 - 78 / 76, "only Ada uses this code",
    pi=-0.005 / 0.095, pabak=0.8, ac1=0.889503, prevalence_index=-0.9, bias_index=0.1,
    no_interval="an interval needs at least 3 transcripts, and there are 2",
)  # fmt: skip
RUN = Agreement(
    unit="turn",
    coders=("Ada", "Bo"),
    transcripts=("t1", "t2", "t3", "t4"),
    units=20,
    codebook="1.1",
    codes=(TRANSPORT, COST, WAITING),
    set_alpha=SetAlpha("masi", 0.652, interval=Interval(0.4, 0.81, 4)),
    other_sets=(
        SetAlpha("jaccard", 0.663, no_interval="not asked for"),
        SetAlpha("multi-valued", None, "undefined (no variation): every set is the same"),
    ),
    overall=Overall(mean=0.3569, minimum=-0.0263, pooled=0.61, defined=2, undefined=1),
    recipe=Recipe(
        software="qualbench 0.1.0",
        round="Round 2",
        passes=("p1", "p2"),
        codebooks=("1.0", "1.1"),
        segmentation="sha256:0123456789abcdef",
        seed=20260,
        draws=1000,
    ),
    checked="Every alpha was computed a second time by the krippendorff package 0.9.0, and they are the same to 1e-9.",
)
FIRST = replace(
    RUN, codebook="1.0", codes=(replace(TRANSPORT, alpha=0.5, interval=Interval(0.1, 0.7, 8)), COST),
    set_alpha=SetAlpha("masi", 0.41, no_interval="too few"), overall=Overall(0.5, 0.5, 0.5, 1, 1),
)  # fmt: skip


def made(**changes: Any) -> Contents:
    """The contents of the whole report, with some of them changed."""
    whole = Contents(
        study="Ways to care",
        method="The study follows negotiated agreement.",
        date="2026-03-04T12:30:00+00:00",
        agreement=RUN,
        codebook=BOOK,
        transcripts=("01-clinic", "02-school", "03-home", "04-late"),
        share=0.25,
        chosen="4 of 16 transcripts were drawn at random with seed 20260",
        coders="Ada is a nurse and Bo a sociologist; both were trained on two pilot interviews",
        causes={Cause.MISSED: 3, Cause.OTHER_CODE: 1},
        confusions=(Confusion("transport", "waiting", 7), Confusion("cost", "transport", 2)),
        benchmark=Benchmark.KRIPPENDORFF,
        trend=(
            RoundFigures("Round 1", "2026-02-01", "1.0", FIRST),
            RoundFigures("Round 2", "2026-03-04", "1.1", RUN, ("Waiting was added", "The definition of Cost changed.")),
        ),
        settled=Settlement(5, 1, 2, 3, "They were talked through in pairs; the log is in consensus-log.csv"),
        qualcoder={"transport": 0.213, "cost": None},
        notes=("Two transcripts are not opened yet and are left out",),
    )
    return replace(whole, **changes)


def hostile() -> Contents:
    """The same report with names, labels and sentences that would act in a terminal, a sheet or a page."""
    codes = tuple(Code(f"c{place}", label) for place, label in enumerate(HOSTILE))
    figures = tuple(replace(TRANSPORT, code=one.id, why=HOSTILE[place]) for place, one in enumerate(codes))
    run = replace(RUN, codes=figures, coders=("=Ada", "<b>Bo"), unit="[/x]\x1b")
    return made(
        study="=1+1 $x^2$ \x1b[31m",
        agreement=run,
        codebook=Codebook("<1>", "$a$", codes),
        transcripts=HOSTILE,
        chosen=LONG,
        confusions=tuple(Confusion("c0", one.id, 1) for one in codes[1:]),
        trend=(RoundFigures("=$R$", "2026-01-01", "<1>", run), RoundFigures("[/R]", "2026-02-01", "<1>", run, HOSTILE)),
        settled=Settlement(1, said=HOSTILE[3]),
        notes=HOSTILE,
        qualcoder=None,
    )


def bare() -> Contents:
    """A run with nothing beside it: one code without variation, nobody described, no benchmark, no rounds."""
    run = replace(RUN, codes=(COST,), set_alpha=SetAlpha("masi", None, NOBODY), other_sets=(), overall=Overall(),
                  recipe=Recipe(), checked="")  # fmt: skip
    return Contents("Quiet", "One method.", "2026-03-04", run, Codebook("1.1", "", (Code("cost", "Cost"),)))


def three() -> Contents:
    """Three coders: the tables compare the first two, alpha takes all."""
    shared = replace(TRANSPORT, why="Ada and Bo: only Ada uses this code")
    return made(agreement=replace(RUN, coders=("Ada", "Bo", "Cy"), codes=(shared,)), qualcoder=None)
