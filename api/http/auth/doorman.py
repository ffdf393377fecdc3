"""The doorman: from what a request shows to who it speaks for. Answers are kept for a moment."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from dataclasses import replace
from datetime import datetime

from ...operational.clients import (
    START,
    Granted,
    granted_by_key,
    granted_to_client,
    note_use,
)
from ...operational.database import Database, now
from ...operational.sessions import START as SESSION
from ...operational.sessions import granted_by_session
from ...operational.state import token_secret
from .scopes import SCOPES
from .tokens import read

KEPT_SECONDS = 5.0
"""How long an answer is kept: a revoked key is good for no longer than that."""
_MOST = 10_000

DEMO = Granted("demo", "demo", None, frozenset(SCOPES))
"""Who asks in demo mode."""


class Doorman:
    """Tells who asks."""

    def __init__(self, database: Database, *, demo: bool) -> None:
        self._database = database
        self._demo = demo
        self._secret = token_secret(database)
        self._known: dict[str, tuple[float, Granted | None]] = {}
        self._used: dict[str, datetime] = {}
        self._lock = threading.Lock()

    async def who(self, shown: str | None) -> Granted | None:
        """Return who shows a key or token; None where nobody does, or it is not good."""
        if shown is None:
            return DEMO if self._demo else None
        # Secrets are not held in memory as they are.
        digest = hashlib.sha256(shown.encode()).hexdigest()
        kept = self._known.get(digest)
        if kept is None or kept[0] < time.monotonic():
            granted = await asyncio.to_thread(self._look, shown)
            kept = (time.monotonic() + KEPT_SECONDS, granted)
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[digest] = kept
        granted = kept[1]
        if granted and granted.key:
            self._used[granted.key] = now()
        return granted

    def forget(self) -> None:
        """Ask the database again from here on: something was revoked by this worker."""
        self._known.clear()

    def note_uses(self) -> None:
        """Write down when keys were last used."""
        with self._lock:
            used, self._used = self._used, {}
        if used:
            note_use(self._database, used)

    def _look(self, shown: str) -> Granted | None:
        if shown.startswith(START):
            return granted_by_key(self._database, shown)
        if shown.startswith(SESSION):
            return granted_by_session(self._database, shown)
        claim = read(self._secret, shown)
        granted = granted_to_client(self._database, claim.client) if claim else None
        if claim is None or granted is None:
            return None
        return replace(granted, scopes=granted.scopes & claim.scopes)

    @property
    def secret(self) -> str:
        """The secret that tokens are signed with."""
        return self._secret
