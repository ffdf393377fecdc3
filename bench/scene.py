"""The generated graph on disk, made when it is first asked for: its files, its store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lianpu.graph.snapshot import publish
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.ingest import run as run_import
from lianpu.settings import Settings, load_settings

from bench.files import write_files
from bench.generate import Size, tables
from bench.measure import alone


@dataclass(frozen=True)
class Scene:
    """Where the files of one size of graph are."""

    folder: Path
    size: Size

    @classmethod
    def of(cls, folder: Path, scale: float) -> Scene:
        """Return the scene of a scale, 1 being the full size."""
        size = Size().scaled(scale)
        return cls(folder.absolute() / f"{size.enterprises}-{size.seed}", size)

    def files(self) -> Path:
        """Return the folder of the import files."""
        found = self.folder / "files"
        if not found.exists():
            print(f"making the files: {alone(make_files, self.size, found)}", flush=True)
        return found

    def data(self) -> Path:
        """Return a data folder that holds the whole graph."""
        found = self.folder / "data"
        if not found.exists():
            print(f"importing: {alone(import_files, self.files(), found)}", flush=True)
        return found


def settings_for(data: Path) -> Settings:
    """Return the settings in force, with another data folder."""
    return load_settings().model_copy(update={"data": data})


def make_files(size: Size, folder: Path) -> None:
    """Write the import files of a graph; the folder appears when all of them are whole."""
    draft = folder.with_suffix(".draft")
    write_files(tables(size), draft)
    draft.rename(folder)


def import_files(files: Path, data: Path) -> None:
    """Import files into an empty store and publish the first snapshot."""
    settings = settings_for(data)
    store = EmbeddedStore(data, settings)
    try:
        store.migrate()
        run_import(store, files, settings=settings)
        publish(store, data / "snapshots", keep=1, threads=settings.threads)
    finally:
        store.close()
