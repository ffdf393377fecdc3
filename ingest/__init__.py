"""From what people have to the graph: read, check, resolve, write, report.

report = run(store, ["企业.xlsx", "供货关系.csv"], settings=settings)
report.created, report.updated, report.unchanged, report.rejected, report.to_review
report.frame()                        # every cell that was not taken, and what would be right
report.write_marked_workbook(path)    # the bad rows, marked, to be mended and imported again
"""

from .chain_check import ChainProblem, check_chains, library_codes
from .inputs import Input
from .library import demo_inputs, library_inputs
from .pipeline import check, run
from .report import ImportReport, Notice, SheetReport, StrictImportError
from .review import Review, Reviews
from .sources import SourceInfo
from .templates import TEMPLATES
from .templates.page import templates_page
from .templates.write import write_template

__all__ = [
    "TEMPLATES",
    "ChainProblem",
    "ImportReport",
    "Input",
    "Notice",
    "Review",
    "Reviews",
    "SheetReport",
    "SourceInfo",
    "StrictImportError",
    "check",
    "check_chains",
    "demo_inputs",
    "library_codes",
    "library_inputs",
    "run",
    "templates_page",
    "write_template",
]
