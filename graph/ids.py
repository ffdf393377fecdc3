"""Ids for nodes that have no official code: the same name always gives the same id."""

from __future__ import annotations

import hashlib

_PREFIX = {
    "Source": "s",
    "Product": "p",
    "Chain": "c",
    "Enterprise": "e",
    "Cluster": "k",
    "Project": "j",
    "Need": "n",
    "Offer": "o",
    "Region": "r",
}


def derived_id(label: str, *names: str) -> str:
    """Return the id of a node from the normalised name or names that identify it.

    Sixteen hexadecimal digits of BLAKE2b (64 bits: among ten million names the chance of any
    collision is about 3 in 1,000,000) behind a letter for the label, as in `p_5d1f0c0e8a3b7f21`.
    """
    digest = hashlib.blake2b("\x1f".join(names).encode(), digest_size=8).hexdigest()
    return f"{_PREFIX[label]}_{digest}"


def is_derived(key: str) -> bool:
    """Return whether a key was derived from a name rather than given as an official code."""
    return len(key) == 18 and key[1] == "_" and key[0] in _PREFIX.values()
