"""The handbook before it is set: headings, paragraphs, lists, tables and the map, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 starts a chapter."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list of points, set small where it is evidence."""

    items: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `widths` are the parts of the page's width that its columns take."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Map:
    """A chapter that is the chain map, on a sheet of its own."""

    title: str


Part = Heading | Paragraph | Points | Table | Map


@dataclass(frozen=True)
class Book:
    """A whole handbook."""

    title: str
    subtitle: str
    note: str
    parts: tuple[Part, ...]

    def texts(self) -> list[str]:
        """Return every text."""
        found = [self.title, self.subtitle, self.note]
        for part in self.parts:
            match part:
                case Heading() | Paragraph():
                    found.append(part.text)
                case Points():
                    found += part.items
                case Table():
                    found += [*part.head, *(cell for row in part.rows for cell in row)]
                case Map():
                    found.append(part.title)
        return found
