"""The chain as a graph for other tools: GraphML, GEXF, Cytoscape JSON, Mermaid."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import networkx as nx

from ..algorithms.browse.models import ChainMapAnswer, ChainNode
from . import words as say
from .layout.grouping import STAGES, STATUSES
from .layout.measure import clean
from .theme import STATUSES as LOOKS


def graph_of(answer: ChainMapAnswer) -> nx.DiGraph[str]:
    """Return the products and edges of a chain map; values that are not known are left out."""
    graph: nx.DiGraph[str] = nx.DiGraph(name=clean(answer.chain.name))
    for node in answer.nodes:
        graph.add_node(node.product.id, **_properties(node))
    for edge in answer.edges:
        properties = {"relation": edge.relation, "essential": edge.essential}
        known = {} if edge.coefficient is None else {"coefficient": edge.coefficient}
        graph.add_edge(edge.start, edge.end, **properties, **known)
    return graph


def graphml(answer: ChainMapAnswer) -> bytes:
    """Return the chain as GraphML, for yEd, Gephi, igraph and networkx."""
    target = io.BytesIO()
    nx.write_graphml(graph_of(answer), target)
    return target.getvalue()


def gexf(answer: ChainMapAnswer) -> bytes:
    """Return the chain as GEXF, for Gephi."""
    target = io.BytesIO()
    nx.write_gexf(graph_of(answer), target)
    written = f'lastmodifieddate="{answer.snapshot.date}"'.encode()
    return re.sub(rb'lastmodifieddate="[^"]*"', written, target.getvalue(), count=1)


def cytoscape(answer: ChainMapAnswer) -> bytes:
    """Return the chain as Cytoscape JSON."""
    data: dict[str, Any] = nx.cytoscape_data(graph_of(answer))
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def mermaid(answer: ChainMapAnswer) -> bytes:
    """Return the chain as a Mermaid flowchart, a subgraph for each stage."""
    numbers = {node.product.id: f"p{at}" for at, node in enumerate(answer.nodes)}
    lines = ["flowchart LR"]
    for stage in STAGES:
        nodes = [node for node in answer.nodes if _stage(node) == stage]
        if nodes:
            lines.append(f'  subgraph {stage or "other"}["{say.STAGES[stage]}"]')
            lines += [f"    {numbers[n.product.id]}{_label(n)}" for n in nodes]
            lines.append("  end")
    for edge in answer.edges:
        arrow = "-.->" if edge.relation == "IS_A" else "==>" if edge.essential else "-->"
        lines.append(f"  {numbers[edge.start]} {arrow} {numbers[edge.end]}")
    for status in STATUSES:
        look = LOOKS[status]
        lines.append(f"  classDef {status} fill:{look.fill},stroke:{look.mark}")
    return ("\n".join(lines) + "\n").encode()


def _properties(node: ChainNode) -> dict[str, Any]:
    given: dict[str, Any] = {
        "label": clean(node.product.name),
        "stage": node.stage,
        "tier": node.tier,
        "group": clean(node.group) if node.group else None,
        "key": node.key,
        "status": node.status.code if node.status else None,
        "makers": node.makers,
        "makers_elsewhere": node.makers_elsewhere,
        "users": node.users,
        "priority": node.priority,
        "leaders": _names([each.name for each in node.leaders]),
        "targets": _names([each.name for each in node.targets]),
    }
    return {name: value for name, value in given.items() if value is not None}


def _names(names: list[str]) -> str | None:
    return clean("；".join(names)) or None


def _stage(node: ChainNode) -> str:
    return node.stage if node.stage in STAGES[:-1] else ""


def _label(node: ChainNode) -> str:
    """Mermaid takes quotes and brackets in a label as entities only."""
    name = clean(node.product.name).replace("&", "#amp;").replace('"', "#quot;")
    name = name.replace("<", "#lt;").replace(">", "#gt;").replace("`", "#96;")
    status = f"<br/>{node.status.text}" if node.status else ""
    return f'["{name}{status}"]' + (f":::{node.status.code}" if node.status else "")
