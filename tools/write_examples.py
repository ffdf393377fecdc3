"""Write the examples of the OpenAPI document: real answers of the example data, long lists cut.

lianpu --data DIR demo
.venv/bin/python tools/write_examples.py DIR
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lianpu.api.http import create_app
from lianpu.settings import load_settings
from starlette.testclient import TestClient

FOLDER = Path(__file__).parents[1] / "api" / "http" / "examples"
SCOPE = "region=芜湖市&chain=新能源汽车"
QUESTIONS = {
    "list_gaps": f"/v1/gaps?{SCOPE}&limit=1",
    "explain_product": f"/v1/explain?{SCOPE}&product=动力电池",
    "list_targets": "/v1/targets?region=芜湖市&product=动力电池&limit=1",
    "list_chains": "/v1/chains?limit=2",
    "list_products": "/v1/products?q=电池&limit=2",
    "list_regions": "/v1/regions?q=芜湖&limit=2",
    "list_enterprises": "/v1/enterprises?q=宁德时代&limit=1",
    "get_chain_map": f"/v1/chains/新能源汽车/map?{SCOPE.split('&', maxsplit=1)[0]}",
    "get_coverage": "/v1/coverage?region=芜湖市",
}
LONGEST = 2


def cut(value: Any) -> Any:
    """Return an answer with its lists cut short."""
    if isinstance(value, dict):
        return {name: cut(each) for name, each in value.items()}
    return [cut(each) for each in value[:LONGEST]] if isinstance(value, list) else value


def main() -> None:
    """Ask every question and keep the answers."""
    app = create_app(load_settings(data=Path(sys.argv[1])), demo=True)
    FOLDER.mkdir(exist_ok=True)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for operation, path in QUESTIONS.items():
            answer = client.get(path)
            if answer.status_code != 200:
                sys.exit(f"{operation}: {answer.text}")
            text = json.dumps(cut(answer.json()), ensure_ascii=False, indent=1)
            (FOLDER / f"{operation}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
