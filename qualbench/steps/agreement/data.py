"""An agreement run as plain data, and back: the stable JSON that other programs read. Undefined is null."""

from collections.abc import Mapping
from typing import Any

from qualbench.model import Agreement, CodeAgreement, SetAlpha


def to_data(agreement: Agreement) -> dict[str, Any]:
    """The run as JSON-ready data; proportions and coefficients unrounded, null where undefined."""
    return {
        "unit": agreement.unit,
        "coders": list(agreement.coders),
        "transcripts": list(agreement.transcripts),
        "units": agreement.units,
        "codebook": agreement.codebook,
        "codes": [_code_to_data(code) for code in agreement.codes],
        "set_alpha": _with_why({agreement.set_alpha.distance: agreement.set_alpha.value}, agreement.set_alpha.why),
    }


def from_data(data: Mapping[str, Any]) -> Agreement:
    """The run that `to_data` wrote."""
    return Agreement(
        unit=data["unit"],
        coders=tuple(data["coders"]),
        transcripts=tuple(data["transcripts"]),
        units=data["units"],
        codebook=data["codebook"],
        codes=tuple(_code_from_data(code) for code in data["codes"]),
        set_alpha=_set_alpha_from_data(data["set_alpha"]),
    )


def _code_to_data(code: CodeAgreement) -> dict[str, Any]:
    figures = {
        "code": code.code,
        "table": [[code.both, code.only_a], [code.only_b, code.neither]],
        "prevalence": list(code.prevalence),
        "percent": code.percent,
        "positive": code.positive,
        "negative": code.negative,
        "kappa": code.kappa,
        "alpha": code.alpha,
    }
    return _with_why(figures, code.why)


def _code_from_data(data: Mapping[str, Any]) -> CodeAgreement:
    (both, only_a), (only_b, neither) = data["table"]
    a, b = data["prevalence"]
    return CodeAgreement(
        code=data["code"],
        both=both,
        only_a=only_a,
        only_b=only_b,
        neither=neither,
        prevalence=(a, b),
        percent=data["percent"],
        positive=data["positive"],
        negative=data["negative"],
        kappa=data["kappa"],
        alpha=data["alpha"],
        why=data.get("why", ""),
    )


def _set_alpha_from_data(data: Mapping[str, Any]) -> SetAlpha:
    (distance,) = (key for key in data if key != "why")
    return SetAlpha(distance, data[distance], data.get("why", ""))


def _with_why(data: dict[str, Any], why: str) -> dict[str, Any]:
    return data | {"why": why} if why else data
