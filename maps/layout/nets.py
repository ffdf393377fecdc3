"""Edges between blocks as nets: all that leaves a block runs on one line and branches off it.

A net is cut into segments, one for each channel (the gap on the right of a column) that it runs
through. In between it passes its columns as a thread between two blocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...algorithms.browse.models import ChainEdge


@dataclass(frozen=True)
class Link:
    """What joins two blocks."""

    start: str
    end: str
    edges: tuple[ChainEdge, ...]

    @property
    def essential(self) -> bool:
        """Whether one of the edges is an input that cannot be done without."""
        return any(edge.essential for edge in self.edges)

    @property
    def kind(self) -> bool:
        """Whether nothing flows: one is a kind of the other."""
        return all(edge.relation == "IS_A" for edge in self.edges)


@dataclass
class Segment:
    """A net within one channel: the blocks and threads that it touches on either side."""

    net: int
    left: list[str] = field(default_factory=list[str])
    right: list[str] = field(default_factory=list[str])


@dataclass
class Net:
    """What leaves one block in one direction."""

    number: int
    start: str
    backward: bool
    links: list[Link]
    segments: dict[int, Segment] = field(default_factory=dict[int, Segment])
    threads: dict[int, str] = field(default_factory=dict[int, str])
    """Where it passes a column between blocks, by the column."""

    def segment(self, channel: int) -> Segment:
        """Return the part of it in a channel."""
        return self.segments.setdefault(channel, Segment(self.number))


def links_of(edges: Sequence[ChainEdge], block_of: Mapping[str, str]) -> list[Link]:
    """Return the links between different blocks, in the order of the blocks.

    What goes into a product goes into its kinds: an IS_A edge leads from the general to the kind.
    """
    found: dict[tuple[str, str], list[ChainEdge]] = defaultdict(list)
    for edge in edges:
        ends = (edge.start, edge.end) if edge.relation == "INPUT_TO" else (edge.end, edge.start)
        start, end = block_of.get(ends[0]), block_of.get(ends[1])
        if start and end and start != end:
            found[start, end].append(edge)
    return [Link(start, end, tuple(found[start, end])) for start, end in sorted(found)]


def nets_of(links: Sequence[Link], column_of: Mapping[str, int]) -> list[Net]:
    """Return the nets of the links, with their segments and threads."""
    grouped: dict[tuple[str, bool], list[Link]] = defaultdict(list)
    for link in links:
        grouped[link.start, column_of[link.end] < column_of[link.start]].append(link)
    nets = [
        Net(number, start, backward, grouped[start, backward])
        for number, (start, backward) in enumerate(sorted(grouped))
    ]
    for net in nets:
        _cut(net, column_of)
    return nets


def _cut(net: Net, column_of: Mapping[str, int]) -> None:
    home = column_of[net.start]
    ends = {link.end: column_of[link.end] for link in net.links}
    far = min(ends.values()) if net.backward else max(ends.values())
    if net.backward:
        net.threads = {column: _thread(net, column) for column in range(far + 1, home)}
    else:
        net.threads = {column: _thread(net, column) for column in range(home + 1, far)}
    for end, column in ends.items():
        if column == home:
            net.segment(home).left.append(end)
        elif net.backward:
            net.segment(column).left.append(end)
        else:
            net.segment(column - 1).right.append(end)
    for column, thread in net.threads.items():
        net.segment(column).left.append(thread)
        net.segment(column - 1).right.append(thread)
    if net.backward:
        net.segment(home - 1).right.append(net.start)
    else:
        net.segment(home).left.append(net.start)


def _thread(net: Net, column: int) -> str:
    return f"~{net.number}@{column}"
