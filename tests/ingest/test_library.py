"""What ships with the package loads whole, with its sources, and once."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from lianpu.graph.store.embedded import EmbeddedStore
from lianpu.ingest import ImportReport, demo_inputs, library_inputs, run
from lianpu.settings import load_settings


@pytest.fixture(scope="module")
def loaded(
    tmp_path_factory: pytest.TempPathFactory,
) -> Generator[tuple[EmbeddedStore, ImportReport]]:
    settings = load_settings()
    store = EmbeddedStore(tmp_path_factory.mktemp("library"), settings)
    store.migrate()
    yield store, run(store, library_inputs(), settings=settings)
    store.close()


def test_no_row_of_the_library_is_refused_or_doubted(
    loaded: tuple[EmbeddedStore, ImportReport],
) -> None:
    _, report = loaded
    assert report.problems.to_pylist() == []
    assert [(n.file, str(n.wrong)) for n in report.notices] == []


def test_the_library_holds_the_standards_and_at_least_twelve_chains(
    loaded: tuple[EmbeddedStore, ImportReport],
) -> None:
    current = loaded[0].describe().current
    assert current["Industry"] == 20 + 97 + 473 + 1381
    assert current["Chain"] >= 12
    assert current["Region"] > 3500
    assert current["Title"] > 20


def test_loading_the_library_again_changes_nothing(
    loaded: tuple[EmbeddedStore, ImportReport],
) -> None:
    again = run(loaded[0], library_inputs(), settings=load_settings())
    assert again.batch is None


def test_a_division_that_was_succeeded_is_known_by_its_successor(
    loaded: tuple[EmbeddedStore, ImportReport],
) -> None:
    rows = loaded[0].scan("Region").read_all().to_pylist()
    by_code = {row["code"]: row for row in rows}
    assert "500105" not in by_code
    assert by_code["500157"]["name"] == "两江新区"
    assert {"江北区", "500105"} <= set(by_code["500157"]["aliases"])


def test_the_example_loads_over_the_library(
    loaded: tuple[EmbeddedStore, ImportReport], tmp_path: Path
) -> None:
    if not demo_inputs():
        pytest.skip("the example is not there")
    settings = load_settings()
    store = EmbeddedStore(tmp_path, settings)
    store.migrate()
    run(store, library_inputs(), settings=settings)
    report = run(store, demo_inputs(), settings=settings)
    store.close()
    assert report.problems.to_pylist() == []
    assert report.to_review == 0
