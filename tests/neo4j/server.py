"""A real Neo4j for the tests: jars from Maven Central, a free port, a home that is thrown away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from filelock import FileLock
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

HERE = Path(__file__).parent
VERSION = "5.26.12"
PASSWORD = "lianpu-test"  # noqa: S105 - of a server that lives as long as the tests
LAUNCHER, POM = HERE / "TestServer.java", HERE / "pom.xml"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "lianpu"
JARS = CACHE / f"neo4j-{VERSION}-{crc32(LAUNCHER.read_bytes() + POM.read_bytes()):08x}"
_OPENED = [f"java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.lang", "sun.nio.ch")]
_CONFIGURATION = """
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
db.logs.query.enabled=OFF
db.checkpoint.interval.time=60m
dbms.cypher.min_replan_interval=1h
db.recovery.fail_on_missing_files=false
server.databases.default_to_read_only={read_only}
"""

_TLS = """
server.bolt.tls_level=OPTIONAL
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={keys}
dbms.ssl.policy.bolt.client_auth=NONE
"""


def lacking() -> str | None:
    """Return why no server can be started here, None where one can."""
    missing = [name for name in ("javac", "mvn") if shutil.which(name) is None]
    if missing:
        return f"there is no {' and no '.join(missing)} on the path"
    try:
        bring_jars()
    except subprocess.CalledProcessError as error:
        return f"Maven could not bring its jars: {error.stdout[-500:]}"
    return None


def bring_jars() -> Path:
    """Return the folder of the server's jars and its launcher.

    The first time Maven fetches them from Maven Central, and the launcher is compiled.
    """
    JARS.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{JARS}.lock"):
        if not JARS.exists():
            draft = JARS.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            fetch = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
            build = ["javac", "-cp", f"{draft}/*", "-d", str(draft), str(LAUNCHER)]
            for command in ([*fetch, f"-DoutputDirectory={draft}"], build):
                subprocess.run(command, check=True, capture_output=True, text=True)
            draft.rename(JARS)
    return JARS


@dataclass
class Server:
    """One server; its process ends with `stop`, or by itself when the tests' process is gone."""

    home: Path
    heap: str = "512m"
    flags: tuple[str, ...] = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
    """Of the Java machine; as they are, it starts soon and takes little memory."""
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"bolt://127.0.0.1:{self.port}"

    def start(self, *, read_only: bool = False, keys: Path | None = None) -> None:
        """Start it on its home, the first time with a new password, and wait until it answers.

        `keys` is a folder with `private.key` and `public.crt`: then it speaks TLS too.
        """
        fresh = not (self.home / "data").exists()
        self.home.mkdir(parents=True, exist_ok=True)
        self.port = self.port or _free_port()
        configuration = self.home / "test.conf"
        configuration.write_text(
            _CONFIGURATION.format(port=self.port, read_only=str(read_only).lower())
            + (_TLS.format(keys=keys) if keys else "")
        )
        with (self.home / "output.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    "java",
                    *(f"--add-opens={each}" for each in _OPENED),
                    f"-Xmx{self.heap}",
                    *self.flags,
                    "-cp",
                    f"{bring_jars()}/*:{JARS}",
                    "TestServer",
                    str(self.home),
                    str(configuration),
                ],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        self._wait("neo4j" if fresh else PASSWORD)
        if fresh:
            self._change_password()

    def stop(self) -> None:
        """End its process and wait for it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        self.process = None

    def kill(self) -> None:
        """End its process as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.stop()

    def _wait(self, password: str) -> None:
        last: Exception | None = None
        end = time.monotonic() + 120
        while time.monotonic() < end:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                with GraphDatabase.driver(self.url, auth=("neo4j", password)) as driver:
                    driver.verify_authentication()
                return
            except Neo4jError as error:
                if error.code and "CredentialsExpired" in error.code:
                    return
                last = error
            except DriverError as error:
                last = error
            time.sleep(0.2)
        log = (self.home / "output.log").read_text(errors="replace")[-2000:]
        self.stop()
        raise RuntimeError(f"the test server does not answer: {last}\n{log}")

    def _change_password(self) -> None:
        with GraphDatabase.driver(self.url, auth=("neo4j", "neo4j")) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new",
                {"new": PASSWORD},
                database_="system",
            )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
