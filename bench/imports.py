"""How long the import of a large graph takes, against what DuckDB alone needs for the same files.

The floor reads every import file and writes it as Parquet, as one COPY a file: nothing is checked,
no name is resolved, nothing can be undone. The import reads the same files with the import
templates, checks every cell, resolves every name, writes one batch into an empty store and
publishes the first snapshot with its derived tables.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.measure import Cost, alone, quiet_database
from bench.scene import Scene, import_files

AIM = 3


def run(scene: Scene) -> None:
    """Print both costs and their ratio."""
    files, data = scene.files(), scene.folder / "data"
    copies = scene.folder / "copies"
    floor = alone(copy_files, files, copies)
    shutil.rmtree(copies)
    shutil.rmtree(data, ignore_errors=True)
    whole = alone(import_files, files, data)
    print(f"DuckDB alone reads the files and writes Parquet: {floor}")
    print(f"import and first snapshot: {whole}")
    print(f"ratio: {_ratio(whole, floor)}; aim: at most {AIM}")


def copy_files(files: Path, folder: Path) -> None:
    """Let DuckDB alone read the files and write them as Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    with quiet_database() as connection:
        for path in sorted(files.iterdir()):
            copy = folder / f"{path.stem}.parquet"
            connection.execute(f"COPY (SELECT * FROM '{path}') TO '{copy}' (FORMAT parquet)")


def _ratio(one: Cost, other: Cost) -> str:
    by_time, by_processor = one.seconds / other.seconds, one.processor / other.processor
    return f"{by_time:.1f} (by processor time {by_processor:.1f})"
