"""How long the standings of all regions take, against the gaps of one region."""

from __future__ import annotations

import shutil
import statistics
from pathlib import Path

import numpy as np
from lianpu.algorithms.gaps import assess
from lianpu.algorithms.scope import region_scope
from lianpu.algorithms.together.keeping import FOLDER
from lianpu.atlas import Atlas

from bench.measure import Cost, alone, clock, peak_memory
from bench.scene import Scene, settings_for

AIM = 30
REGIONS = 100


def run(scene: Scene) -> None:
    """Print how many times as long as one region all take: at first, again, and from the disk."""
    data = scene.data()
    for kept in (data / "snapshots").glob(f"*/{FOLDER}"):
        shutil.rmtree(kept)
    print(f"aim: at most {AIM} times one region")
    alone(compare, data, ("at first", "again in the same process"))
    alone(compare, data, ("from the disk in a fresh process", "again there"))


def compare(data: Path, turns: tuple[str, ...]) -> None:
    """Ask for single regions, then for all of them several times."""
    atlas = Atlas(settings_for(data))
    index = atlas.index()
    chosen = np.random.default_rng(2).choice(len(index.regions), REGIONS, replace=False)
    scopes = [region_scope(index, region) for region in chosen.tolist()]
    for scope in scopes:  # warm
        assess(index, scope, atlas.settings)
    one = [clock(assess, index, scope, atlas.settings) for scope in scopes]
    seconds = statistics.median(each.seconds for each in one)
    processor = statistics.median(each.processor for each in one)
    print(f"one region, median: {seconds * 1e3:.1f} ms (processor {processor * 1e3:.1f} ms)")
    print(f"peak memory so far: {peak_memory():.2f} GiB")
    for turn in turns:
        cost = clock(atlas.standings)
        times = _times(cost, Cost(seconds, processor, 0))
        print(f"all {len(index.regions):,} regions {turn}: {cost}, {times}", flush=True)


def _times(cost: Cost, one: Cost) -> str:
    by_clock, by_processor = cost.seconds / one.seconds, cost.processor / one.processor
    return f"{by_clock:,.1f} times (by processor time {by_processor:,.1f} times)"
