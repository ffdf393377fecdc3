"""What was worked out for a snapshot is kept beside it, and never in the way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from lianpu.algorithms.together import StoppedError, have_ready
from lianpu.algorithms.together import keeping as keeping_module
from lianpu.atlas import Atlas
from lianpu.settings import load_settings

from .test_together import valley


@pytest.fixture
def data(tmp_path: Path) -> Path:
    valley().publish(tmp_path)
    return tmp_path


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many times standings were worked out."""
    times: list[int] = []
    original = keeping_module.stand_together

    def counted(*args: object, **kwargs: object) -> object:
        times.append(1)
        return original(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping_module, "stand_together", counted)
    return lambda: len(times)


def atlas_of(data: Path) -> Atlas:
    return Atlas(load_settings().model_copy(update={"data": data}))


def files(data: Path) -> list[Path]:
    return sorted((data / "snapshots" / "000001" / "standings").iterdir())


def test_another_process_reads_what_one_has_worked_out(
    data: Path, worked_out: Callable[[], int]
) -> None:
    first = atlas_of(data).standings()
    assert atlas_of(data).standings() == first
    assert atlas_of(data).standings("county", within="A") == atlas_of(data).standings(
        "county", within="A"
    )
    assert worked_out() == 1
    assert len(files(data)) == 1


def test_other_weights_chains_and_days_are_kept_apart(
    data: Path, worked_out: Callable[[], int]
) -> None:
    atlas = atlas_of(data)
    atlas.standings()
    heavier = atlas.settings.priority.model_copy(update={"reach": 9.0})
    other = Atlas(atlas.settings.model_copy(update={"priority": heavier}))
    assert other.standings() != atlas.standings()
    atlas.standings(as_of=date.today() - timedelta(days=1))
    assert worked_out() == 3
    assert len(files(data)) == 3


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more", None])
def test_a_damaged_file_is_worked_out_anew(
    data: Path, worked_out: Callable[[], int], content: bytes | None
) -> None:
    first = atlas_of(data).standings()
    (file,) = files(data)
    whole = file.read_bytes()
    middle = len(whole) // 3
    turned = whole[:middle] + bytes(255 - each for each in whole[middle : middle + 9])
    file.write_bytes(turned + whole[middle + 9 :] if content is None else content)
    assert atlas_of(data).standings() == first
    assert worked_out() == 2
    assert file.read_bytes() == whole


def test_a_file_of_another_question_is_not_taken_for_this_one(
    data: Path, worked_out: Callable[[], int]
) -> None:
    atlas_of(data).standings()
    (file,) = files(data)
    yesterday = date.today() - timedelta(days=1)
    right = atlas_of(data).standings(as_of=yesterday)
    (other,) = set(files(data)) - {file}
    other.write_bytes(file.read_bytes())
    assert atlas_of(data).standings(as_of=yesterday) == right
    assert worked_out() == 3


def test_where_nothing_can_be_written_it_is_answered_all_the_same(
    data: Path, worked_out: Callable[[], int]
) -> None:
    (data / "snapshots" / "000001" / "standings").write_text("a file where the folder would be")
    first = atlas_of(data).standings()
    assert atlas_of(data).standings() == first
    assert worked_out() == 2


def test_what_is_kept_goes_with_its_snapshot(data: Path) -> None:
    atlas_of(data).standings()
    once = load_settings().model_copy(update={"snapshots_kept": 1})
    graph = valley()
    graph.product("new")
    atlas = graph.publish(data, once)
    assert not (data / "snapshots" / "000001").exists()
    assert atlas.standings().snapshot.number == 2


def test_several_processes_at_once_come_to_the_same(data: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        found = list(processes.map(_standings, [data] * 2))
    assert found[0] == found[1] == _standings(data)
    assert len(files(data)) == 1


def _standings(data: Path) -> str:
    return atlas_of(data).standings().model_dump_json()


def test_days_without_end_do_not_fill_the_disk(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianpu.algorithms.together.file._FILES", 2)
    for back in range(4):
        atlas_of(data).standings(as_of=date.today() - timedelta(days=back))
    assert len(files(data)) == 2


def test_it_can_be_had_ready_and_left_at_any_time(data: Path) -> None:
    atlas = atlas_of(data)
    with pytest.raises(StoppedError):
        have_ready(atlas.index(), atlas.settings, going_on=lambda: False)
    assert not (data / "snapshots" / "000001" / "standings").exists()
    assert have_ready(atlas.index(), atlas.settings, going_on=lambda: True)
    assert not have_ready(atlas_of(data).index(), atlas.settings, going_on=lambda: True)
