"""A view: who asks, about what, and the page that answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ...algorithms.browse import Page
from ...atlas import Atlas
from ...text import Text
from ..http.problems import ForbiddenError, UnauthorisedError
from ..http.reading.params import Name
from ..http.service import Service, service_of
from ..operational.clients import Granted
from .guard import root_of
from .render import address, page

_NO_SCOPE = Text("此密钥没有“{scope}”权限", "this key lacks the scope “{scope}”")
_ALL = Page(limit=1000)
_NO_KEY = Text("需要登录", "sign in first")


def said(given: Any) -> Any:
    """Return what a form says; an empty field says nothing."""
    if not isinstance(given, dict):
        return given
    values = cast("dict[str, Any]", given)
    return {name: value for name, value in values.items() if value not in ("", None, [""])}


class Where(BaseModel):
    """What every view may be told: place, chain, snapshot, day. An empty field says nothing."""

    model_config = ConfigDict(extra="ignore")

    region: Name | None = None
    cluster: Name | None = None
    chain: Name | None = None
    snapshot: int | None = Field(default=None, ge=1, le=999_999)
    as_of: datetime.date | None = Field(
        default=None, ge=datetime.date(1950, 1, 1), le=datetime.date(2100, 1, 1)
    )

    _said = model_validator(mode="before")(said)

    def asked(self) -> dict[str, Any]:
        """Return what the atlas is asked with."""
        return {
            "cluster": self.cluster,
            "snapshot": self.snapshot,
            "as_of": self.as_of,
        }


@dataclass(frozen=True)
class View:
    """One request for a view."""

    request: Request
    caller: Granted

    @property
    def service(self) -> Service:
        """The service that the view is a part of."""
        return service_of(self.request)

    @property
    def atlas(self) -> Atlas:
        """Every question."""
        return self.service.atlas

    @property
    def part(self) -> bool:
        """Whether only a part of the page is asked for."""
        return "hx-request" in self.request.headers

    def settle(self, where: Where) -> Where:
        """Return the place that is asked for, or else that the caller is at home in.

        Raises
        ------
        ForbiddenError
            The caller may not ask about this place.
        """
        if where.region is None and where.cluster is None:
            home = self.caller.region or self.service.settings.page.region
            where = where.model_copy(update={"region": home})
        if where.region or where.cluster:
            self.service.ensure_may_ask(self.caller, where.region, where.cluster)
        return where

    def need(self, scope: str) -> None:
        """Refuse a caller without a scope.

        Raises
        ------
        ForbiddenError
            The caller lacks it.
        """
        if not self.caller.may(scope):
            raise ForbiddenError(_NO_SCOPE.fill(scope=scope))

    def link(self, view: str, where: Where | None = None, **query: object) -> str:
        """Return the address of a view, about the same place unless told otherwise."""
        kept = where.model_dump(exclude_none=True) if where else {}
        return address(f"{root_of(self.request)}/{view}", **(kept | query))

    def show(self, template: str, where: Where, status: int = 200, **values: Any) -> Response:
        """Return a template as the page of this view."""
        common = {
            "where": where,
            "link": lambda view, **query: self.link(view, _common(where), **query),
            "chains": self._chains(),
            "product_name": self._product_name,
        }
        if "asked" in values:
            common |= _same(self.request, values["asked"])
        return page(self.request, template, common | values, status)

    def _product_name(self, key: str) -> str:
        products = self.atlas.index().products
        number = products.keys.number(key)
        return products.names[number] if number >= 0 else key

    def _chains(self) -> list[Any]:
        if self.service.newest() is None:
            return []
        return self.atlas.chains(page=_ALL).chains


def _same(request: Request, asked: Where) -> dict[str, Any]:
    """Return how a view leads to itself with another order or page."""
    kept = asked.model_dump(mode="json", exclude_defaults=True)

    def again(**changes: object) -> str:
        return address(request.url.path, **(kept | changes))

    return {"again": again, "page_link": lambda number: again(page=number)}


def _common(where: Where) -> Where:
    return Where.model_construct(**{name: getattr(where, name) for name in Where.model_fields})


def view_of(request: Request) -> View:
    """Return the view that is asked for.

    Raises
    ------
    UnauthorisedError
        Nobody is let in.
    """
    caller: Granted | None = request.state.caller
    if caller is None:
        raise UnauthorisedError(_NO_KEY)
    view = View(request, caller)
    view.need("read")
    return view


Viewing = Annotated[View, Depends(view_of)]
