"""Looking around in a snapshot: lists, profiles, chain maps, neighbourhoods and paths."""

from .board import board_answer
from .chain_map import chain_map_answer
from .clusters import clusters_answer
from .coverage import coverage_answer
from .listing import Page
from .neighbourhood import neighbourhood_answer
from .openings import openings_answer
from .overview import overview_answer
from .path import path_answer
from .products import chains_answer, products_answer
from .regions import regions_answer
from .search import EnterpriseFilter, enterprises_answer, similar_names
from .sources import sources_answer
from .standings import standings_answer

__all__ = [
    "EnterpriseFilter",
    "Page",
    "board_answer",
    "chain_map_answer",
    "chains_answer",
    "clusters_answer",
    "coverage_answer",
    "enterprises_answer",
    "neighbourhood_answer",
    "openings_answer",
    "overview_answer",
    "path_answer",
    "products_answer",
    "regions_answer",
    "similar_names",
    "sources_answer",
    "standings_answer",
]
