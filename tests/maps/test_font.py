from __future__ import annotations

from fontTools.ttLib import TTFont
from lianpu.fonts import FAMILY, FILE, LICENCE, UNITS, advances, lacking


def test_the_font_has_every_character_of_gbk_but_one_sign_that_noto_lacks() -> None:
    leads, trails = range(0x81, 0xFF), range(0x40, 0xFF)
    text = "".join(
        bytes((lead, trail)).decode("gbk", "ignore") for lead in leads for trail in trails
    )
    assert len(set(text)) > 21_000
    assert lacking("".join(each for each in text if ord(each) > 0x7F)) == ["≒"]


def test_the_font_has_the_rare_characters_of_names_that_gbk_lacks() -> None:
    assert lacking("䶮㛃𬭎𫓹䲟鿍𬜬") == []


def test_what_the_font_lacks_is_named_once() -> None:
    assert lacking("车🚗机🚗") == ["🚗"]


def test_the_file_bears_the_family_that_the_faces_ask_for() -> None:
    with TTFont(FILE, lazy=True) as font:
        assert font["name"].getDebugName(1) == FAMILY
        assert "Open Font License" in str(font["name"].getDebugName(13))
        assert font.getBestCmap()
        assert max(advances().values()) * UNITS <= 3 * UNITS
    assert "SIL OPEN FONT LICENSE" in LICENCE.read_text(encoding="utf-8")
