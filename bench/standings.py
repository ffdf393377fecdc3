"""How long the gaps of all regions at once take, against those of one region."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from lianpu.algorithms.gaps import assess
from lianpu.algorithms.scope import region_scope
from lianpu.atlas import Atlas

from bench.measure import alone, clock, median
from bench.scene import Scene, settings_for

AIM = 30
REGIONS = 100


def run(scene: Scene) -> None:
    """Print how many times as long as one region all take, at first and again."""
    alone(compare, scene.data())


def compare(data: Path) -> None:
    """Ask for single regions, for all of them, and for all of them again."""
    atlas = Atlas(settings_for(data))
    index = atlas.index()
    chance = np.random.default_rng(2)
    chosen = chance.choice(len(index.regions), REGIONS, replace=False).tolist()
    scopes = [region_scope(index, region) for region in chosen]
    for scope in scopes:  # warm
        assess(index, scope, atlas.settings)
    one = median([clock(assess, index, scope, atlas.settings) for scope in scopes])
    first, again = clock(atlas.standings), clock(atlas.standings)
    print(f"one region, median: {one * 1e3:.1f} ms")
    for title, cost in (("at first", first), ("again", again)):
        print(
            f"all {len(index.regions):,} regions {title}: {cost}, {cost.seconds / one:,.1f} times"
        )
    print(f"aim: at most {AIM} times")
