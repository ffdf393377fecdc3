"""Access: tokens, who asks, clients and their keys, the audit log."""

from __future__ import annotations

import base64
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from pydantic import BaseModel
from starlette.responses import JSONResponse

from ....errors import BadInputError, NotKnownError
from ...operational import audit, clients
from ..auth.access import Administrator, Anybody
from ..auth.models import (
    AuditAsked,
    AuditPage,
    ClientAnswer,
    ClientIn,
    ClientsPage,
    KeyAnswer,
    KeyAsked,
    Me,
    NewClient,
    NewKey,
    Token,
    TokenRefused,
    client_of,
    entry_of,
    key_of,
    me_of,
)
from ..auth.tokens import issue
from ..problems import documented
from ..reading.lists import FORMS, Chosen, rows_turn
from ..reading.params import Paged
from ..service import Here
from ..stack.replies import SHOWN_ONCE

router = APIRouter(prefix="/v1", tags=["access"], responses=documented(401, 403, 404, 422))
tokens = APIRouter(prefix="/v1", tags=["access"])

ClientKey = Annotated[str, Path(max_length=60, description="id of a client")]
Prefix = Annotated[str, Path(max_length=20, description="how the key starts after `lp_`")]
_LONG = 300


@tokens.post(
    "/oauth/token",
    operation_id="create_token",
    response_model=Token,
    responses={
        400: {"model": TokenRefused, "description": "no such grant or scope"},
        401: {"model": TokenRefused, "description": "no such client or secret"},
    },
)
def create_token(
    service: Here,
    request: Request,
    grant_type: Annotated[str, Form(max_length=_LONG, description="client_credentials")],
    client_id: Annotated[str | None, Form(max_length=_LONG)] = None,
    client_secret: Annotated[str | None, Form(max_length=_LONG, description="a key")] = None,
    scope: Annotated[
        str | None, Form(max_length=_LONG, description="separated by spaces; all where none")
    ] = None,
) -> Response:
    """Give an access token for a client's id and one of its keys (RFC 6749, 4.4).

    The two come in the form, or as HTTP Basic. Refusals have the form that RFC 6749 gives them.
    """
    if grant_type != "client_credentials":
        return _refused(400, "unsupported_grant_type", "client_credentials")
    who, secret = _basic(request) or (client_id or "", client_secret or "")
    granted = clients.granted_by_key(service.database, secret)
    if granted is None or granted.id != who:
        return _refused(401, "invalid_client", "no such client or secret")
    wanted = frozenset((scope or "").split()) or granted.scopes
    if not wanted <= granted.scopes:
        return _refused(400, "invalid_scope", " ".join(sorted(wanted - granted.scopes)))
    minutes = service.settings.http.token_minutes
    token = Token(
        access_token=issue(service.doorman.secret, granted.id, wanted, minutes),
        token_type="bearer",  # noqa: S106 - the kind of token, no secret
        expires_in=minutes * 60,
        scope=" ".join(sorted(wanted)),
    )
    return JSONResponse(token.model_dump(), headers={"Cache-Control": SHOWN_ONCE})


@router.get("/me", operation_id="get_me", response_model=Me)
def get_me(service: Here, caller: Anybody) -> Me:
    """Tell who asks, with which scopes, for which region, how often."""
    return me_of(caller, service.settings.http.rate)


@router.get(
    "/clients", operation_id="list_clients", response_model=ClientsPage | Chosen, responses=FORMS
)
def list_clients(
    service: Here, caller: Administrator, request: Request, asked: Annotated[Paged, Query()]
) -> Response:
    """List clients and their keys, the oldest first. Not for clients bound to a region."""
    service.ensure_unbound(caller)
    turn = rows_turn(request, asked)
    found = clients.clients(service.database)
    rows = [client_of(client, keys) for client, keys in found[turn.rows]]
    page = ClientsPage(total=len(found), clients=rows, next=None)
    return turn.give(ClientsPage, page, "clients")


@router.post(
    "/clients",
    operation_id="create_client",
    status_code=201,
    response_model=NewClient,
    responses=documented(409),
)
def create_client(service: Here, caller: Administrator, client: ClientIn) -> Response:
    """Make a client with its first key, which is shown this once."""
    service.ensure_unbound(caller)
    try:
        region = service.atlas.region_of(client.region) if client.region else None
    except NotKnownError as error:
        raise BadInputError(error.message, error.cure) from None
    made = clients.add_client(service.database, client.name, [*client.scopes], region, client.rate)
    key, secret = clients.add_key(service.database, made.id, client.days)
    return _shown_once(NewClient(client=client_of(made, [key]), secret=secret))


@router.delete("/clients/{client}", operation_id="disable_client", response_model=ClientAnswer)
def disable_client(service: Here, caller: Administrator, client: ClientKey) -> ClientAnswer:
    """Disable a client with all its keys and tokens."""
    service.ensure_unbound(caller)
    found = clients.disable(service.database, client)
    service.doorman.forget()
    return client_of(found, clients.keys_of(service.database, client))


@router.post(
    "/clients/{client}/keys",
    operation_id="create_key",
    status_code=201,
    response_model=NewKey,
    responses=documented(409),
)
def create_key(service: Here, caller: Administrator, client: ClientKey, key: KeyAsked) -> Response:
    """Make a further key for a client, which is shown this once."""
    service.ensure_unbound(caller)
    made, secret = clients.add_key(service.database, client, key.days)
    return _shown_once(NewKey(secret=secret, key=key_of(made)))


@router.delete("/keys/{prefix}", operation_id="revoke_key", response_model=KeyAnswer)
def revoke_key(service: Here, caller: Administrator, prefix: Prefix) -> KeyAnswer:
    """Revoke a key. Within seconds no worker takes it any more."""
    service.ensure_unbound(caller)
    found = clients.revoke(service.database, prefix)
    service.doorman.forget()
    return key_of(found)


@router.get("/audit", operation_id="list_audit", response_model=AuditPage | Chosen, responses=FORMS)
def list_audit(
    service: Here, caller: Administrator, request: Request, asked: Annotated[AuditAsked, Query()]
) -> Response:
    """List who did what, the newest first: requests that changed something or were refused."""
    service.ensure_unbound(caller)
    turn = rows_turn(request, asked)
    total, found = audit.entries(service.database, asked.client, turn.page.limit, turn.page.offset)
    page = AuditPage(total=total, entries=[entry_of(each) for each in found], next=None)
    return turn.give(AuditPage, page, "entries")


def _shown_once(answer: BaseModel) -> Response:
    return Response(
        answer.model_dump_json(),
        status_code=201,
        media_type="application/json",
        headers={"Cache-Control": SHOWN_ONCE},
    )


def _refused(status: int, error: str, description: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="lianpu"'
    body = {"error": error, "error_description": description}
    return JSONResponse(body, status_code=status, headers=headers)


def _basic(request: Request) -> tuple[str, str] | None:
    kind, _, rest = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        who, _, secret = base64.b64decode(rest, validate=True).decode().partition(":")
    except ValueError:
        return None
    return who, secret
