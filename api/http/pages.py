"""The pages of lists: the answers of the atlas, with the cursor of the next page."""

from __future__ import annotations

from pydantic import Field

from ...algorithms.answers import ChangesAnswer, GapsAnswer, TargetsAnswer
from ...algorithms.answers.models import Answer
from ...algorithms.browse.models import (
    ChainsAnswer,
    ClustersAnswer,
    EnterprisesAnswer,
    OpeningsAnswer,
    ProductsAnswer,
    RegionsAnswer,
    SourcesAnswer,
    StandingsAnswer,
)
from .reading.lists import NEXT


class ChainsPage(ChainsAnswer):
    """A page of chains."""

    next: str | None = Field(description=NEXT)


class ProductsPage(ProductsAnswer):
    """A page of products."""

    next: str | None = Field(description=NEXT)


class RegionsPage(RegionsAnswer):
    """A page of regions."""

    next: str | None = Field(description=NEXT)


class ClustersPage(ClustersAnswer):
    """A page of clusters."""

    next: str | None = Field(description=NEXT)


class EnterprisesPage(EnterprisesAnswer):
    """A page of enterprises."""

    next: str | None = Field(description=NEXT)


class OpeningsPage(OpeningsAnswer):
    """A page of regions that need what an enterprise makes."""

    next: str | None = Field(description=NEXT)


class SourcesPage(SourcesAnswer):
    """A page of sources."""

    next: str | None = Field(description=NEXT)


class GapsPage(GapsAnswer):
    """A page of gaps. Coverage, local rate and counts speak of all of them."""

    next: str | None = Field(description=NEXT)


class StandingsPage(StandingsAnswer):
    """A page of regions with how each stands."""

    next: str | None = Field(description=NEXT)


class TargetsPage(TargetsAnswer):
    """A page of targets for one gap."""

    next: str | None = Field(description=NEXT)


class ChangesPage(ChangesAnswer):
    """A page of changes."""

    total: int = Field(description="changes of all pages together")
    next: str | None = Field(description=NEXT)


class SnapshotRow(Answer):
    """A published snapshot."""

    number: int
    published: str = Field(description="when, ISO 8601")
    batch: int = Field(description="the last write that it holds")
    enterprises: int = Field(description="active enterprises")
    known: int = Field(description="those of them with at least one known product")


class SnapshotsPage(Answer):
    """A page of snapshots, the newest first."""

    total: int
    snapshots: list[SnapshotRow]
    next: str | None = Field(description=NEXT)
