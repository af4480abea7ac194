"""Chains of merges against following them one by one."""

from __future__ import annotations

import networkx as nx
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from udfs.chains import follow_chains


@given(st.dictionaries(st.integers(0, 15).map(str), st.integers(0, 15).map(str), max_size=16))
def test_chains_end_where_nothing_follows_or_in_the_smallest_of_a_circle(steps: dict[str, str]) -> None:
    found = follow_chains(pd.DataFrame({"event_id": list(steps), "into_id": list(steps.values())}, dtype="object"))
    graph = nx.DiGraph(list(steps.items()))
    expected = {}
    for start in steps:
        reached = nx.descendants(graph, start) | {start}
        ends = [node for node in reached if not list(graph.successors(node))]
        circle = [
            node
            for part in nx.strongly_connected_components(graph.subgraph(reached))
            for node in part
            if len(part) > 1 or graph.has_edge(node, node)
        ]
        end = ends[0] if ends else min(circle)
        if end != start:
            expected[start] = end
    assert dict(zip(found["event_id"], found["into_id"], strict=True)) == expected
