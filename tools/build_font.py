"""Build the font in fonts/ from Debian's Noto Sans CJK: one weight, the characters we promise.

Run from the repository root, on Debian or a relative of it (apt-get and dpkg-deb fetch and open
the pinned packages; nothing is installed):

    .venv/bin/python tools/build_font.py

The same sources give the same bytes. Hints and layout features are left out: the first are of no
use on paper and to the browsers of today, and without kerning and ligatures the width of a text is
the sum of the widths of its characters, which is what the layout reckons with.
"""

from __future__ import annotations

import bz2
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

OUTPUT = Path(__file__).resolve().parents[1] / "fonts" / "LianpuSans-Regular.otf"
PACKAGES = {"fonts-noto-cjk": "1:20220127+repack1-1", "unicode-data": "15.0.0-1"}
COLLECTION = "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
FACE = "Noto Sans CJK SC"
FAMILY = "Lianpu Sans"
NOTICE = "Lianpu Sans is a subset of Noto Sans CJK SC 2.004, made by tools/build_font.py of Lianpu."

SYMBOLS = (
    range(0x20, 0x7F),  # ASCII
    range(0xA0, 0x180),  # accented Latin letters of foreign firms
    range(0x2000, 0x2070),  # punctuation
    range(0x2070, 0x20A0),  # superscripts
    range(0x20A0, 0x20C0),  # currencies
    range(0x2100, 0x2200),  # letter-like signs, fractions, arrows
    range(0x2460, 0x2500),  # circled figures
    range(0x25A0, 0x2700),  # shapes and signs
    range(0x3000, 0x3040),  # punctuation of Chinese
    range(0x3300, 0x3400),  # squared units
    range(0xFF00, 0xFFF0),  # full-width forms
)


def main() -> None:
    """Fetch the sources, cut the font, name it and write it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, version in PACKAGES.items():
            _fetch(name, version, root)
        face = _face(root / COLLECTION)
        wanted = gbk() | _general_standard(root / UNIHAN) | {c for part in SYMBOLS for c in part}
        _cut(face, wanted)
        _name(face)
        face.save(OUTPUT)
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size:,} bytes, {len(_characters(face)):,} characters")


def gbk() -> set[int]:
    """Return the code points of GBK."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode("gbk", "ignore")
            found.update(ord(each) for each in text if ord(each) > 0x7F)
    return found


def _general_standard(unihan: Path) -> set[int]:
    """Return the code points of 通用规范汉字表 (2013)."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        return {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}


def _fetch(name: str, version: str, root: Path) -> None:
    command = ["apt-get", "download", "-q", f"{name}={version}"]
    subprocess.run(command, check=True, cwd=root, stdout=subprocess.DEVNULL)
    (package,) = root.glob(f"{name}_*.deb")
    subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=True)


def _face(collection: Path) -> TTFont:
    faces: list[TTFont] = TTCollection(collection, recalcTimestamp=False).fonts
    return next(face for face in faces if face["name"].getDebugName(4) == FACE)


def _characters(face: TTFont) -> set[int]:
    return set(face.getBestCmap() or {})


def _cut(face: TTFont, wanted: set[int]) -> None:
    options: Any = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GPOS", "GSUB"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted & _characters(face))
    cutter.subset(face)


def _name(face: TTFont) -> None:
    """Give it a name of its own: a subset must not pass for the whole, nor be mistaken for it."""
    full = f"{FAMILY} Regular"
    plain = full.replace(" ", "")
    spoken = {
        1: FAMILY, 2: "Regular", 3: f"2.004;{plain}", 4: full, 5: f"Version 2.004; {NOTICE}",
        6: plain.replace("Regular", "-Regular"),
    }  # fmt: skip
    names = face["name"]
    for number, text in spoken.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    table = face["CFF "].cff
    table.fontNames[0] = spoken[6]
    table.topDictIndex[0].FamilyName = FAMILY
    table.topDictIndex[0].FullName = full


if __name__ == "__main__":
    main()
