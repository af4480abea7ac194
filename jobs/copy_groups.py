"""From checked pairs to groups: components, keepers, how each member relates to its keeper."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs.components import connected_components


def grouped(edges: DataFrame, items: DataFrame, *, identity: str, keeper_order: list[Column], one_task_edges: int) -> DataFrame:
    """Members of all groups of two or more, with their keepers.

    Args:
        edges: columns left and right (long): checked pairs.
        items: columns key (long), the identity, and whatever `keeper_order` names; one row a key.
        identity: column of items that holds their id.
        keeper_order: ordering within a group, best keeper first; the id is added as the last word.
        one_task_edges: see `connected_components`.

    Returns:
        The columns of items, with group_id (smallest id of the group), keeper_key (long) and keeper_id.
    """
    members = connected_components(edges, one_task_edges=one_task_edges)
    placed = items.join(members.withColumnRenamed("node", "key"), "key")
    group = Window.partitionBy("root").rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
    best = Window.partitionBy("root").orderBy(*keeper_order, identity).rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
    return placed.select(
        *items.columns,
        F.min(identity).over(group).alias("group_id"),
        F.first("key").over(best).alias("keeper_key"),
        F.first(identity).over(best).alias("keeper_id"),
    )


def to_keepers(members: DataFrame) -> DataFrame:
    """Pairs of each member that is no keeper (left) with its keeper (right)."""
    return members.where(F.col("key") != F.col("keeper_key")).select(F.col("key").alias("left"), F.col("keeper_key").alias("right"))


def with_singles(items: DataFrame, members: DataFrame, *, identity: str, reason: bool = False) -> DataFrame:
    """Every item once: members as they are, all others alone in a group of their own.

    Args:
        items: the identity column, one row an item.
        members: identity, group_id, is_keeper, similarity and, where asked for, reason.
        identity: column that holds the id.
        reason: whether there is a reason.
    """
    columns = [
        F.col(identity),
        F.coalesce("group_id", identity).alias("group_id"),
        F.coalesce("is_keeper", F.lit(True)).alias("is_keeper"),
        F.coalesce("similarity", F.lit(1.0)).alias("similarity"),
        *([F.col("reason")] if reason else []),
    ]
    return items.select(identity).join(members, identity, "left").select(*columns)
