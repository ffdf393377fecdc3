"""Every face of the sheet, opened again by another program."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import networkx as nx
import pytest
from lianpu.errors import BadInputError
from lianpu.maps import faces, format_of, lay_out, render
from lianpu.maps.layout import A4, Drawing
from lianpu.maps.layout.model import Rect
from lianpu.maps.png import png
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ..support.programs import program
from .chains import cars, chain_map, lamps, node


def xml_of(part: Any) -> Any:
    """All elements of a part of a slide."""
    return part._element.iter()


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return lay_out(cars(), A4)


def dark_part(image: Image.Image, place: Rect, scale: float) -> float:
    """The part of a place on the sheet that is dark in the picture."""
    corners = (place.x, place.y, place.right, place.bottom)
    left, upper, right, lower = (round(each * scale) for each in corners)
    levels = image.convert("L").crop((left, upper, right, lower)).tobytes()
    return sum(level < 140 for level in levels) / len(levels)


def test_every_name_leaves_pixels(drawing: Drawing) -> None:
    image = Image.open(io.BytesIO(png(drawing, dots=144)))
    assert image.width == pytest.approx(drawing.sheet.width * 2, abs=2)
    for block in drawing.blocks:
        for box in block.boxes:
            name = box.words[0]
            place = Rect(name.x, name.y - name.size, 2 * name.size, name.size)
            assert dark_part(image, place, 2) > 0.03


def test_a_character_that_the_font_lacks_is_an_error_not_an_empty_box() -> None:
    answer = chain_map("车", [node("智能🚗", "upstream", 1, status="weak")], [])
    for name in ("png", "pdf"):
        with pytest.raises(BadInputError, match="1F697"):
            render(answer, name)
    assert "🚗".encode() in render(answer, "html")


def test_the_pdf_is_one_archivable_page_whose_text_can_be_searched(tmp_path: Path) -> None:
    file = tmp_path / "map.pdf"
    file.write_bytes(render(cars(), "pdf", sheet=A4))
    assert b"pdfaid" in file.read_bytes()
    text = subprocess.run([program("pdftotext"), file, "-"], capture_output=True, check=True)
    for words in ("甲一市新能源汽车产业链图谱", "动力电池", "宁德", "东县电机", "统计年鉴"):
        assert words in text.stdout.decode()
    about = subprocess.run([program("pdfinfo"), file], capture_output=True, check=True)
    assert "Pages:           1" in about.stdout.decode()
    assert "841.89 x 595.28" in about.stdout.decode()


@pytest.mark.parametrize("name", ["svg", "pdf", "html", "graphml", "gexf", "mmd", "json"])
def test_the_same_answer_gives_the_same_file(name: str) -> None:
    assert render(cars(), name) == render(cars(), name)


def test_the_svg_holds_no_style_and_no_script_and_names_every_product() -> None:
    root = Xml.fromstring(render(lamps(), "svg"))  # noqa: S314 - our own file
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert tags <= {"svg", "title", "g", "rect", "path", "polygon", "circle", "text"}
    assert not any("style" in each.attrib for each in root.iter())
    boxes = {each.attrib["data-product"] for each in root.iter() if "data-product" in each.attrib}
    assert boxes == {each.product.id for each in lamps().nodes}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_the_graph_again(name: str) -> None:
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    graph = read(io.BytesIO(render(cars(), name)))
    assert set(graph.edges) == {(each.start, each.end) for each in cars().edges}
    assert graph.nodes["动力电池"]["status"] == "weak"


def test_cytoscape_json_has_every_node_and_edge() -> None:
    elements = json.loads(render(lamps(), "json"))["elements"]
    assert len(elements["nodes"]) == len(lamps().nodes)
    assert len(elements["edges"]) == len(lamps().edges)


def test_mermaid_keeps_quotes_and_brackets_out_of_its_syntax() -> None:
    answer = chain_map("x", [node('a"]<b> & `c`', "upstream", 1, status="weak")], [])
    text = render(answer, "mmd").decode()
    assert '["a#quot;]#lt;b#gt; #amp; #96;c#96;<br/>薄弱"]:::weak' in text


def test_a_file_of_an_unknown_ending_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInputError, match="bmp") as refused:
        format_of(Path("图谱.bmp"))
    assert all(name in str(refused.value) for name in faces())
    assert format_of(Path("图谱.PDF")) == "pdf"


def test_a_notebook_shows_the_sheet(drawing: Drawing) -> None:
    assert drawing._repr_html_().startswith("<svg")  # pyright: ignore[reportPrivateUsage]


def test_the_slide_is_made_of_shapes_and_every_line_is_glued_at_both_ends() -> None:
    slide = Presentation(io.BytesIO(render(cars(), "pptx", sheet=A4))).slides[0]
    kinds = {shape.shape_type for shape in slide.shapes}
    assert MSO_SHAPE_TYPE.PICTURE not in kinds
    glued = [
        {each.tag.rpartition("}")[2] for each in xml_of(shape)}
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.LINE
    ]
    free = [tags for tags in glued if not {"stCxn", "endCxn"} <= tags]
    assert len(free) == len(lay_out(cars(), A4).samples)
    assert len(glued) > len(cars().edges)


def test_every_text_of_the_slide_names_a_chinese_typeface() -> None:
    slide = Presentation(io.BytesIO(render(cars(), "pptx", sheet=A4))).slides[0]
    runs = [each for each in xml_of(slide) if each.tag.endswith("}rPr")]
    assert runs
    assert all(any(child.tag.endswith("}ea") for child in run) for run in runs)


def test_another_office_opens_the_slide_and_finds_its_texts(tmp_path: Path) -> None:
    office = program("soffice")
    file = tmp_path / "map.pptx"
    file.write_bytes(render(cars(), "pptx", sheet=A4))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = subprocess.run(
        [program("pdftotext"), tmp_path / "map.pdf", "-"], capture_output=True, check=True
    )
    for words in ("动力电池", "东县电机", "可招", "宁德"):
        assert words in text.stdout.decode()
