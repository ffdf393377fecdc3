"""Versions as ETags: nobody overwrites what another has changed in between."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ....text import Text
from ..problems import ChangedError, NotReadFirstError

_NO_TAG = Text("更新须带 If-Match", "an update needs If-Match")
_READ = Text("先读取，再把它的 ETag 放进 If-Match。", "Read it first and send its ETag back.")
_CHANGED = Text("它已是第 {version} 版", "it has come to version {version}")
_AGAIN = Text("请重新读取后再更新。", "Read it again, then update.")


def tag_of(version: int) -> str:
    """Return the ETag of a version."""
    return f'"v{version}"'


def ensure_match(request: Request, version: int) -> None:
    """Refuse an update of anything but the version that was read (RFC 9110, 13.1.1).

    Raises
    ------
    NotReadFirstError
        There is no If-Match.
    ChangedError
        It names another version.
    """
    wanted = request.headers.get("if-match")
    if wanted is None:
        raise NotReadFirstError(_NO_TAG, _READ)
    tags = {each.strip() for each in wanted.split(",")}
    if "*" not in tags and tag_of(version) not in tags:
        raise ChangedError(_CHANGED.fill(version=version), _AGAIN)


def unchanged(request: Request, version: int) -> Response | None:
    """Return a 304 where the caller knows this version already."""
    wanted = request.headers.get("if-none-match", "")
    tags = {each.strip().removeprefix("W/") for each in wanted.split(",")}
    if tag_of(version) in tags or "*" in tags:
        return Response(status_code=304, headers={"ETag": tag_of(version)})
    return None
