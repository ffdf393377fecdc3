"""What several folders of tests share: a real Neo4j server, the example as a data folder."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from lianpu.api.cli.demo import load_example
from lianpu.api.cli.session import Session
from lianpu.settings import load_settings

from .neo4j.server import Server, lacking
from .support.programs import absent

# No test fails for being slow. Continuous integration repeats itself; elsewhere each run tries
# other examples.
settings.register_profile(
    "lianpu",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("lianpu")


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server of this test process alone, started when the first test asks for it."""
    why_not = lacking()
    if why_not:
        absent("neo4j", f"a Neo4j server for the tests needs a JDK and Maven: {why_not}")
    server = Server(Path(tmp_path_factory.mktemp("neo4j")) / "home")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in example as a data folder, made once. Who writes to it takes a copy."""
    folder = tmp_path_factory.mktemp("example") / "data"
    load_example(Session(load_settings(data=folder)))
    return folder
