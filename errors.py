"""The errors of Lianpu.

    LianpuError
    ├── BadInputError     what was given cannot be used (also a ValueError)
    │   └── RejectedRowsError   a strict import met rows it cannot take
    ├── NotKnownError     the named thing is not in the graph (also a LookupError)
    ├── ConflictError     it contradicts what is there
    ├── StoreError        the store cannot be read or written
    │   └── StoreBusyError      another writer holds the store
    └── SettingError      a setting is unusable

Each carries what happened and, where there is one, the cure, both as `Text`. The class alone
decides the exit code of the command line and the HTTP status of the API.
"""

from __future__ import annotations

from typing import ClassVar

from .text import Text


class LianpuError(Exception):
    """The root: something that its owner can be told in words."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: Text, cure: Text | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message}\n{self.cure}" if self.cure else str(self.message)


class BadInputError(LianpuError, ValueError):
    """What was given cannot be used."""

    exit_code = 2
    http_status = 422


class RejectedRowsError(BadInputError):
    """A strict import met rows that it cannot take; nothing was written."""


class NotKnownError(LianpuError, LookupError):
    """The named thing is not in the graph."""

    exit_code = 3
    http_status = 404


class ConflictError(LianpuError):
    """What was asked contradicts what is there."""

    exit_code = 4
    http_status = 409


class StoreError(LianpuError):
    """The store cannot be read or written."""

    exit_code = 5
    http_status = 503


class StoreBusyError(StoreError):
    """Another writer holds the store."""

    exit_code = 6


class SettingError(LianpuError):
    """A setting is unusable."""

    exit_code = 7
