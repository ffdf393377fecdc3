"""Access tokens: JWTs for the client credentials flow of OAuth 2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

_ALGORITHM, _AUDIENCE, _ISSUER = "HS256", "lianpu-api", "lianpu"


@dataclass(frozen=True)
class Claim:
    """What a token says: whose it is and the scopes that were asked for."""

    client: str
    scopes: frozenset[str]


def issue(secret: str, client: str, scopes: frozenset[str], minutes: int) -> str:
    """Return a token for a client."""
    moment = datetime.now(UTC)
    claims: dict[str, Any] = {
        "iss": _ISSUER,
        "aud": _AUDIENCE,
        "sub": client,
        "scope": " ".join(sorted(scopes)),
        "iat": moment,
        "exp": moment + timedelta(minutes=minutes),
    }
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


def read(secret: str, token: str) -> Claim | None:
    """Return what a token says; None where it is not ours, or has expired."""
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            options={"require": ["exp", "sub", "aud", "iss"]},
        )
    except jwt.PyJWTError:
        return None
    return Claim(str(claims["sub"]), frozenset(str(claims.get("scope", "")).split()))
