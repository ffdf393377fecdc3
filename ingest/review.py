"""The review list: doubtful pairs, what was decided of them, and the rows that wait for it.

A row in doubt is kept whole until each of its doubts is settled, and is then handed out to be
imported again. A decision is remembered by both names, so that it holds for later files too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from ..errors import NotKnownError, StoreError
from ..text import Text
from .cells.base import as_text
from .entities import Pending
from .entities.answers import Suspect
from .inputs import Input
from .resolve.names import same_key
from .sheet import Sheet
from .sources import SourceInfo

FILE = "lianpu.sqlite"
OPEN, SAME, DIFFERENT = "open", "same", "different"

_NO_REVIEW = Text("复核清单里没有第 {number} 号", "there is no number {number} in the review list")


class _Base(DeclarativeBase):
    pass


class _Pair(_Base):
    __tablename__ = "review_pair"
    __table_args__ = (sa.UniqueConstraint("given_key", "known_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[str]
    given_key: Mapped[str]
    known: Mapped[str]
    known_key: Mapped[str]
    known_id: Mapped[str]
    score: Mapped[float]
    reasons: Mapped[str]
    state: Mapped[str]
    asked: Mapped[datetime]
    decided: Mapped[datetime | None]


class _Held(_Base):
    __tablename__ = "review_held"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str]
    applied: Mapped[datetime | None]


class _Waits(_Base):
    __tablename__ = "review_waits"

    held: Mapped[int] = mapped_column(sa.ForeignKey("review_held.id"), primary_key=True)
    pair: Mapped[int] = mapped_column(sa.ForeignKey("review_pair.id"), primary_key=True)


@dataclass(frozen=True)
class Review:
    """One pair of the list: is the given name the known enterprise? `rows` wait for the answer."""

    id: int
    given: str
    known: str
    known_id: str
    score: float
    reasons: tuple[Text, ...]
    state: str
    rows: int


_UNUSABLE = Text("复核清单无法读写：{why}", "the review list cannot be used: {why}")
_RESTORE = Text(
    "若磁盘已满或文件损坏，请腾出空间，或换用备份。",
    "If the disk is full or the file damaged, free some space or put a backup in its place.",
)


def _say(context: ExceptionContext) -> StoreError:
    """Let a failure of the database be said in words."""
    return StoreError(_UNUSABLE.fill(why=context.original_exception), _RESTORE)


class Reviews:
    """The review list of a data folder.

    Parameters
    ----------
    url : of the database for operational data; SQLite in the data folder by default.
    """

    def __init__(self, url: str | sa.URL) -> None:
        self._engine = sa.create_engine(url)
        event.listen(self._engine, "handle_error", _say)
        _Base.metadata.create_all(self._engine)

    @classmethod
    def in_folder(cls, folder: Path) -> Reviews:
        """Open the list of a data folder, making it where there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(sa.URL.create("sqlite", database=str(folder / FILE)))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def decisions(self) -> dict[tuple[str, str], bool]:
        """Return all that was decided: given and known name by `same_key`, and whether the same."""
        query = sa.select(_Pair.given_key, _Pair.known_key, _Pair.state).where(_Pair.state != OPEN)
        with Session(self._engine) as session:
            return {(given, known): state == SAME for given, known, state in session.execute(query)}

    def list(self, state: str | None = OPEN) -> Sequence[Review]:
        """Return the pairs in a state (None: all), the most alike first."""
        waiting = sa.func.count(_Held.id)
        query = (
            sa.select(_Pair, waiting)
            .outerjoin(_Waits, _Waits.pair == _Pair.id)
            .outerjoin(_Held, sa.and_(_Held.id == _Waits.held, _Held.applied.is_(None)))
            .group_by(_Pair.id)
            .order_by(_Pair.score.desc(), _Pair.id)
        )
        if state is not None:
            query = query.where(_Pair.state == state)
        with Session(self._engine) as session:
            return [_review(pair, rows) for pair, rows in session.execute(query)]

    def hold(self, sheets: Sequence[Sheet]) -> tuple[int, ...]:
        """Keep the rows in doubt and their pairs; return the numbers of the pairs.

        Rows and pairs that are there already stay as they are.
        """
        numbers: dict[int, None] = {}
        with Session(self._engine) as session, session.begin():
            for sheet in sheets:
                texts = _texts(sheet) if sheet.held.any() else {}
                for row in np.flatnonzero(sheet.held).tolist():
                    pairs = _pairs(session, sheet.doubts[row])
                    numbers.update(dict.fromkeys(pairs))
                    _keep(session, _content(sheet, row, texts), pairs)
        return tuple(numbers)

    def decide(self, number: int, *, same: bool) -> Sequence[Input]:
        """Remember a decision; return the rows that can go in now, to be given to `run`.

        Deciding the same again changes nothing; deciding otherwise replaces the decision for rows
        to come.

        Raises
        ------
        NotKnownError
            There is no pair of that number.
        """
        with Session(self._engine) as session, session.begin():
            pair = session.get(_Pair, number)
            if pair is None:
                raise NotKnownError(_NO_REVIEW.fill(number=number))
            state = SAME if same else DIFFERENT
            if pair.state != state:
                pair.state, pair.decided = state, datetime.now(UTC)
        return self.ready()

    def ready(self) -> Sequence[Input]:
        """Return the rows whose doubts are all settled and that have not gone in yet."""
        query = (
            sa.select(_Held.id, _Held.content, _Pair.given_key, _Pair.state)
            .join(_Waits, _Waits.held == _Held.id)
            .join(_Pair, _Pair.id == _Waits.pair)
            .where(_Held.applied.is_(None))
            .order_by(_Held.id)
        )
        states: dict[tuple[int, str], dict[str, list[str]]] = {}
        with Session(self._engine) as session:
            for number, content, given, state in session.execute(query):
                states.setdefault((number, content), {}).setdefault(given, []).append(state)
        settled = [held for held, doubts in states.items() if all(map(_settled, doubts.values()))]
        return _inputs(settled)

    def take_over(self, other: Reviews) -> bool:
        """Take over all that another list holds; nothing where this one holds anything already."""
        with other._engine.connect() as there, self._engine.begin() as here:
            if here.execute(sa.select(_Pair.id).limit(1)).first() is not None:
                return False
            for table in _Base.metadata.sorted_tables:
                if found := [dict(row) for row in there.execute(sa.select(table)).mappings()]:
                    here.execute(sa.insert(table), found)
        return True

    def mark_applied(self, numbers: Iterable[int]) -> None:
        """Take note that held rows have gone in."""
        done = sa.update(_Held).where(_Held.id.in_(list(numbers))).values(applied=datetime.now(UTC))
        with Session(self._engine) as session, session.begin():
            session.execute(done)


