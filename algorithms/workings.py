"""The workings of one product's figures: each formula with the very terms that went into it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..text import Text
from .figures import Figures
from .gaps import Assessment
from .index import Index
from .rates import OUTPUT, STATISTICS

Term = dict[str, str | float | None]


@dataclass(frozen=True)
class Working:
    """How one figure came about: put the terms into the formula and get the result."""

    name: str
    title: Text
    formula: str
    terms: list[Term]
    result: float


def workings(index: Index, found: Assessment, at: int) -> list[Working]:
    """Return the workings of the product at place `at` of an assessment."""
    product, figures = int(found.product[at]), found.figures
    every = [
        _supply(index, figures, product),
        _need(index, figures, product),
        _rate(found, at, product),
        _quotient(index, found, at, product),
        _certainty(index, found, at, product),
        _density(index, figures, product),
    ]
    return [each for each in every if not np.isnan(each.result)]


def _supply(index: Index, figures: Figures, product: int) -> Working:
    here = figures.rows.product == product
    pairs = zip(figures.rows.firm[here].tolist(), figures.rows.output[here].tolist(), strict=True)
    terms: list[Term] = [
        {"enterprise": index.firms.ids[firm], "output": _known(output)} for firm, output in pairs
    ]
    title = Text("本地供给（元/年）", "local supply, yuan a year")
    return Working("supply", title, "Σ output", terms, float(figures.supply[product]))


def _need(index: Index, figures: Figures, product: int) -> Working:
    column = index.technology.coefficient[:, [product]].tocoo()
    terms: list[Term] = [
        {
            "product": index.products.names[made],
            "supply": _known(float(figures.supply[made])),
            "coefficient": float(coefficient),
        }
        for made, coefficient in zip(column.row.tolist(), column.data.tolist(), strict=True)
        if figures.supply[made] > 0
    ]
    title = Text("本地需求（元/年）", "local need, yuan a year")
    return Working("need", title, "Σ supply × coefficient", terms, float(figures.need[product]))


def _rate(found: Assessment, at: int, product: int) -> Working:
    figures = found.figures
    if found.rate_observed[at]:
        formula = "spent_here / spent"
        term: Term = {
            "spent_here": float(figures.spent_here[product]),
            "spent": float(figures.spent[product]),
        }
    else:
        formula = "min(1, supply / need)"
        term = {
            "supply": _known(float(figures.supply[product])),
            "need": _known(float(figures.need[product])),
        }
    title = Text("本地配套率", "local content rate")
    return Working("local_rate", title, formula, [term], float(found.rate[at]))


def _quotient(index: Index, found: Assessment, at: int, product: int) -> Working:
    figures, members = found.figures, found.scope.members
    basis = found.quotient_basis[at]
    output_here, output_all = float(index.making.total[members].sum()), index.output_total
    if basis == STATISTICS:
        formula = "share / (output_here / output_all)"
        share = float(figures.statistics_share[product])
        term: Term = {"share": share, "output_here": output_here, "output_all": output_all}
    elif basis == OUTPUT:
        formula = "(supply / output_here) / (supply_all / output_all)"
        term = {
            "supply": float(figures.supply[product]),
            "output_here": output_here,
            "supply_all": float(index.supply_all[product]),
            "output_all": output_all,
        }
    else:
        formula = "(makers / known_here) / (makers_all / known_all)"
        term = {
            "makers": float(figures.makers[product]),
            "known_here": float(index.firms.known[members].sum()),
            "makers_all": float(index.makers_all[product]),
            "known_all": float(index.known_total),
        }
    title = Text("区位商", "location quotient")
    return Working("location_quotient", title, formula, [term], float(found.quotient[at]))


def _certainty(index: Index, found: Assessment, at: int, product: int) -> Working:
    members = found.scope.members
    silent = index.firms.cls[members[~index.firms.known[members]]]
    classes, counts = np.unique(silent, return_counts=True)
    log = index.unmade_log[:, [product]].toarray().ravel()
    terms: list[Term] = [
        {
            "class": index.firms.classes[cls] or "*",
            "enterprises": float(count),
            "probability": abs(float(np.expm1(log[cls]))),
        }
        for cls, count in zip(classes.tolist(), counts.tolist(), strict=True)
    ]
    title = Text("把握", "certainty")
    formula = "Π (1 - probability) ^ enterprises"
    return Working("certainty", title, formula, terms, float(found.certainty[at]))


def _density(index: Index, figures: Figures, product: int) -> Working:
    near = index.proximity[[product]].tocoo()
    terms: list[Term] = [
        {
            "product": index.products.names[other],
            "proximity": float(proximity),
            "made_here": float(figures.made[other]),
        }
        for other, proximity in zip(near.col.tolist(), near.data.tolist(), strict=True)
    ]
    whole = float(near.data.sum())
    made = float(near.data[figures.made[near.col]].sum())
    title = Text("关联密度", "relatedness density")
    formula = "Σ proximity × made_here / Σ proximity"
    return Working("density", title, formula, terms, made / whole if whole else np.nan)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
