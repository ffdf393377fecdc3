"""The service does what its document says, whatever is asked: with a key and without."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from lianpu.api.http.auth.scopes import SCOPES
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from .service import Online, online

FEW = settings(
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
    derandomize=True,
)

MEANING = positive_data_acceptance
"""A schema cannot say that a region must exist, or that a cluster may stand in its place."""


@pytest.fixture(scope="module")
def service(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Online]:
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("document") / "data")
    with online(Path(folder)) as found:
        yield found


@pytest.fixture(scope="module")
def key(service: Online) -> dict[str, str]:
    return service.may(*SCOPES)


@pytest.fixture(scope="module")
def document(service: Online) -> Any:
    return schemathesis.openapi.from_url(f"{service.url}/openapi.json")


def breaches(document: Any, examples: int, **how: Any) -> dict[str, str]:
    """Ask every operation at random; return what breaks the document, by operation."""
    found: dict[str, str] = {}
    for described in document.get_all_operations():
        operation = described.ok()

        @settings(FEW, max_examples=examples)
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(excluded_checks=[MEANING], **how)

        try:
            ask()
        except (Exception, FailureGroup) as error:
            found[operation.label] = f"{error}"
    return found


def test_with_a_key_nothing_breaks_the_document(document: Any, key: dict[str, str]) -> None:
    assert breaches(document, 15, headers=key) == {}


def test_without_a_key_nothing_breaks_the_document(document: Any) -> None:
    assert breaches(document, 2) == {}
