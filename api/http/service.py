"""The service: what every request works with."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated, cast

from fastapi import Depends, Request

from ... import __version__
from ...atlas import Atlas
from ...errors import NotKnownError
from ...graph.snapshot import Newest
from ...ingest.review import Reviews
from ...settings import Settings
from ...text import Text
from ..operational.clients import Granted
from ..operational.database import Database
from .auth.doorman import Doorman
from .problems import ForbiddenError

_OUTSIDE = Text(
    "此密钥只限于 {region} 及其下属地区", "this key is bound to {region} and what lies within it"
)


class Service:
    """The atlas, the operational database and the rules of who sees what."""

    def __init__(self, settings: Settings, database: Database, *, demo: bool) -> None:
        self.settings = settings
        self.database = database
        self.demo = demo
        self.atlas = Atlas(settings)
        self.doorman = Doorman(database, demo=demo)
        self.draining = False
        self._newest = Newest(self.atlas.folder)

    def newest(self) -> int | None:
        """Return the number of the newest snapshot, None where there is none."""
        return self._newest.number()

    @property
    def edition(self) -> str:
        """What answers depend on besides the snapshot: the program and its weights."""
        answering = self.settings.model_dump_json(exclude={"http", "data"})
        return hashlib.sha256(f"{__version__}{answering}".encode()).hexdigest()[:12]

    def sees(self, caller: Granted, region: str | None) -> bool:
        """Return whether what belongs to a region is for this caller to see."""
        if caller.region is None:
            return True
        return region is not None and self._within(region, caller.region)

    def ensure_sees(self, caller: Granted, region: str | None) -> None:
        """Refuse a caller that is bound elsewhere.

        Raises
        ------
        ForbiddenError
            The region is not the caller's, nor within it.
        """
        if not self.sees(caller, region):
            raise ForbiddenError(_OUTSIDE.fill(region=caller.region))

    def ensure_unbound(self, caller: Granted) -> None:
        """Refuse a caller that is bound to a region: this is about the whole graph.

        Raises
        ------
        ForbiddenError
            The caller is bound to a region.
        """
        if caller.region is not None:
            raise ForbiddenError(_OUTSIDE.fill(region=caller.region))

    @contextmanager
    def reviews(self) -> Generator[Reviews]:
        """Open the review list."""
        found = Reviews(self.database.url)
        try:
            yield found
        finally:
            found.close()

    def ensure_may_ask(self, caller: Granted, region: str | None, cluster: str | None) -> None:
        """Refuse questions about other regions where the settings let clients ask of their own.

        Raises
        ------
        ForbiddenError
            The question is about a region that is not the caller's.
        NotKnownError
            There is no such region or cluster.
        """
        if caller.region is None or self.settings.http.answers == "all":
            return
        asked = self.atlas.region_of(region, cluster) if region or cluster else None
        self.ensure_sees(caller, asked)

    def _within(self, region: str, around: str) -> bool:
        try:
            return self.atlas.lies_within(region, around)
        except NotKnownError:
            return region == around


def service_of(request: Request) -> Service:
    """Return the service that a request came to."""
    return cast("Service", request.app.state.service)


Here = Annotated[Service, Depends(service_of)]
