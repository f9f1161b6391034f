"""An agreement run as plain data, and back: the stable JSON that other programs read. Undefined is null.

Keys are never renamed; runs that were stored before a key existed are read with what it says when nothing is known.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from qualbench.model import Agreement, CodeAgreement, Interval, Overall, Recipe, SetAlpha
from qualbench.steps.agreement.drawn.spans import SpanAgreement

_LATER = ("pi", "pabak", "ac1", "prevalence_index", "bias_index")
"""Figures of a code that runs stored early do not have."""


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
        "set_alphas": [_set_to_data(one) for one in (agreement.set_alpha, *agreement.other_sets)],
        "overall": asdict(agreement.overall),
        "recipe": {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(agreement.recipe).items()},
        "checked": agreement.checked,
    }


def from_data(data: Mapping[str, Any]) -> Agreement:
    """The run that `to_data` wrote."""
    first, *others = [_set_from_data(one) for one in data.get("set_alphas", ())] or [_lone_set(data["set_alpha"])]
    return Agreement(
        unit=data["unit"],
        coders=tuple(data["coders"]),
        transcripts=tuple(data["transcripts"]),
        units=data["units"],
        codebook=data["codebook"],
        codes=tuple(_code_from_data(code) for code in data["codes"]),
        set_alpha=first,
        other_sets=tuple(others),
        overall=Overall(**_known(Overall, data.get("overall", {}))),
        recipe=Recipe(**_known(Recipe, data.get("recipe", {}))),
        checked=data.get("checked", ""),
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
        **{key: getattr(code, key) for key in _LATER},
        "interval": _interval_to_data(code.interval),
        "bootstrap": None if code.bootstrap is None else list(code.bootstrap),
        "no_interval": code.no_interval,
    }
    return _with_why(figures, code.why)


def _code_from_data(data: Mapping[str, Any]) -> CodeAgreement:
    (both, only_a), (only_b, neither) = data["table"]
    a, b = data["prevalence"]
    drawn = data.get("bootstrap")
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
        **{key: data.get(key) for key in _LATER},
        interval=_interval_from_data(data.get("interval")),
        bootstrap=None if drawn is None else (drawn[0], drawn[1]),
        no_interval=data.get("no_interval", ""),
    )


def spans_to_data(found: SpanAgreement) -> dict[str, Any]:
    """The agreement on drawn spans as JSON-ready data; null where undefined, with the reason under `why`."""
    data = asdict(found)
    codes = {code.pop("code"): code for code in data.pop("codes")}
    return data | {"codes": codes}


def _set_to_data(one: SetAlpha) -> dict[str, Any]:
    return {
        "distance": one.distance,
        "value": one.value,
        "why": one.why,
        "interval": _interval_to_data(one.interval),
        "no_interval": one.no_interval,
    }


def _set_from_data(data: Mapping[str, Any]) -> SetAlpha:
    return SetAlpha(
        distance=data["distance"],
        value=data["value"],
        why=data["why"],
        interval=_interval_from_data(data["interval"]),
        no_interval=data["no_interval"],
    )


def _lone_set(data: Mapping[str, Any]) -> SetAlpha:
    """The alpha under the key that a run has had from the beginning."""
    (distance,) = (key for key in data if key != "why")
    return SetAlpha(distance, data[distance], data.get("why", ""))


def _interval_to_data(interval: Interval | None) -> dict[str, Any] | None:
    return None if interval is None else asdict(interval) | {"warnings": list(interval.warnings)}


def _interval_from_data(data: Mapping[str, Any] | None) -> Interval | None:
    return None if data is None else Interval(data["low"], data["high"], data["clusters"], tuple(data["warnings"]))


def _known(kind: type[Overall] | type[Recipe], data: Mapping[str, Any]) -> dict[str, Any]:
    """What the kind of value has a field for; a list is a tuple again."""
    names = {field.name for field in fields(kind)}
    return {key: tuple(v) if isinstance(v, list) else v for key, v in data.items() if key in names}


def _with_why(data: dict[str, Any], why: str) -> dict[str, Any]:
    return data | {"why": why} if why else data
