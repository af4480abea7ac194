"""Connected components against networkx."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from pyspark.sql import SparkSession

from jobs.components import connected_components, large_star, small_star

SEED = 20260301


def _expected(edges: list[tuple[int, int]]) -> set[tuple[int, int]]:
    graph = nx.Graph([(left, right) for left, right in edges if left != right])
    return {(node, min(component)) for component in nx.connected_components(graph) for node in component}


def _random_graphs() -> list[tuple[int, int]]:
    """Two hundred graphs side by side, each on nodes of its own: sparse and dense ones, loops, repeats, both directions, negative nodes."""
    generator = np.random.default_rng(SEED)
    edges = []
    for number in range(200):
        nodes, count = int(generator.integers(2, 25)), int(generator.integers(0, 40))
        ends = generator.integers(0, nodes, (count, 2)) + (number - 100) * 100
        edges += [(int(left), int(right)) for left, right in ends]
    length = 60
    wandering = [1_000_000 + (7 * place) % length for place in range(length)]  # a long path whose ids go up and down
    edges += list(pairwise(wandering))
    edges += [(2_000_000 + int(leaf), 2_000_500) for leaf in range(1_000)]  # a hub
    return edges


@pytest.mark.parametrize("one_task_edges", [0, 4_000, 100_000])
def test_components_are_those_of_networkx(spark: SparkSession, one_task_edges: int) -> None:
    edges = _random_graphs()
    frame = spark.createDataFrame(edges, "left long, right long")
    members = connected_components(frame, one_task_edges=one_task_edges, max_rounds=12).collect()
    assert len(members) == len({row.node for row in members}), "one row a node"
    assert {(row.node, row.root) for row in members} == _expected(edges), f"seed {SEED}"


@pytest.mark.parametrize("one_task_edges", [0, 10])
def test_a_graph_without_edges_has_no_members(spark: SparkSession, one_task_edges: int) -> None:
    frame = spark.createDataFrame([(3, 3)], "left long, right long")
    assert connected_components(frame, one_task_edges=one_task_edges).collect() == []


def test_one_round_of_stars_keeps_components(spark: SparkSession) -> None:
    edges = [(5, 3), (3, 1), (9, 5), (8, 2), (8, 7)]
    frame = spark.createDataFrame(edges, "left long, right long")
    after = [(row.left, row.right) for row in small_star(large_star(frame)).collect()]
    assert _expected(after) == _expected(edges)
    assert all(left > right for left, right in after)
