"""The board of places, with and without boundaries of an operator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lianpu.api.pages.places import draw
from lianpu.atlas import Atlas
from lianpu.errors import SettingError
from lianpu.settings import PageSettings, load_settings
from starlette.testclient import TestClient

SQUARE = [[[118.0, 31.0], [119.0, 31.0], [119.0, 32.0], [118.0, 32.0], [118.0, 31.0]]]


@pytest.fixture(scope="module")
def atlas(example_folder: Path) -> Atlas:
    return Atlas(load_settings(data=example_folder))


def boundaries(folder: Path, content: object) -> Path:
    path = folder / "boundaries.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def feature(code: str) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": SQUARE}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def test_the_board_marks_where_neighbours_lead_in_the_same_chain(demo: TestClient) -> None:
    page = demo.get("/page/board?region=芜湖市").text
    assert "安徽省" in page and "鸠江区" in page
    assert "相邻同质 弋江区" in page
    assert "没有企业在册（是记录空白，不等于没有）" in page


def test_every_place_lies_inside_the_picture(atlas: Atlas) -> None:
    board = atlas.board("CHN", level="city")
    for chain in range(len(board.chains)):
        found = draw(board, chain, PageSettings())
        assert found
        for dot in found.dots:
            assert 0 < dot.x < found.width and 0 < dot.y < found.height


def test_north_is_above_and_east_to_the_right(atlas: Atlas) -> None:
    found = draw(atlas.board("CHN", level="city"), 0, PageSettings())
    assert found
    places = {dot.row.region.name: dot for dot in found.dots}
    assert places["合肥市"].y < places["深圳市"].y
    assert places["合肥市"].x < places["上海市" if "上海市" in places else "宁波市"].x


def test_boundaries_are_drawn_with_the_number_of_their_approval(
    atlas: Atlas, tmp_path: Path
) -> None:
    path = boundaries(tmp_path, {"features": [feature("340200"), feature("999999")]})
    given = PageSettings(boundaries=path, boundaries_approval="皖S(2026)1号")
    found = draw(atlas.board("安徽省", level="city"), 0, given)
    assert found
    assert len(found.outlines) == 1
    assert found.note == "皖S(2026)1号"


def test_boundaries_without_an_approval_are_not_drawn(atlas: Atlas, tmp_path: Path) -> None:
    path = boundaries(tmp_path, {"features": [feature("340200")]})
    found = draw(atlas.board("安徽省", level="city"), 0, PageSettings(boundaries=path))
    assert found
    assert found.outlines == ()
    assert "审图号" in found.note


@pytest.mark.parametrize("content", [[], {"features": [{}]}, {"features": [{"properties": {}}]}])
def test_a_file_that_is_no_boundaries_is_refused_in_words(
    atlas: Atlas, tmp_path: Path, content: object
) -> None:
    given = PageSettings(boundaries=boundaries(tmp_path, content), boundaries_approval="1")
    with pytest.raises(SettingError, match="边界文件"):
        draw(atlas.board("安徽省", level="city"), 0, given)
