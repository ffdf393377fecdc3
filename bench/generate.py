"""A made-up graph of any size, from a seed: the same seed always gives the same graph.

    python -m bench.generate FOLDER [--enterprises N] [--seed S] …

writes it as import files (Parquet, in the headers of the import templates). Nothing in it
is real: the codes are well-formed, with valid check digits, and belong to nobody.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lianpu.graph.arrow_compute import pc

from bench.codes import credit_codes
from bench.files import write_files

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Tables = dict[str, pa.Table]

PROVINCES, CITIES = 31, 340
CLASSES, DIVISIONS = 1_381, 97
CHAINS, CHAIN_LENGTH = 60, 80
AS_OF = date(2024, 12, 31)
SOURCE = "s_generated"
TITLES = {"little-giant": "national", "champion": "national", "sme": "provincial"}


@dataclass(frozen=True)
class Size:
    """How large the graph is."""

    enterprises: int = 1_000_000
    products: int = 50_000
    produces: int = 2_000_000
    supplies: int = 5_000_000
    inputs: int = 100_000
    regions: int = 3_000
    seed: int = 1

    def scaled(self, factor: float) -> Size:
        """Return a smaller graph with the same regions and products."""
        return Size(
            int(self.enterprises * factor),
            self.products,
            int(self.produces * factor),
            int(self.supplies * factor),
            self.inputs,
            self.regions,
            self.seed,
        )


def tables(size: Size) -> Tables:
    """Return the rows of each type, with the columns of the schema."""
    chance = np.random.default_rng(size.seed)
    found = {"Source": pa.table({"id": [SOURCE], "title": ["generated"], "as_of": [AS_OF]})}
    found |= _regions(size)
    found |= _industries()
    found |= _products(chance, size)
    found |= _enterprises(chance, size, found)
    found |= _makers_and_trade(chance, size, found)
    return {name: table if name == "Source" else _stated(table) for name, table in found.items()}


def _regions(size: Size) -> Tables:
    """A country, its provinces, and cities and counties dealt out to them in turn."""
    cities, counties = CITIES, size.regions - 1 - PROVINCES - CITIES
    province = np.arange(PROVINCES)
    city_province, city_place = np.arange(cities) % PROVINCES, np.arange(cities) // PROVINCES
    county_city, county_place = np.arange(counties) % cities, np.arange(counties) // cities
    province_code = (province + 11) * 10_000
    city_code = province_code[city_province] + (city_place + 1) * 100
    county_code = city_code[county_city] + county_place + 1
    codes = ["CHN", *np.concatenate([province_code, city_code, county_code]).astype(str)]
    levels = ["country"] + ["province"] * PROVINCES + ["city"] * cities + ["county"] * counties
    parents = [
        *["CHN"] * PROVINCES,
        *province_code[city_province].astype(str),
        *city_code[county_city].astype(str),
    ]
    suffix = {"country": "国", "province": "省", "city": "市", "county": "县"}
    names = [f"合成{code}{suffix[level]}" for code, level in zip(codes, levels, strict=True)]
    turn = np.arange(len(codes)) * 2.399963  # the golden angle: places spread evenly
    return {
        "Region": pa.table(
            {
                "code": codes,
                "name": names,
                "level": levels,
                "longitude": 105 + 15 * np.sqrt(np.arange(len(codes)) / len(codes)) * np.cos(turn),
                "latitude": 35 + 9 * np.sqrt(np.arange(len(codes)) / len(codes)) * np.sin(turn),
            }
        ),
        "WITHIN": pa.table({"start": codes[1:], "end": parents}),
    }


def _industries() -> Tables:
    classes = [f"C{number:04d}" for number in range(1_000, 1_000 + CLASSES)]
    divisions = [f"C{number:02d}" for number in range(1, DIVISIONS + 1)]
    return {
        "Industry": pa.table(
            {
                "code": divisions + classes,
                "name": [f"行业{code}" for code in divisions + classes],
                "level": [2] * DIVISIONS + [4] * CLASSES,
            }
        ),
        "PART_OF": pa.table(
            {
                "start": classes,
                "end": [divisions[number % DIVISIONS] for number in range(CLASSES)],
            }
        ),
    }


def _products(chance: np.random.Generator, size: Size) -> Tables:
    """A product's inputs come before it, what it is a kind of far before: no cycles."""
    ids = pa.array([f"p{number:06d}" for number in range(size.products)])
    kinds = chance.choice(np.arange(size.products // 2, size.products), size.products // 5, False)
    general = chance.integers(0, size.products // 10, len(kinds))
    made = chance.integers(1, size.products, size.inputs * 2)
    used = (made * chance.random(len(made)) ** 0.3).astype(np.int64)
    made, used = _distinct(size.inputs, made, used)
    chain = np.repeat(np.arange(CHAINS), CHAIN_LENGTH)
    member = chance.permutation(size.products)[: len(chain)]
    tier = np.tile(np.arange(CHAIN_LENGTH), CHAINS) * 9 // CHAIN_LENGTH + 1
    chains = pa.array([f"c{number:03d}" for number in range(CHAINS)])
    return {
        "Product": pa.table({"id": ids, "name": _numbered("合成产品", size.products)}),
        "IS_A": pa.table({"start": ids.take(kinds), "end": ids.take(general)}),
        "INPUT_TO": pa.table(
            {
                "start": ids.take(used),
                "end": ids.take(made),
                "coefficient": _sometimes(chance, 0.5, chance.random(len(made)) * 0.3),
                "essential": chance.random(len(made)) < 0.4,
            }
        ),
        "Chain": pa.table({"id": chains, "name": _numbered("合成链", CHAINS)}),
        "INCLUDES": pa.table(
            {
                "start": chains.take(chain),
                "end": ids.take(member),
                "tier": tier,
                "stage": np.array(["upstream", "midstream", "downstream"])[(tier - 1) // 3],
                "key": chance.random(len(chain)) < 0.2,
            }
        ),
    }


def _enterprises(chance: np.random.Generator, size: Size, found: Tables) -> Tables:
    """Most are at home in a few large counties, as firms are."""
    count = size.enterprises
    region = found["Region"]["code"].combine_chunks()
    first = 1 + PROVINCES + CITIES
    place = first + _uneven(chance, len(region) - first, count)
    codes = credit_codes(np.arange(count), np.asarray(region.take(place), dtype="S6"))
    classes = found["PART_OF"]["start"].combine_chunks()
    holder = chance.permutation(count)[: count // 20]
    titles = pa.array(list(TITLES))
    return {
        "Enterprise": pa.table(
            {
                "id": codes,
                "code": codes,
                "name": pc.binary_join_element_wise(
                    region.take(place), _numbered("合成", count), "制造有限公司", ""
                ),
                "revenue": _sometimes(chance, 0.7, np.round(chance.lognormal(17, 1.5, count))),
            }
        ),
        "LOCATED_IN": pa.table({"start": codes, "end": region.take(place)}),
        "BELONGS_TO": pa.table(
            {"start": codes, "end": classes.take(_uneven(chance, len(classes), count))}
        ),
        "Title": pa.table({"code": titles, "name": titles, "level": list(TITLES.values())}),
        "HOLDS": pa.table(
            {
                "start": codes.take(holder),
                "end": titles.take(chance.integers(0, len(titles), len(holder))),
            }
        ),
    }


def _makers_and_trade(chance: np.random.Generator, size: Size, found: Tables) -> Tables:
    """Two thirds of the enterprises have known products; they sell these to anybody."""
    codes = found["Enterprise"]["id"].combine_chunks()
    ids = found["Product"]["id"].combine_chunks()
    known = max(1, size.enterprises * 2 // 3)
    firm, product = _distinct(
        size.produces,
        chance.integers(0, known, size.produces * 3 // 2),
        _uneven(chance, size.products, size.produces * 3 // 2),
    )
    number = np.bincount(firm, minlength=size.enterprises)[firm]
    shares = np.round(chance.random(len(firm)) / number, 4)
    sold = chance.integers(0, len(firm), size.supplies * 5 // 4)
    buyer = chance.integers(0, size.enterprises, len(sold))
    sold, buyer = _distinct(size.supplies, *_others(sold, buyer, firm))
    return {
        "PRODUCES": pa.table(
            {
                "start": codes.take(firm),
                "end": ids.take(product),
                "share": _sometimes(chance, 0.4, shares),
            }
        ),
        "SUPPLIES": pa.table(
            {
                "start": codes.take(firm[sold]),
                "end": codes.take(buyer),
                "product": ids.take(product[sold]),
                "amount": _sometimes(chance, 0.5, np.round(chance.lognormal(14, 1.5, len(sold)))),
            }
        ),
    }


def _others(sold: Ints, buyer: Ints, firm: Ints) -> tuple[Ints, Ints]:
    """Leave out what an enterprise would sell to itself."""
    apart = firm[sold] != buyer
    return sold[apart], buyer[apart]


def _uneven(chance: np.random.Generator, things: int, count: int) -> Ints:
    """Draw things so that the first of them come up far more often than the last."""
    return (things * chance.random(count) ** 2.5).astype(np.int64)


def _distinct(count: int, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Return the first `count` pairs without those that are there twice, in a mixed order."""
    width = int(other.max(initial=0)) + 1
    _, first = np.unique(one * width + other, return_index=True)
    kept = np.sort(first)[:count]
    return one[kept], other[kept]


def _sometimes(chance: np.random.Generator, part: float, values: Floats) -> pa.Array:
    """Leave out all but a part of the values."""
    return pa.array(values, mask=chance.random(len(values)) >= part)


def _numbered(word: str, count: int) -> pa.Array:
    numbers = pc.utf8_lpad(pc.cast(pa.array(np.arange(count)), pa.string()), 7, "0")
    return pc.binary_join_element_wise(word, numbers, "")


def _stated(table: pa.Table) -> pa.Table:
    rows = table.num_rows
    return table.append_column("source", pa.repeat(pa.scalar(SOURCE), rows)).append_column(
        "as_of", pa.repeat(pa.scalar(AS_OF), rows)
    )


def main() -> None:
    """Write a graph as import files."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate")
    parser.add_argument("folder", type=Path)
    for each in fields(Size):
        parser.add_argument(f"--{each.name}", type=int, default=each.default)
    chosen = vars(parser.parse_args())
    write_files(
        tables(Size(**{each.name: chosen[each.name] for each in fields(Size)})), chosen["folder"]
    )


if __name__ == "__main__":
    main()
