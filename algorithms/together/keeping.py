"""Keeping what was worked out: with the index, and in a file beside the snapshot.

The file is for another process, and for this one when it starts again. Whoever cannot write it, or
read it, works the standings out; the file goes with the snapshot's folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ... import __version__
from ...settings import Settings
from ..chain import Chain
from ..index import Index, Ints
from .file import read_file, write_file
from .standings import Standings, stand_together

FOLDER = "standings"
_FEW = 10
"""Where so many times fewer regions are asked for than there are, the others are not worked out."""


def standings_of(index: Index, regions: Ints, chain: Chain | None, settings: Settings) -> Standings:
    """Return how regions stand: from what is kept, else worked out, and kept."""
    name = _name(index, chain, settings)
    whole = index.recall(name) or _on_file(index, name)
    if whole is None and len(regions) * _FEW < len(index.regions):
        asked = (*name, regions.tobytes())
        return index.remember(asked, lambda: stand_together(index, regions, chain, settings))
    return (whole or _all(index, name, chain, settings)).take(regions)


def have_ready(index: Index, settings: Settings, *, going_on: Callable[[], bool]) -> bool:
    """See to it that the standings over all chains are kept; return whether they were not yet.

    Parameters
    ----------
    going_on
        Asked again and again; where it says no, the work is left.

    Raises
    ------
    StoppedError
        It was left.
    """
    name = _name(index, None, settings)
    if index.recall(name) is not None or _on_file(index, name) is not None:
        return False
    _all(index, name, None, settings, going_on)
    return True


def _all(
    index: Index,
    name: tuple[str, ...],
    chain: Chain | None,
    settings: Settings,
    going_on: Callable[[], bool] | None = None,
) -> Standings:
    every = np.arange(len(index.regions))
    found = index.remember(
        name, lambda: stand_together(index, every, chain, settings, going_on=going_on)
    )
    write_file(_path(index, name), _said(name), found)
    return found


def _on_file(index: Index, name: tuple[str, ...]) -> Standings | None:
    found = read_file(_path(index, name), _said(name), index)
    return None if found is None else index.remember(name, lambda: found)


def _name(index: Index, chain: Chain | None, settings: Settings) -> tuple[str, ...]:
    """What standings depend on, beside the facts of the snapshot."""
    manifest = index.snapshot.manifest
    return (
        "standings",
        __version__,
        f"{manifest.number} {manifest.published.isoformat()}",
        str(index.snapshot.as_of or ""),
        chain.key if chain else "",
        settings.priority.model_dump_json(),
        settings.half.model_dump_json(),
    )


def _said(name: tuple[str, ...]) -> str:
    return json.dumps(name, ensure_ascii=False)


def _path(index: Index, name: tuple[str, ...]) -> Path:
    digest = hashlib.sha256(_said(name).encode()).hexdigest()[:24]
    return index.snapshot.folder / FOLDER / f"{digest}.parquet"
