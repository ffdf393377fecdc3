"""The database is brought to what the store needs by numbered files that never change."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ....cypher import load, names, statements
from ....errors import ConflictError, StoreError
from ....text import Text
from .connection import Connection, text_of

_NAME = re.compile(r"migrations/V(\d{3})__(\w+)")

_CHANGED = Text(
    "迁移 {name} 在应用之后被改动过（校验和不符）",
    "the migration {name} was changed after it had been applied",
)
_NEWER = Text(
    "这个图由更新版本的链谱建立（迁移 {name}）",
    "this graph was made by a newer Lianpu (migration {name})",
)
_UPGRADE = Text("请升级链谱。", "Install a newer Lianpu.")
_NOT_READY = Text(
    "Neo4j 数据库 {url} 还没有应用迁移 {names}",
    "the migrations {names} have not been applied to {url}",
)
_MIGRATE = Text("请先运行 lianpu migrate。", "Run `lianpu migrate` first.")
_FOREIGN = Text(
    "Neo4j 数据库 {url} 里已有别的数据（{labels}），未改动任何内容",
    "the database at {url} holds other data ({labels}); nothing was changed",
)
_EMPTY_ONE = Text(
    "请另用一个空数据库；要读入现有的图请用 lianpu adopt。",
    "Use an empty database; `lianpu adopt` reads an existing graph.",
)


@dataclass(frozen=True)
class Migration:
    """One file of `cypher/migrations`."""

    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class State:
    """A migration and when it was applied, None where it was not."""

    migration: Migration
    applied: str | None


def migrations() -> list[Migration]:
    """Return all migrations in order."""
    found: list[Migration] = []
    for path in names("migrations"):
        parts = _NAME.fullmatch(path)
        assert parts, path  # noqa: S101 - the files are the package's own
        found.append(Migration(int(parts[1]), path.rpartition("/")[2], load(path).text))
    return found


def states(connection: Connection) -> list[State]:
    """Return every migration with its state.

    Raises
    ------
    ConflictError
        An applied one has changed, or the database holds somebody else's data.
    StoreError
        The graph was made by a newer version.
    """
    known = {each.number: each for each in migrations()}
    applied = connection.read(text_of("read_migrations"))
    if not applied:
        _refuse_foreign(connection)
    for number, name, checksum, _ in applied:
        if number not in known:
            raise StoreError(_NEWER.fill(name=name), _UPGRADE)
        if known[number].checksum != checksum:
            raise ConflictError(_CHANGED.fill(name=name))
    when = {number: day for number, _, _, day in applied}
    return [State(each, when.get(number)) for number, each in known.items()]


def apply(connection: Connection, each: Migration) -> None:
    """Apply one migration; one that was cut short is done again from its start."""
    for statement in statements(each.text):
        connection.command(statement)
    values = {"number": each.number, "name": each.name, "checksum": each.checksum}
    connection.write(text_of("record_migration"), **values)


def require_migrated(connection: Connection) -> None:
    """Refuse a database that is not brought up to date.

    Raises
    ------
    ConflictError
        A migration is missing; or see `states`.
    """
    missing = [each.migration.name for each in states(connection) if not each.applied]
    if missing:
        values = {"url": connection.url, "names": "、".join(missing)}
        raise ConflictError(_NOT_READY.fill(**values), _MIGRATE)


def _refuse_foreign(connection: Connection) -> None:
    found = connection.read(text_of("find_foreign"))
    others = [(label, count) for label, count in found if not label.startswith("Lianpu")]
    if others:
        labels = "、".join(f"{label or '—'} {count}" for label, count in others)
        raise ConflictError(_FOREIGN.fill(url=connection.url, labels=labels), _EMPTY_ONE)
