"""Connected components against networkx."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from jobs.components import connected_components, large_star, small_star

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores

NODES = st.integers(min_value=-6, max_value=14)
GRAPHS = st.lists(st.tuples(NODES, NODES), max_size=40)


def _expected(edges: list[tuple[int, int]]) -> set[tuple[int, int]]:
    graph = nx.Graph([(left, right) for left, right in edges if left != right])
    return {(node, min(component)) for component in nx.connected_components(graph) for node in component}


@pytest.mark.parametrize("one_task_edges", [0, 1_000])
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edges=GRAPHS)
def test_random_graphs_have_networkx_components(spark: SparkSession, one_task_edges: int, edges: list[tuple[int, int]]) -> None:
    frame = spark.createDataFrame(edges, "left long, right long")
    members = connected_components(frame, one_task_edges=one_task_edges).collect()
    assert len(members) == len({row.node for row in members}), "one row a node"
    assert {(row.node, row.root) for row in members} == _expected(edges)


def test_a_long_path_settles_in_few_rounds(spark: SparkSession) -> None:
    length = 60
    order = [(7 * place) % length for place in range(length)]  # the path wanders through the ids
    frame = spark.createDataFrame(list(pairwise(order)), "left long, right long")
    members = connected_components(frame, one_task_edges=0, max_rounds=12).collect()
    assert {(row.node, row.root) for row in members} == {(node, 0) for node in range(length)}


def test_one_round_of_stars_keeps_components(spark: SparkSession) -> None:
    edges = [(5, 3), (3, 1), (9, 5), (8, 2), (8, 7)]
    frame = spark.createDataFrame(edges, "left long, right long")
    after = [(row.left, row.right) for row in small_star(large_star(frame)).collect()]
    assert _expected(after) == _expected(edges)
    assert all(left > right for left, right in after)
