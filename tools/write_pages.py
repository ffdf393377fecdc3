"""Write the pages of docs/ that are derived from the code; with --check, only compare them.

python tools/write_pages.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from lianpu.api.cli.care import described
from lianpu.api.cli.page import commands_page
from lianpu.graph.schema.page import schema_page
from lianpu.ingest.templates.page import templates_page
from lianpu.settings import Settings

DOCS = Path(__file__).parents[1] / "docs"

_SETTINGS = """# Settings

Derived from `settings.py`; do not edit. A setting is read from the environment under the name
below, or from a TOML file (`lianpu.toml`, or the one that `LIANPU_SETTINGS` names) under the same
name in lower case without `LIANPU_`, nested names as tables. `lianpu settings` prints those in
force.

| setting | default | 含义 | meaning |
| --- | --- | --- | --- |
"""


def settings_page() -> str:
    """Return the page of settings as Markdown."""
    rows = described(Settings.model_construct())
    lines = [f"| `{name}` | {value} | {text.zh} | {text.en} |" for name, value, text in rows]
    return _SETTINGS + "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "schema.md": schema_page,
    "templates.md": templates_page,
    "settings.md": settings_page,
    "commands.md": commands_page,
}


def main(check: bool) -> int:
    """Write all pages, or tell which of them are stale."""
    stale = [name for name, page in PAGES.items() if _text(DOCS / name) != page()]
    if check:
        for name in stale:
            print(f"docs/{name} is stale: run `make pages`")
        return len(stale)
    for name in stale:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"docs/{name} written")
    return 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
