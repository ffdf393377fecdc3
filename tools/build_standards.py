"""Build the standard vocabularies in library/standards from public registries.

Run from the repository root; needs npm on the path and network access to the npm and PyPI
registries, through their own clients:

    .venv/bin/python tools/build_standards.py

It writes regions.csv, zones.csv and countries.csv. The sources are pinned, so that a second run
writes the same bytes. Read as input and kept by hand: tools/standards/zones.csv (zones without a
statistical code) and tools/standards/aliases.csv (former and common names, former codes). The
other files of library/standards are kept by hand as they stand; library/manifest.toml says which.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from standards.countries import COUNTRY_COLUMNS, country_rows
from standards.regions import REGION_COLUMNS, build_regions
from standards.sources import download_npm, download_pypi
from standards.tables import read_table, write_table
from standards.zones import zone_rows

ROOT = Path(__file__).resolve().parents[1]
INPUTS = Path(__file__).resolve().parent / "standards"
OUTPUT = ROOT / "library" / "standards"


def main() -> None:
    """Download the pinned sources into a temporary folder and write the three tables."""
    zones = read_table(INPUTS / "zones.csv")
    aliases = read_table(INPUTS / "aliases.csv")
    with tempfile.TemporaryDirectory() as folder:
        divisions = download_npm("china-division", "2.7.0", Path(folder))
        centroids = download_pypi("cpca", "0.5.5", Path(folder))
        codes = download_npm("cldr-core", "47.0.0", Path(folder))
        names = download_npm("cldr-localenames-full", "47.0.0", Path(folder))
        regions = build_regions(divisions, centroids, aliases)
        countries = country_rows(codes, names)
    write_table(OUTPUT / "regions.csv", REGION_COLUMNS, [r.row() for r in regions])
    write_table(OUTPUT / "zones.csv", REGION_COLUMNS, zone_rows(zones, regions))
    write_table(OUTPUT / "countries.csv", COUNTRY_COLUMNS, countries)


if __name__ == "__main__":
    main()
