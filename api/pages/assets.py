"""The page's own files: styles, scripts, libraries. Their address changes with their content."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from importlib import resources
from pathlib import PurePosixPath

from fastapi import APIRouter, Response

from ...errors import NotKnownError
from ...text import Text

router = APIRouter()
_FOLDER = resources.files(str(__package__)) / "assets"
_FOREVER = "public, max-age=31536000, immutable"
_SERVED = {".css", ".js", ".svg", ".txt"}
_NONE = Text("没有文件“{name}”", "there is no file “{name}”")


@router.get("/assets/{mark}/{name:path}")
def asset(mark: str, name: str) -> Response:
    """Give a file; `mark` is what `address` put there, so that it can be kept for ever."""
    try:
        data = _data(name)
    except OSError:
        raise NotKnownError(_NONE.fill(name=name)) from None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {
        "Cache-Control": _FOREVER if mark == mark_of(name) else "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type=kind, headers=headers)


@cache
def mark_of(name: str) -> str:
    """Return the first digits of the hash of a file."""
    return hashlib.sha256(_data(name)).hexdigest()[:12]


def _data(name: str) -> bytes:
    """Read a file of the folder.

    Raises
    ------
    OSError
        There is none, or the name leads out of the folder.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.suffix not in _SERVED or "\0" in name:
        raise FileNotFoundError(name)
    return _FOLDER.joinpath(*path.parts).read_bytes()
