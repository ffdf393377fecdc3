"""What to do about a gap: the first action that holds is the main one, the others are listed."""

from __future__ import annotations

from enum import Enum

from ..text import Text
from .index import Flags
from .labels import Labels
from .nearest import ABROAD, CITY, COUNTRY, PROVINCE, Elsewhere


class Action(Enum):
    """The actions, in the order in which they are tried."""

    COOPERATE = Text("协作", "cooperate")
    ATTRACT = Text("招引", "attract")
    CULTIVATE = Text("培育", "cultivate")
    TACKLE = Text("攻关", "tackle")
    VERIFY = Text("核实", "verify")


def actions(outside: Elsewhere, near_here: Flags, uncertain: Flags) -> dict[Action, Flags]:
    """Return for each action the products for which it holds.

    Parameters
    ----------
    outside
        Where the makers outside the scope are.
    near_here
        A local enterprise makes the product or one near it.
    uncertain
        The status is unknown: whether there is a maker here must be looked into.
    """
    at_home = outside.level.is_in(CITY, PROVINCE, COUNTRY)
    cooperate = outside.neighbours > 0
    abroad_only = outside.level.is_in(ABROAD)
    nothing_else = ~(cooperate | at_home | near_here | abroad_only)
    return {
        Action.COOPERATE: cooperate,
        Action.ATTRACT: at_home,
        Action.CULTIVATE: near_here,
        Action.TACKLE: abroad_only,
        Action.VERIFY: uncertain | nothing_else,
    }


def main_action(holding: dict[Action, Flags], nobody: Flags) -> Labels[Action]:
    """Return the main action of each product: the first that holds.

    Where `nobody` at all is on record as making the product, the graph knows nothing about it:
    then verifying comes before everything else.
    """
    choices = [(Action.VERIFY, nobody), *holding.items()]
    return Labels.first(choices, Action.VERIFY, len(nobody))
