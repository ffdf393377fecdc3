"""All templates by name, in the order in which a user meets them."""

from __future__ import annotations

from dataclasses import replace

from .catalogue import INDUSTRIES, PRODUCTS, REGIONS, TITLES
from .chains import CHAINS
from .firms import (
    CLUSTER_MEMBERS,
    CLUSTERS,
    ENTERPRISE_PRODUCTS,
    ENTERPRISE_TITLES,
    ENTERPRISES,
    INVESTMENTS,
    PROJECTS,
    REGIONAL_OUTPUT,
    SUPPLIES,
)
from .parts import STATED_COLUMNS
from .types import Template

_DECLARED = (
    ENTERPRISES,
    ENTERPRISE_PRODUCTS,
    SUPPLIES,
    ENTERPRISE_TITLES,
    INVESTMENTS,
    CHAINS,
    PRODUCTS,
    CLUSTERS,
    CLUSTER_MEMBERS,
    PROJECTS,
    REGIONAL_OUTPUT,
    REGIONS,
    INDUSTRIES,
    TITLES,
)


def _with_stated(template: Template) -> Template:
    """Let the template also take what every stated fact carries."""
    return replace(template, columns=(*template.columns, *STATED_COLUMNS))


TEMPLATES: dict[str, Template] = {each.name: _with_stated(each) for each in _DECLARED}
