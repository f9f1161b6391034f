"""The JSON of an agreement run: its exact shape, and that nothing is lost on the way back."""

import json

from qualbench.model import Unit
from qualbench.steps.agreement import from_data, run, to_data, units


def test_the_shape_of_the_data(interview):
    """
    P: One.    | ana: stress | ben: stress
    P: Two.    | ana: -      | ben: -

    Table 1, 0, 0, 1: every figure is 1. Nobody applied `pay`, so its figures are null and it says why.
    """
    result = run(units(interview.transcript, interview.passes), codes=["stress", "pay"], unit="turn", codebook="1.0")
    assert to_data(result) == {
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
                "why": "undefined (no variation): neither coder applied it",
            },
        ],
        "set_alpha": {"masi": 1.0},
    }


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
