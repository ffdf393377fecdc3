"""A client generated from the document works, and its types say what comes."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from .service import Online, online

CONFIG = """
package_name_override: lianpu_client
post_hooks: []
content_type_overrides:
  application/pdf: application/octet-stream
"""
"""The generator has to be told that a PDF is bytes."""
PROGRAM = """
from lianpu_client import AuthenticatedClient
from lianpu_client.api.gaps import list_gaps
from lianpu_client.api.leads import create_lead
from lianpu_client.models import GapsPage, LeadAnswer, LeadIn


def priorities(client: AuthenticatedClient) -> list[float | None]:
    page = list_gaps.sync(client=client, region="芜湖市", chain="新能源汽车")
    assert isinstance(page, GapsPage)
    return [gap.priority.score for gap in page.gaps]


def take_over(client: AuthenticatedClient, firm: str) -> str:
    body = LeadIn(region="芜湖市", product="动力电池", enterprise=firm)
    lead = create_lead.sync(client=client, body=body)
    assert isinstance(lead, LeadAnswer)
    return lead.stage.code
"""


@pytest.fixture(scope="module")
def service(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Online]:
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("client") / "data")
    with online(Path(folder)) as found:
        yield found


@pytest.fixture(scope="module")
def folder(service: Online, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated package and a program that uses it."""
    made = tmp_path_factory.mktemp("generated")
    config, document = made / "config.yaml", made / "openapi.json"
    config.write_text(CONFIG, encoding="utf-8")
    document.write_bytes(httpx.get(f"{service.url}/openapi.json", timeout=60).content)
    arguments = ("--path", document, "--meta", "none", "--config", config, "--fail-on-warning")
    tool = Path(sys.executable).parent / "openapi-python-client"
    done = subprocess.run(
        [tool, "generate", *arguments, "--output-path", made / "lianpu_client"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (made / "program.py").write_text(PROGRAM, encoding="utf-8")
    return made


@pytest.fixture
def program(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(folder)
    return importlib.import_module("program")


def test_the_document_describes_every_operation_well_enough(folder: Path) -> None:
    assert {each.name for each in (folder / "lianpu_client" / "api").iterdir()} >= {
        "access",
        "catalogue",
        "enterprises",
        "gaps",
        "imports",
        "leads",
        "reviews",
        "targets",
    }


def test_a_program_over_the_client_is_well_typed(folder: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "program.py"]
    silent = ["--follow-imports=silent", "--cache-dir=/dev/null"]
    done = subprocess.run(
        [*command, *silent], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_client_asks_and_takes_over(service: Online, program: Any) -> None:
    made: Any = importlib.import_module("lianpu_client")
    token = service.key("read", "leads")
    with made.AuthenticatedClient(base_url=service.url, token=token) as client:
        scores = program.priorities(client)
        targets = importlib.import_module("lianpu_client.api.targets.list_targets")
        page = targets.sync(client=client, region="芜湖市", product="动力电池")
        stage = program.take_over(client, page.targets[0].enterprise.id)
    assert scores == sorted(scores, reverse=True)
    assert stage == "lead"
