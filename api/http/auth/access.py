"""Access: which scope a route wants, as the routes and the OpenAPI document say it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.openapi.models import OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import HTTPBearer, OAuth2, SecurityScopes

from ....text import Text
from ...operational.clients import Granted
from ..problems import ForbiddenError, UnauthorisedError
from .scopes import SCOPES

_NO_KEY = Text("需要密钥或访问令牌", "a key or an access token is needed")
_NO_SCOPE = Text("需要权限 {scope}", "the scope {scope} is needed")

_KEY = HTTPBearer(
    scheme_name="key",
    description="An API key, `Authorization: Bearer lp_…`, made with `lianpu keys add`.",
    auto_error=False,
)
_TOKEN = OAuth2(
    scheme_name="oauth2",
    description="An access token, got with the client's id and one of its keys as the secret.",
    flows=OAuthFlows(
        clientCredentials=OAuthFlowClientCredentials(
            tokenUrl="/v1/oauth/token", scopes={name: text.en for name, text in SCOPES.items()}
        )
    ),
    auto_error=False,
)


async def _caller(
    request: Request,
    wanted: SecurityScopes,
    _key: Annotated[object, Depends(_KEY)],
    _token: Annotated[object, Depends(_TOKEN)],
) -> Granted:
    """Return who asks, as the entry found out; refuse those without the scope."""
    caller: Granted | None = request.state.caller
    if caller is None:
        raise UnauthorisedError(_NO_KEY)
    for scope in wanted.scopes:
        if not caller.may(scope):
            raise ForbiddenError(_NO_SCOPE.fill(scope=scope))
    return caller


Anybody = Annotated[Granted, Security(_caller)]
"""Whoever shows a good key, whatever it is for."""
Reader = Annotated[Granted, Security(_caller, scopes=["read"])]
Importer = Annotated[Granted, Security(_caller, scopes=["import"])]
Seller = Annotated[Granted, Security(_caller, scopes=["leads"])]
"""Who takes over leads and is told of events."""
Reviewer = Annotated[Granted, Security(_caller, scopes=["review"])]
Administrator = Annotated[Granted, Security(_caller, scopes=["admin"])]