def _settled(states: Sequence[str]) -> bool:
    """A doubt is settled when one suspect is the one meant, or none of them is."""
    return SAME in states or all(state == DIFFERENT for state in states)


def _review(pair: _Pair, rows: int) -> Review:
    reasons = tuple(Text(*each) for each in json.loads(pair.reasons))
    return Review(
        pair.id, pair.given, pair.known, pair.known_id, pair.score, reasons, pair.state, rows
    )


def _pairs(session: Session, doubts: Sequence[Pending]) -> list[int]:
    return [_pair(session, doubt, each) for doubt in doubts for each in doubt.suspects]


def _pair(session: Session, doubt: Pending, suspect: Suspect) -> int:
    keys = same_key(doubt.given), same_key(suspect.name)
    there = sa.select(_Pair.id).where(_Pair.given_key == keys[0], _Pair.known_key == keys[1])
    if (number := session.scalar(there)) is not None:
        return number
    pair = _Pair(
        given=doubt.given,
        given_key=keys[0],
        known=suspect.name,
        known_key=keys[1],
        known_id=suspect.key,
        score=suspect.score,
        reasons=json.dumps([(each.zh, each.en) for each in suspect.reasons], ensure_ascii=False),
        state=OPEN,
        asked=datetime.now(UTC),
    )
    session.add(pair)
    session.flush()
    return pair.id


def _keep(session: Session, content: str, pairs: Iterable[int]) -> None:
    digest = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
    held = session.scalar(sa.select(_Held).where(_Held.digest == digest))
    if held is None:
        held = _Held(digest=digest, content=content)
        session.add(held)
        session.flush()
    held.applied = None
    for pair in dict.fromkeys(pairs):
        if session.get(_Waits, (held.id, pair)) is None:
            session.add(_Waits(held=held.id, pair=pair))


def _texts(sheet: Sheet) -> dict[str, list[str | None]]:
    pairs = zip(sheet.raw.headers, sheet.raw.columns, strict=True)
    return {header: as_text(column).to_pylist() for header, column in pairs}


def _content(sheet: Sheet, row: int, texts: dict[str, list[str | None]]) -> str:
    """Return a row with all that is needed to import it again, as JSON."""
    given = sheet.given
    source = given.source or SourceInfo(sheet.raw.file)
    content = {
        "cells": {header: cells[row] for header, cells in texts.items() if cells[row] is not None},
        "headers": list(texts),
        "template": sheet.template.name,
        "file": sheet.raw.file,
        "as_of": given.as_of.isoformat() if given.as_of else None,
        "confidence": given.confidence,
        "source": {
            "title": source.title,
            "publisher": source.publisher,
            "date": source.date.isoformat() if source.date else None,
            "link": source.link,
            "reliability": source.reliability,
        },
    }
    return json.dumps(content, ensure_ascii=False)


def _inputs(held: Sequence[tuple[int, str]]) -> Sequence[Input]:
    """Return held rows as inputs, one for each sheet that they came from."""
    groups: dict[str, tuple[dict[str, Any], list[dict[str, str]], list[int]]] = {}
    for number, content in held:
        row = json.loads(content)
        cells = row.pop("cells")
        _, rows, numbers = groups.setdefault(json.dumps(row), (row, [], []))
        rows.append(cells)
        numbers.append(number)
    return [_input(*group) for group in groups.values()]


def _input(like: dict[str, Any], rows: list[dict[str, str]], numbers: list[int]) -> Input:
    source: dict[str, Any] = dict(like["source"])
    source["date"] = source["date"] and date.fromisoformat(source["date"])
    return Input(
        pd.DataFrame(rows, columns=like["headers"], dtype=object),
        template=like["template"],
        name=like["file"],
        source=SourceInfo(**source),
        as_of=like["as_of"] and date.fromisoformat(like["as_of"]),
        confidence=like["confidence"],
        held=tuple(numbers),
    )
