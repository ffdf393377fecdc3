"""The board 产业地图: which chains lead in which places, and where neighbours lead in the same."""

from __future__ import annotations

import numpy as np

from ...settings import Settings
from ..answers.common import number, region_ref, scope_answer, snapshot_answer
from ..answers.models import Ref
from ..chain import Chain, all_chains
from ..index import Index
from ..levels import at_level, count_makers
from ..nearest import distance_km
from ..scope import Scope
from .models import BoardAnswer, BoardCell, BoardRow

LEAST = 2
"""Makers that a chain needs in a place to lead there."""
LEADS = 3
"""Chains that may lead in one place by their makers."""
COUNTY_KM = 60.0
"""Counties and zones are neighbours within this distance; cities within the setting's."""

_FOCUS = """
SELECT DISTINCT a."end" AS region, f."end" AS chain FROM "FOCUSES_ON" AS f
JOIN "ANCHORED_IN" AS a ON a.start = f.start
"""


def board_answer(index: Index, scope: Scope, level: str, settings: Settings) -> BoardAnswer:
    """Return the places of a level in a region, and what each makes of every chain.

    A chain leads in a place where at least `LEAST` enterprises make products of it, its location
    quotient by number of makers, LQ = (n_pc / n_p) / (n_c / n), is at least 1, and at most two
    other chains of the place have more makers; or where a cluster anchored there focuses on it.
    n counts enterprises with known products: n_pc those of place p on chain c. Overlap: the chain
    leads in a neighbouring place too.
    """
    chains = all_chains(index)
    places = _places(index, scope.region, level)
    counts = _counts(index, chains, places, level)
    firms = [index.within(each) for each in places]
    known = np.array([int(index.firms.known[each].sum()) for each in firms], dtype=np.float64)
    quotients = _quotients(index, chains, counts, known)
    leads = _leads(counts, quotients) | _focused(index, chains, places, level)
    near = _near(index, places, settings.neighbour_km if level == "city" else COUNTY_KM)
    rows = [
        BoardRow(
            region=region_ref(index, place),
            longitude=number(index.regions.longitude[place]),
            latitude=number(index.regions.latitude[place]),
            enterprises=len(firms[at]),
            known=int(known[at]),
            cells=[
                BoardCell(
                    makers=int(counts[at, chain]),
                    quotient=number(quotients[at, chain]),
                    leads=bool(leads[at, chain]),
                    overlaps=_overlaps(index, places, near[at] & leads[:, chain])
                    if leads[at, chain]
                    else [],
                )
                for chain in range(len(chains))
            ],
        )
        for at, place in enumerate(places)
    ]
    rows.sort(key=lambda row: (-row.enterprises, row.region.id))
    return BoardAnswer(
        scope=scope_answer(scope, None),
        snapshot=snapshot_answer(index.snapshot),
        level=level,
        chains=[Ref(id=each.key, name=each.name) for each in chains],
        rows=rows,
    )


def _places(index: Index, region: int, level: str) -> list[int]:
    if region < 0:
        return []
    levels = index.regions.levels
    last = int(index.regions.last[region])
    return [each for each in range(region + 1, last + 1) if levels[each] == level]


def _counts(index: Index, chains: tuple[Chain, ...], places: list[int], level: str) -> np.ndarray:
    """Makers of anything on a chain, shape (places, chains)."""
    found = np.zeros((len(places), len(chains)), dtype=np.int64)
    row = {place: at for at, place in enumerate(places)}
    for column, chain in enumerate(chains):
        for place, count in count_makers(index, chain.product, level).items():
            if place in row:
                found[row[place], column] = count
    return found


def _quotients(
    index: Index, chains: tuple[Chain, ...], counts: np.ndarray, known: np.ndarray
) -> np.ndarray:
    everywhere = np.array(
        [len(np.unique(index.by_product.of(chain.product))) for chain in chains], dtype=np.float64
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        here = counts / known[:, None]
        found: np.ndarray = here / (everywhere / index.known_total)[None, :]
    return np.where(np.isfinite(found), found, np.nan)


def _leads(counts: np.ndarray, quotients: np.ndarray) -> np.ndarray:
    fit = (counts >= LEAST) & (np.nan_to_num(quotients) >= 1)
    more = (counts[:, None, :] * fit[:, None, :] > counts[:, :, None]).sum(axis=2)
    found: np.ndarray = fit & (more < LEADS)
    return found


def _focused(index: Index, chains: tuple[Chain, ...], places: list[int], level: str) -> np.ndarray:
    """Where a cluster focuses on a chain, shape (places, chains)."""
    found = np.zeros((len(places), len(chains)), dtype=bool)
    row = {place: at for at, place in enumerate(places)}
    column = {chain.key: at for at, chain in enumerate(chains)}
    above = at_level(index, level)
    for each in index.snapshot.table(_FOCUS).to_pylist():
        region = index.regions.codes.number(each["region"])
        place = int(above[region]) if region >= 0 else -1
        if place in row and each["chain"] in column:
            found[row[place], column[each["chain"]]] = True
    return found


def _near(index: Index, places: list[int], within_km: float) -> np.ndarray:
    """Which places are neighbours, shape (places, places)."""
    every = np.array(places, dtype=np.int64)
    found = np.zeros((len(places), len(places)), dtype=bool)
    for at, place in enumerate(places):
        found[at] = (distance_km(index, place, every) <= within_km) & (every != place)
    return found


def _overlaps(index: Index, places: list[int], which: np.ndarray) -> list[Ref]:
    return [region_ref(index, places[each]) for each in np.flatnonzero(which).tolist()]
