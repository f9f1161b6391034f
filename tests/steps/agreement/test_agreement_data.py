"""The JSON of an agreement run: its exact shape, and that nothing is lost on the way back."""

import dataclasses
import json

from qualbench.model import Agreement, CodeAgreement, Interval, Overall, Recipe, SetAlpha, Unit
from qualbench.steps.agreement import from_data, run, to_data, units


def test_the_shape_of_the_data(interview):
    """
    P: One.    | ana: stress | ben: stress
    P: Two.    | ana: -      | ben: -

    Table 1, 0, 0, 1: every figure is 1. Nobody applied `pay`, so its figures are null and it says why.
    """
    result = run(units(interview.transcript, interview.passes), codes=["stress", "pay"], unit="turn", codebook="1.0")
    data = to_data(result)
    assert data["recipe"].pop("missing").startswith("a segment a coder skipped is missing")
    first, *others = data.pop("set_alphas")
    assert first == {
        "distance": "masi",
        "value": 1.0,
        "why": "",
        "interval": None,
        "no_interval": "nobody disagreed, so how far alpha varies is open",
    }
    assert [(one["distance"], one["value"]) for one in others] == [("jaccard", 1), ("dice", 1), ("multi-valued", 1)]
    assert data == {
        "unit": "turn",
        "coders": ["ana", "ben"],
        "transcripts": ["t1"],
        "units": 2,
        "codebook": "1.0",
        "codes": [
            {
                "code": "stress",
                "table": [[1, 0], [0, 1]],
                "prevalence": [0.5, 0.5],
                "percent": 1.0,
                "positive": 1.0,
                "negative": 1.0,
                "kappa": 1.0,
                "alpha": 1.0,
                "pi": 1.0,
                "pabak": 1.0,
                "ac1": 1.0,
                "prevalence_index": 0.0,
                "bias_index": 0.0,
                "interval": None,
                "bootstrap": None,
                "no_interval": "nobody disagreed, so how far alpha varies is open",
            },
            {
                "code": "pay",
                "table": [[0, 0], [0, 2]],
                "prevalence": [0.0, 0.0],
                "percent": 1.0,
                "positive": None,
                "negative": 1.0,
                "kappa": None,
                "alpha": None,
                "pi": None,
                "pabak": None,
                "ac1": None,
                "prevalence_index": -1.0,
                "bias_index": 0.0,
                "interval": None,
                "bootstrap": None,
                "no_interval": "alpha is undefined",
                "why": "undefined (no variation): neither coder applied it",
            },
        ],
        "set_alpha": {"masi": 1.0},
        "overall": {"mean": 1.0, "minimum": 1.0, "pooled": 1.0, "defined": 1, "undefined": 1},
        "recipe": {
            "software": "",
            "round": "",
            "passes": [],
            "codebooks": [],
            "texts": [],
            "segmentation": "",
            "level": "codes",
            "scope": [],
            "interval": "linearised, clustered by transcript, t with G-1 df, on -log(1 - alpha), 95 %",
            "seed": 1,
            "draws": 1000,
        },
        "checked": "",
    }


WHOLE = Agreement(
    unit="turn",
    coders=("ana", "ben"),
    transcripts=("t1", "t2", "t3"),
    units=20,
    codebook="1.0",
    codes=(
        CodeAgreement(
            "stress", 8, 2, 1, 9, (0.5, 0.45), 0.85, 0.84, 0.857, 0.7, 0.707, "", 0.699, 0.7, 0.701, -0.05, 0.05,
            Interval(0.2, 0.9, 3, ("few",)), (0.3, 0.8), "",
        ),
    ),
    set_alpha=SetAlpha("masi", 0.6, "", Interval(0.1, 0.8, 3), ""),
    other_sets=(SetAlpha("jaccard", None, "undefined", None, "alpha is undefined"),),
    overall=Overall(0.707, 0.707, 0.7, 1, 0),
    recipe=Recipe("1.0", "pilot", ("p1", "p2"), ("1.0",), "abc", "left out", "parents", ("t1",), "none", 7, 200),
    checked="computed again",
)  # fmt: skip


def test_nothing_of_a_full_run_is_lost():
    assert from_data(json.loads(json.dumps(to_data(WHOLE)))) == WHOLE
    fields = [part for value in (WHOLE, WHOLE.codes[0], WHOLE.recipe) for part in dataclasses.astuple(value)]
    assert None not in fields


def test_an_interval_says_how_many_transcripts_it_rests_on():
    (code,) = to_data(WHOLE)["codes"]
    assert code["interval"] == {"low": 0.2, "high": 0.9, "clusters": 3, "warnings": ["few"]}
    assert code["bootstrap"] == [0.3, 0.8]


def test_a_run_stored_before_there_were_intervals_is_still_read():
    """A run as the first version wrote it; a key that a later version adds is passed over."""
    stored = {
        "unit": "turn",
        "coders": ["ana", "ben"],
        "transcripts": ["t1"],
        "units": 2,
        "codebook": "1.0",
        "codes": [
            {
                "code": "pay",
                "table": [[0, 0], [0, 2]],
                "prevalence": [0.0, 0.0],
                "percent": 1.0,
                "positive": None,
                "negative": 1.0,
                "kappa": None,
                "alpha": None,
                "why": "undefined",
            }
        ],
        "set_alpha": {"masi": None, "why": "undefined"},
        "state": "abc",
    }
    code = CodeAgreement("pay", 0, 0, 0, 2, (0.0, 0.0), 1.0, None, 1.0, None, None, "undefined")
    read = Agreement("turn", ("ana", "ben"), ("t1",), 2, "1.0", (code,), SetAlpha("masi", None, "undefined"))
    assert from_data(stored) == read
    assert from_data(stored | {"recipe": {"seed": 4, "later": 1}}).recipe == Recipe(seed=4)


def test_the_table_has_the_first_coder_in_rows_and_the_second_in_columns(interview):
    """
    P: One.    | ana: stress | ben: -
    P: Two.    | ana: stress | ben: stress
    P: Three.  | ana: -      | ben: stress
    P: Four.   | ana: stress | ben: -
    """
    found = run(units(interview.transcript, interview.passes), codes=[], unit="turn", codebook="1.0")
    assert to_data(found)["codes"][0]["table"] == [[1, 2], [1, 0]]


def test_an_undefined_set_alpha_says_why():
    alone = Unit("t1", 0, 5, {"ana": frozenset({"stress"})})
    data = to_data(run([alone], codes=[], unit="turn", codebook="1.0"))
    assert data["set_alpha"] == {
        "masi": None,
        "why": "undefined (no units): no unit was coded by two coders",
    }


def test_a_run_survives_json(interview):
    """
    P: One.    | ana: stress       | ben: stress, work | cid: -
    P: Two.    | ana: -            | ben: work         | cid: work
    P: Three.  | ana: stress, work | ben: stress
    """
    for codes in ([], ["pay"]):
        found = run(units(interview.transcript, interview.passes), codes=codes, unit="turn", codebook="1.0")
        assert from_data(json.loads(json.dumps(to_data(found)))) == found
    empty = run([], codes=["pay"], unit="turn", codebook="1.0")
    assert from_data(json.loads(json.dumps(to_data(empty)))) == empty
