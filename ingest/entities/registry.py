"""All entities that a run knows or learns."""

from __future__ import annotations

from ..known import Known
from ..resolve.decide import Thresholds
from .answers import Answer
from .catalogue import Catalogue
from .enterprises import Decisions, Enterprises
from .industries import Industries
from .regions import Regions

_BY_NAME = ("Product", "Chain", "Cluster", "Title", "Project")


class Entities:
    """Finds the key that a text means; grows as the sheets of a run are registered."""

    def __init__(self, known: Known, thresholds: Thresholds, decisions: Decisions) -> None:
        self.regions = Regions(known.table("Region"), known.table("WITHIN"))
        self.industries = Industries(known.table("Industry"))
        self.enterprises = Enterprises(known.table("Enterprise"), thresholds, decisions)
        self._catalogues: dict[str, Catalogue] = {
            label: Catalogue(label, known.table(label)) for label in _BY_NAME
        }
        self._catalogues |= {"Region": self.regions, "Industry": self.industries}

    def catalogue(self, label: str) -> Catalogue:
        """Return the nodes of a label that go by name."""
        return self._catalogues[label]

    def find(self, label: str, text: str, *, creates: bool) -> Answer:
        """Return what a text means among the nodes of a label other than Enterprise.

        Unknown texts become new nodes where the column creates them, complaints elsewhere.
        """
        catalogue = self._catalogues[label]
        found = catalogue.find(text)
        if found is not None:
            return found
        return catalogue.register(text) if creates else catalogue.unknown(text)
