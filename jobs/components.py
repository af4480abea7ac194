"""Connected components of a graph of copies, on Spark.

Source: Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, Connected Components in MapReduce and Beyond (SoCC 2014): large-star and
small-star operations in turn. Each keeps the components and only ever links nodes to smaller ones; when neither changes anything, the graph
is a set of stars around the smallest node of each component. The hub of a star never has to hold its neighbours in memory: the smallest
neighbour comes from an aggregate that is combined before the shuffle.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.errors import HwaboError
from udfs import bucket_kernels

logger = logging.getLogger(__name__)

MEMBERS_SCHEMA = "node long, root long"


def connected_components(edges: DataFrame, *, one_task_edges: int, max_rounds: int = 50) -> DataFrame:
    """The component of every node that has an edge.

    Args:
        edges: columns left and right (long), cheap to read twice; direction and repeats do not matter.
        one_task_edges: a graph of at most so many edges is finished by one task in memory (some 60 bytes an edge); larger ones go through
            rounds of stars until they have settled or are that small. 0: rounds only.
        max_rounds: gives up after so many rounds; a graph with n edges takes about log n.

    Returns:
        Columns node and root (long), one row a node; the root is the smallest node of its component.

    Raises:
        HwaboError: when the rounds run out.
    """
    graph = edges.select(F.greatest("left", "right").alias("left"), F.least("left", "right").alias("right"))
    if one_task_edges and graph.count() <= one_task_edges:
        return graph.coalesce(1).mapInArrow(_label, MEMBERS_SCHEMA)
    current = _settled(graph.where(F.col("left") != F.col("right")).dropDuplicates())
    size, mark = _fingerprint(current)
    for round_number in range(max_rounds):
        if size <= one_task_edges:
            return current.coalesce(1).mapInArrow(_label, MEMBERS_SCHEMA)
        current = _settled(small_star(large_star(current)))
        size, new_mark = _fingerprint(current)
        logger.info("round %d of the components: %d edges", round_number + 1, size)
        if new_mark == mark:
            roots = current.select(F.col("left").alias("node"), F.col("right").alias("root"))
            hubs = current.select(F.col("right").alias("node"), F.col("right").alias("root")).dropDuplicates()
            return roots.unionByName(hubs)
        mark = new_mark
    raise HwaboError(
        f"the groups of copies did not settle in {max_rounds} rounds over {size} edges: lower the share of copies by a higher threshold."
    )


def large_star(edges: DataFrame) -> DataFrame:
    """Links every larger neighbour of a node to the node's smallest neighbour (itself included).

    Args:
        edges: columns left > right (long), distinct.
    """
    return _star(_both_ways(edges), only_larger=True)


def small_star(edges: DataFrame) -> DataFrame:
    """Links every smaller neighbour of a node, and the node itself, to the smallest of them.

    Args:
        edges: columns left > right (long), distinct.
    """
    return _star(edges, only_larger=False)


def _both_ways(edges: DataFrame) -> DataFrame:
    return edges.unionByName(edges.select(F.col("right").alias("left"), F.col("left").alias("right")))


def _star(neighbours: DataFrame, *, only_larger: bool) -> DataFrame:
    """`left` is the centre, `right` a neighbour."""
    lowest = neighbours.groupBy("left").agg(F.min("right").alias("lowest"))
    smallest = lowest.select("left", F.least("left", "lowest").alias("smallest"))
    around = neighbours.join(smallest, "left")
    if only_larger:
        linked = around.where(F.col("right") > F.col("left")).select(F.col("right").alias("left"), F.col("smallest").alias("right"))
    else:
        itself = smallest.select("left", F.col("smallest").alias("right"))
        linked = around.select(F.col("right").alias("left"), F.col("smallest").alias("right")).unionByName(itself)
    return linked.where(F.col("left") != F.col("right")).dropDuplicates()


def _fingerprint(edges: DataFrame) -> tuple[int, int]:
    """Number of edges, and a sum over their hashes that tells two edge sets apart: one aggregate, one row."""
    mixed = F.xxhash64("left", "right")
    row = edges.agg(F.count(F.lit(1)).alias("size"), F.coalesce(F.bit_xor(mixed), F.lit(0)).alias("mark")).first()
    assert row is not None
    return int(row["size"]), int(row["mark"])


def _settled(edges: DataFrame) -> DataFrame:
    """The frame without its history, which would double with every round.

    It lies in the checkpoint folder where the session has one, else with the executors.
    """
    return edges.checkpoint() if edges.sparkSession.sparkContext.getCheckpointDir() else edges.localCheckpoint()


def _label(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
    """Components of all edges of a task in memory."""
    held = list(batches)
    if not held:
        return
    table = pa.Table.from_batches(held)
    nodes, roots = labels(table["left"].to_numpy(), table["right"].to_numpy())
    if len(nodes):
        yield pa.RecordBatch.from_arrays([pa.array(nodes), pa.array(roots)], names=["node", "root"])


def labels(left: NDArray[np.int64], right: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Nodes that have an edge to another, ascending, and the smallest node of each one's component."""
    apart = left != right
    nodes, smallest, _ = bucket_kernels.components(left[apart], right[apart])
    order = np.argsort(nodes)
    return nodes[order], nodes[smallest[order]]
