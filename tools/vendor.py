"""Put the page's libraries in their place, as they were published, and write down what they are.

python tools/vendor.py FOLDER

FOLDER holds the archives that `npm pack NAME@VERSION` gives for every package named below. A file
made of several is their bytes one after the other, each followed by a line end.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "api" / "pages" / "assets" / "vendor"
TESTS = ROOT / "tests" / "pages" / "vendor"

_D3 = ("dispatch", "timer", "color", "ease", "selection", "interpolate", "transition", "drag")
FILES: dict[Path, tuple[tuple[str, str, str], ...]] = {
    PAGE / "htmx.min.js": (("htmx.org", "2.0.11", "dist/htmx.min.js"),),
    PAGE / "d3-zoom.min.js": tuple(
        (f"d3-{name}", version, f"dist/d3-{name}.min.js")
        for name, version in zip(
            (*_D3, "zoom"),
            ("3.0.2", "3.0.2", "3.1.1", "3.0.2", "3.0.1", "3.0.2", "3.0.2", "3.0.1", "3.0.1"),
            strict=True,
        )
    ),
    PAGE / "echarts.min.js": (("echarts", "6.1.0", "dist/echarts.min.js"),),
    TESTS / "axe.min.js": (("axe-core", "4.14.1", "axe.min.js"),),
}
"""Each file, with (package, version, path in the package) of its parts in order."""

_HEAD = "# Libraries of others, as published. Written by tools/vendor.py; tests hold the hashes.\n"


def main(folder: Path) -> None:
    """Write all files, their manifests and their licences."""
    for place in (PAGE, TESTS):
        place.mkdir(parents=True, exist_ok=True)
        files = {path: parts for path, parts in FILES.items() if path.parent == place}
        entries = [_write(folder, path, parts) for path, parts in files.items()]
        (place / "manifest.toml").write_text(_HEAD + "".join(entries), encoding="utf-8")
        packages = {part[:2] for parts in files.values() for part in parts}
        texts = [_licence(folder, *each) for each in sorted(packages)]
        (place / "LICENCES.txt").write_text("\n".join(texts), encoding="utf-8")


def _write(folder: Path, path: Path, parts: tuple[tuple[str, str, str], ...]) -> str:
    whole = b""
    entries = ""
    for name, version, inner in parts:
        data = _read(folder, name, version, inner)
        whole += data + b"\n" if len(parts) > 1 else data
        about: dict[str, Any] = json.loads(_read(folder, name, version, "package.json"))
        entries += _entry(name, version, inner, data, str(about["license"]), folder)
    path.write_bytes(whole)
    return f'\n[[file]]\nname = "{path.name}"\nsha256 = "{_digest(whole)}"\n{entries}'


def _entry(name: str, version: str, inner: str, data: bytes, licence: str, folder: Path) -> str:
    archive = _archive(folder, name, version).read_bytes()
    integrity = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    return (
        f'[[file.part]]\npackage = "{name}"\nversion = "{version}"\nlicence = "{licence}"\n'
        f'path = "{inner}"\nbytes = {len(data)}\nsha256 = "{_digest(data)}"\n'
        f'integrity = "sha512-{integrity}"\n'
    )


def _licence(folder: Path, name: str, version: str) -> str:
    text = _read(folder, name, version, "LICENSE").decode()
    return f"{'=' * 80}\n{name} {version}\n{'=' * 80}\n{text}"


def _read(folder: Path, name: str, version: str, inner: str) -> bytes:
    with tarfile.open(_archive(folder, name, version)) as archive:
        member = archive.extractfile(f"package/{inner}")
        assert member, f"{name} has no {inner}"  # noqa: S101
        return member.read()


def _archive(folder: Path, name: str, version: str) -> Path:
    return folder / f"{name}-{version}.tgz"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
