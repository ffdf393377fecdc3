"""Run benches: `python -m bench` runs all, `python -m bench imports gaps` some of them."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from bench.scene import Scene

BENCHES = {
    "names": "short names to full names: how often right, how fast",
    "imports": "import of a large graph and its first snapshot, against DuckDB alone",
    "serving": "the service under load, against a bare FastAPI route",
    "gaps": "gaps of one region, against one SQL statement; memory of a question",
    "page": "the map on the page: server, size, first paint, a step of zooming",
    "maps": "layout of a chain map, and every face of it",
    "standings": "gaps of all regions at once, against those of one",
    "soak": "the service for an hour as a CRM uses it: does its memory grow?",
    "neo4j": "Neo4j: first load, snapshot, and the gaps of a region there and here",
}
"""Each is a module of this package with `run(scene)`; they run in this order."""


def main() -> None:
    """Run the benches that are named, or all."""
    listed = "\n".join(f"  {name:10} {title}" for name, title in BENCHES.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=f"Measure Lianpu.\n\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which benches; all by default")
    parser.add_argument("--folder", type=Path, default=Path(".bench"), help="where files go")
    parser.add_argument(
        "--scale", type=float, default=1.0, help="part of the full size, such as 0.1"
    )
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.names if name not in BENCHES]:
        parser.error(f"no bench is called {', '.join(unknown)}")
    scene = Scene.of(chosen.folder, chosen.scale)
    for name in chosen.names or BENCHES:
        print(f"\n== {name}: {BENCHES[name]}", flush=True)
        import_module(f"bench.{name}").run(scene)


if __name__ == "__main__":
    main()
