"""What is published: whole, numbered, sharing what has not changed, and kept as long as told."""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lianpu.errors import NotKnownError
from lianpu.graph.schema import SCHEMA
from lianpu.graph.snapshot import Manifest, Newest, numbers, open_snapshot, publish
from lianpu.graph.snapshot.derived import ORDER
from lianpu.graph.store import Store
from lianpu.text import Text

from .stores import JANUARY, JULY, MARCH, MAY, firm, link, small_graph, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the snapshots go."""
    return tmp_path / "snapshots"


@pytest.fixture
def published(store: Store, folder: Path) -> Store:
    """A store whose small graph is published as number 1."""
    small_graph(store)
    assert _publish(store, folder)
    return store


def _publish(store: Store, folder: Path, keep: int = 24) -> Manifest | None:
    return publish(store, folder, keep=keep)


def _grow(store: Store, key: str) -> None:
    write(store, {"Enterprise": [firm(key, MARCH)]})


def test_a_snapshot_holds_every_type_and_every_derived_table(
    published: Store, folder: Path
) -> None:
    files = {path.relative_to(folder / "000001").as_posix() for path in folder.rglob("*.parquet")}
    facts = {f"facts/{name}.parquet" for name in SCHEMA.by_name}
    assert files == facts | {f"derived/{name}.parquet" for name in ORDER}


def test_the_newest_is_known_as_soon_as_it_is_published(store: Store, folder: Path) -> None:
    newest = Newest(folder)
    assert newest.number() is None
    for number in range(1, 6):
        _grow(store, f"e_{number}")
        before = newest.number()
        assert _publish(store, folder, keep=2) is not None
        assert (before, newest.number()) == (number - 1 or None, number)


def test_a_folder_that_has_not_changed_is_not_listed_again(
    published: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = 1_700_000_000
    os.utime(folder, (long_ago, long_ago))
    newest = Newest(folder)
    assert newest.number() == 1
    monkeypatch.setattr(Path, "glob", None)
    assert newest.number() == 1
    monkeypatch.undo()
    _grow(published, "e_later")
    _publish(published, folder)
    assert newest.number() == 2


def test_the_manifest_says_what_it_holds(published: Store, folder: Path) -> None:
    manifest = Manifest.read(folder / "000001")
    assert (manifest.number, manifest.batch) == (1, 1)
    assert manifest.store == published.describe().store
    assert manifest.counts["Enterprise"] == 2
    assert manifest.counts["SUPPLIES"] == 2
    assert manifest.counts["Cluster"] == 0
    assert abs(datetime.now().astimezone() - manifest.published) < timedelta(minutes=5)
    assert manifest.day == date.today()


def test_coverage_says_how_many_have_known_products_and_how_much_revenue(
    store: Store, folder: Path
) -> None:
    small_graph(store)
    gone, unknown = firm("c", status="closed", revenue=99.0), firm("d", revenue=3.0)
    write(store, {"Enterprise": [gone, unknown]})
    manifest = _publish(store, folder)
    assert manifest
    assert manifest.coverage.model_dump() == {
        "enterprises": 3,  # a, b and d: c is closed
        "known": 1,  # a makes p
        "revenue": 8.0,  # a has 5, d has 3
        "known_revenue": 5.0,
    }


def test_an_empty_graph_can_be_published(store: Store, folder: Path) -> None:
    manifest = _publish(store, folder)
    assert manifest
    assert manifest.coverage.enterprises == 0
    assert manifest.coverage.revenue is None
    assert open_snapshot(folder).table('SELECT * FROM "PRODUCES"').num_rows == 0


def test_where_nothing_has_changed_nothing_is_published(published: Store, folder: Path) -> None:
    assert _publish(published, folder) is None
    assert numbers(folder) == [1]


def test_types_that_were_not_touched_are_linked_and_not_written_again(
    published: Store, folder: Path
) -> None:
    _grow(published, "c")
    manifest = _publish(published, folder)
    assert manifest
    assert manifest.number == 2
    shared = {
        name
        for name in SCHEMA.by_name
        if (folder / f"000001/facts/{name}.parquet").stat().st_ino
        == (folder / f"000002/facts/{name}.parquet").stat().st_ino
    }
    assert shared == set(SCHEMA.by_name) - {"Enterprise"}
    assert manifest.counts["PRODUCES"] == 1


def test_batches_since_the_last_publication_are_published_together(
    published: Store, folder: Path
) -> None:
    _grow(published, "c")
    write(published, {"PRODUCES": [link("b", "p", MARCH)]})
    manifest = _publish(published, folder)
    assert manifest
    assert (manifest.number, manifest.batch) == (2, 3)
    assert manifest.counts["Enterprise"] == 3
    assert manifest.counts["PRODUCES"] == 2


def test_what_another_version_of_the_program_published_is_not_built_upon(
    published: Store, folder: Path
) -> None:
    path = folder / "000001" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"lianpu": "0.0.1"}))
    manifest = _publish(published, folder)
    assert manifest
    assert manifest.number == 2
    assert (folder / "000002/facts/PRODUCES.parquet").stat().st_nlink == 1


def test_only_the_newest_are_kept(published: Store, folder: Path) -> None:
    for key in "cdef":
        _grow(published, key)
        _publish(published, folder, keep=2)
    assert numbers(folder) == [4, 5]
    assert sorted(path.name for path in folder.iterdir()) == ["000004", "000005"]


def test_what_a_writer_left_unfinished_is_cleared_away(published: Store, folder: Path) -> None:
    (folder / ".draft-000002" / "facts").mkdir(parents=True)
    (folder / ".draft-000002" / "facts" / "PRODUCES.parquet").write_bytes(b"half")
    (folder / "000000" / "facts").mkdir(parents=True)  # about to be forgotten: no manifest
    assert numbers(folder) == [1]
    _grow(published, "c")
    assert _publish(published, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["000001", "000002"]


def test_progress_is_told(store: Store, folder: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(stage: Text, done: int, total: int) -> None:
        assert stage.zh == "发布快照"
        told.append((done, total))

    publish(store, folder, keep=1, progress=tell)
    assert told[-1] == (len(SCHEMA.types), len(SCHEMA.types))
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_reader_sees_no_draft(published: Store, folder: Path) -> None:
    (folder / ".draft-000002" / "facts").mkdir(parents=True)
    (folder / "000002").mkdir()
    assert open_snapshot(folder).number == 1


def test_a_reader_stays_with_its_snapshot_and_a_new_one_sees_the_newest(
    published: Store, folder: Path
) -> None:
    before = open_snapshot(folder)
    _grow(published, "c")
    _publish(published, folder)
    assert before.table('SELECT count(*) AS n FROM "Enterprise"').to_pylist() == [{"n": 2}]
    after = open_snapshot(folder)
    assert after.number == 2
    assert after.table('SELECT count(*) AS n FROM "Enterprise"').to_pylist() == [{"n": 3}]


def test_a_snapshot_that_is_not_there_is_named_with_those_that_are(
    published: Store, folder: Path
) -> None:
    with pytest.raises(NotKnownError) as unknown:
        open_snapshot(folder, 7)
    assert "7" in str(unknown.value)
    assert "1" in str(unknown.value)
    with pytest.raises(NotKnownError):
        open_snapshot(folder / "elsewhere")


def test_the_views_show_the_facts_in_force(published: Store, folder: Path) -> None:
    write(published, {"PRODUCES": [link("a", "p", MARCH, share=0.6), link("b", "p", MARCH)]})
    write(published, {}, ended={"PRODUCES": [{"start": "b", "end": "p", "until": MAY}]})
    _publish(published, folder)
    opened = open_snapshot(folder)

    def shares(day: date | None) -> list[tuple[str, float | None]]:
        found = opened.at(day).table('SELECT start, share FROM "PRODUCES" ORDER BY start')
        return [(row["start"], row["share"]) for row in found.to_pylist()]

    assert shares(None) == [("a", 0.6)]
    assert shares(date(2023, 12, 31)) == []
    assert shares(JANUARY) == [("a", 0.5)]
    assert shares(MARCH) == [("a", 0.6), ("b", None)]
    assert shares(MAY) == [("a", 0.6)]
    assert shares(JULY) == [("a", 0.6)]


def test_derived_tables_follow_the_day(published: Store, folder: Path) -> None:
    write(published, {"PRODUCES": [link("b", "p", MARCH)]})
    _publish(published, folder)
    opened = open_snapshot(folder)

    def makers(day: date | None) -> int:
        return len(opened.at(day).table("SELECT * FROM maker").to_pylist())

    assert (makers(JANUARY), makers(MARCH), makers(None)) == (1, 2, 2)


def test_codes_and_products_hold_back_in_time(published: Store, folder: Path) -> None:
    past = open_snapshot(folder).at(date(1999, 1, 1))
    assert past.table('SELECT * FROM "Product"').num_rows == 1
    assert past.table('SELECT * FROM "Enterprise"').num_rows == 0


def test_a_code_corrected_for_its_own_day_stands_once_back_in_time(
    published: Store, folder: Path
) -> None:
    write(published, {"Product": [{"id": "p", "name": "滚动轴承", "as_of": JANUARY}]})
    _publish(published, folder)
    for day in (date(1999, 1, 1), JANUARY, JULY):
        rows = open_snapshot(folder).at(day).table('SELECT name FROM "Product"').to_pylist()
        assert rows == [{"name": "滚动轴承"}]


def test_a_title_counts_from_the_day_it_was_granted_and_once(
    published: Store, folder: Path
) -> None:
    since = date(2015, 1, 1)
    for day in (date(2020, 1, 1), date(2022, 1, 1)):
        held = link("a", "t", day, since=since, until=date(2030, 1, 1))
        write(published, {"Title": [{"code": "t", "level": "national"}], "HOLDS": [held]})
    _publish(published, folder)
    opened = open_snapshot(folder)
    for day, holds in ((date(2014, 1, 1), 0), (date(2016, 1, 1), 1), (date(2021, 1, 1), 1)):
        assert opened.at(day).table('SELECT * FROM "HOLDS"').num_rows == holds
    assert opened.at(date(2021, 1, 1)).table("SELECT titles FROM title_held").to_pylist() == [
        {"titles": 1}
    ]
    assert opened.at(date(2031, 1, 1)).table('SELECT * FROM "HOLDS"').num_rows == 0


def test_the_files_can_be_read_without_the_program(published: Store, folder: Path) -> None:
    rows = pq.read_table(folder / "000001/facts/PRODUCES.parquet").to_pylist()
    assert [(row["start"], row["end"], row["share"]) for row in rows] == [("a", "p", 0.5)]
