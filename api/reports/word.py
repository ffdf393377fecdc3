"""The handbook as a Word document that can be worked on."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ...maps import A3, lay_out
from ...maps.png import png
from .gathering import Gathered
from .handbook import handbook
from .parts import Book, Heading, Map, Paragraph, Points, Table

FACE = "Microsoft YaHei"
BLUE, GREY = "1F3A5F", "5A6775"
WIDTH = 210 - 2 * 20
"""Of the text, in millimetres."""


def handbook_docx(found: Gathered) -> bytes:
    """Return the handbook as DOCX; the map is a picture on a page of A3."""
    book = handbook(found)
    document = Document()
    _style(document)
    _cover(document, book)
    for part in book.parts:
        match part:
            case Heading():
                document.add_heading(part.text, part.level)
            case Paragraph():
                document.add_paragraph(part.text)
            case Points():
                _points(document, part)
            case Table():
                _table(document, part)
            case Map():
                _map(document, part, found)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = book.title, "Lianpu", "Lianpu"
    about.created = about.modified = datetime.combine(found.gaps.snapshot.date, time())
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _style(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(22)
    for name, size, colour in (
        ("Normal", 10, ""),
        ("List Bullet", 10, ""),
        ("Title", 26, BLUE),
        ("Heading 1", 15, BLUE),
        ("Heading 2", 12, BLUE),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = FACE, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(each), None)
        fonts.set(qn("w:eastAsia"), FACE)
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour)


def _cover(document: Any, book: Book) -> None:
    document.add_paragraph().paragraph_format.space_after = Mm(40)
    document.add_paragraph(book.title, style="Title")
    for text in (book.subtitle, book.note):
        run = document.add_paragraph().add_run(text)
        run.font.color.rgb = RGBColor.from_string(GREY)
    document.add_page_break()


def _points(document: Any, part: Points) -> None:
    for item in part.items:
        paragraph = document.add_paragraph(style="List Bullet")
        run = paragraph.add_run(item)
        if part.small:
            run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(GREY)
            paragraph.paragraph_format.space_after = Pt(0)


def _table(document: Any, part: Table) -> None:
    """A table whose head is repeated on every page."""
    table = document.add_table(rows=1 + len(part.rows), cols=len(part.head))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Mm(WIDTH * each) for each in part.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, cells in zip(table.rows, (part.head, *part.rows), strict=True):
        head = cells is part.head
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(8)
            if head:
                run.font.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)
                _shade(cell)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", BLUE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _map(document: Any, part: Map, found: Gathered) -> None:
    """The map on a landscape page of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(420), Mm(297)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(8))
    section.header_distance = section.footer_distance = Mm(4)
    document.add_heading(part.title, 1)
    document.add_picture(io.BytesIO(png(lay_out(found.map, A3))), width=Mm(370))
    document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
