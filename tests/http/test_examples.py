"""The examples of the document are answers that the service gives, and fit the document."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.testclient import TestClient

NOTHING_TO_SHOW = {"get_report", "get_metrics", "delete_subscription"}
"""Files, the text form of Prometheus, no body at all."""


@pytest.fixture(scope="module")
def document(demo: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = demo.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation, that of webhooks too."""
    for methods in (*document["paths"].values(), *document["webhooks"].values()):
        yield from methods.values()


def answers(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The forms of the answer where all goes well."""
    found = (each for status, each in operation["responses"].items() if status.startswith("2"))
    return [form for each in found for form in each.get("content", {}).values()]


def bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The forms of what is sent."""
    return list(operation.get("requestBody", {}).get("content", {}).values())


def test_every_operation_shows_what_is_sent_and_what_comes_back(document: dict[str, Any]) -> None:
    every = list(operations(document))
    silent = {
        each["operationId"] for each in every if not any("example" in a for a in answers(each))
    }
    received = {each for each in silent if each.startswith("receive_")}
    assert silent - received == NOTHING_TO_SHOW
    assert [
        each["operationId"] for each in every if not all("example" in b for b in bodies(each))
    ] == []


def test_examples_fit_what_they_are_examples_of(document: dict[str, Any]) -> None:
    for operation in operations(document):
        for form in (*answers(operation), *bodies(operation)):
            if "example" in form:
                schema = form["schema"] | {"components": document["components"]}
                jsonschema.validate(form["example"], schema)


def test_an_upload_is_a_form_of_several_parts(document: dict[str, Any]) -> None:
    upload = document["paths"]["/v1/imports"]["post"]["requestBody"]["content"]
    assert list(upload) == ["multipart/form-data"]


def test_examples_are_what_the_service_answers(example_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/write_examples.py", example_folder, "--check"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if "stale" in line]
    assert (done.returncode, told) == (0, []), done.stderr[-2000:]
