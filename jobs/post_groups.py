"""Groups of posts that copy each other: of all posts in one go, or as far as what changed reaches.

The groups are the components of the pairs that share a bucket and pass the check. An increment learns from the band index which pairs came
and which went. Groups that only gained are taken as they stand, each as one node; a group that lost a pair whose ends the new pairs do
not connect, or a member that changed or went, is taken apart and put together again from its pairs. Either way the rows are those that
one pass over all posts would give.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs import text_checks, text_copies, text_index
from jobs.components import connected_components
from jobs.job import Job
from jobs.settings import CopySettings
from jobs.text_copies import TextRule, enough

WHOLE = (Window.unboundedPreceding, Window.unboundedFollowing)


def keyed(posts: DataFrame) -> DataFrame:
    """Posts as texts: columns key (long), post_id, text, published_at."""
    return posts.select(F.xxhash64("post_id").alias("key"), "post_id", post_text().alias("text"), "published_at")


def post_text(of: str = "") -> Column:
    """A post's words, from the columns title and body (of a struct, where one is named)."""
    prefix = f"{of}." if of else ""
    return F.concat_ws("\n", f"{prefix}title", f"{prefix}body")


def mark_all(job: Job, posts: DataFrame, rule: TextRule, copies: CopySettings) -> DataFrame:
    """Rows of `post_copies` of all posts; builds the band index anew.

    Args:
        job: the run.
        posts: as from `keyed`.
        rule: when two texts are copies.
        copies: all settings of copies.
    """
    version = job.versions["posts"]
    pairs = text_index.build(job.lake, posts, rule, slots=copies.text_slots, version=version)
    candidates = text_copies.candidates(pairs, keep=job.keep)
    words = text_checks.words_of(candidates, posts, keep=job.keep)
    groups = text_checks.connecting_checks(candidates, words, rule, keep=job.keep, one_task_edges=copies.one_task_edges)
    checked, members = groups.checked, groups.members.select(F.col("node").alias("key"), "root")
    log = candidates.pairs.join(checked, ["left", "right"], "left")
    job.lake.overwrite("text_pairs", text_index.logged(log, version=version, base=version))
    placed = words.join(members, "key")
    ruled = job.keep(placed.join(keepers(placed), "root").select("key", "post_id", "group_id", "keeper_key"))
    to_keeper = ruled.where(F.col("key") != F.col("keeper_key")).select(F.col("key").alias("left"), F.col("keeper_key").alias("right"))
    turned = checked.select(F.col("right").alias("left"), F.col("left").alias("right"), "similarity", "is_copy")
    known = checked.unionByName(turned).dropDuplicates(["left", "right"])  # by bands and by anchors a pair may stand either way round
    rated = known.unionByName(text_checks.check_pairs(to_keeper.join(known, ["left", "right"], "left_anti"), words, rule))
    similar = rated.select(F.col("left").alias("key"), F.col("right").alias("keeper_key"), F.round("similarity", 6).alias("similarity"))
    grouped = ruled.join(similar, ["key", "keeper_key"], "left").select(
        "post_id",
        "group_id",
        (F.col("key") == F.col("keeper_key")).alias("is_keeper"),
        F.coalesce("similarity", F.lit(1.0)).alias("similarity"),
    )
    alone = posts.join(ruled.select("key"), "key", "left_anti")
    return grouped.unionByName(
        alone.select("post_id", F.col("post_id").alias("group_id"), F.lit(True).alias("is_keeper"), F.lit(1.0).alias("similarity"))
    )


def keepers(candidates: DataFrame) -> DataFrame:
    """The keeper of each group: the first to publish, unless a later one says clearly more.

    Args:
        candidates: columns root, key, post_id, text, published_at.

    Returns:
        Columns root, group_id (smallest post_id among the candidates), keeper_key.
    """
    length = F.length("text")
    order = [
        F.floor(F.log2(length + 1) * 2).desc(),
        F.col("published_at").asc_nulls_last(),
        length.desc(),
        F.col("post_id"),
    ]
    group = Window.partitionBy("root")
    chosen = candidates.withColumn("place", F.row_number().over(group.orderBy(*order))).withColumn(
        "group_id", F.min("post_id").over(group.rowsBetween(*WHOLE))
    )
    return chosen.where(F.col("place") == 1).select("root", "group_id", F.col("key").alias("keeper_key"))


@dataclass(frozen=True)
class Moves:
    """What an increment does to pairs.

    Attributes:
        all: Pairs that it concerns: left, right, now and before (boolean: whether they were and are edges of the graph of copies).
        words: Posts read so far (columns of `keyed`).
    """

    all: DataFrame
    words: DataFrame


def mark_changed(
    job: Job, posts: DataFrame, changes: DataFrame, rule: TextRule, copies: CopySettings, *, base: int
) -> tuple[DataFrame, DataFrame]:
    """Rows of `post_copies` that an increment changes.

    Args:
        job: the run; its band index stands at the version that the changes begin with.
        posts: all posts as from `keyed`.
        changes: columns post_id, old and new (rows of posts as structs, null: none), cheap to read again, see `Lake.changes`.
        rule: when two texts are copies.
        copies: all settings of copies.

        base: version of `posts` on which the band index was built.

    Returns:
        The rows, and the post_ids that they are to replace.
    """
    changed = changes.select(
        F.xxhash64("post_id").alias("key"),
        "post_id",
        F.when(F.col("old").isNotNull(), post_text("old")).alias("old_text"),
        F.when(F.col("new").isNotNull(), post_text("new")).alias("new_text"),
    )
    copied = job.lake.read("post_copies").withColumn("key", F.xxhash64("post_id"))
    moves = pair_moves(job, posts, changed, copied, rule, copies, base=base)
    edges = moves.all.where("now").select("left", "right")
    lost = moves.all.where(F.col("before") & ~F.col("now")).select("left", "right")
    concerned = _ends(edges.union(lost)).union(changed.select("key")).distinct()
    standing = job.keep(copied.join(concerned, "key", "left_semi").select("key", "group_id"))
    apart = job.keep(_apart(edges, lost, standing, changed, job, copies))
    members = job.keep(
        copied.join(standing.select("group_id").distinct(), "group_id", "left_semi")
        .join(apart.withColumn("apart", F.lit(True)), "group_id", "left")
        .join(changed.where(F.col("new_text").isNull()).select("key"), "key", "left_anti")
        .select("key", "post_id", "group_id", "is_keeper", "similarity", F.coalesce("apart", F.lit(False)).alias("apart"))
    )
    words, inner = moves.words, None
    if apart.take(1):
        loose = members.where("apart").select("key")
        words = _more_words(job, words, posts, loose)
        inner = _inner_edges(job, loose, moves, words, rule, base=base)
    nodes = members.select("key", F.when(F.col("apart"), F.col("key")).otherwise(F.xxhash64("group_id")).alias("node"))
    graph = _renamed(_renamed(edges, nodes, "left"), nodes, "right")
    graph = job.keep(graph if inner is None else graph.unionByName(inner))
    roots = connected_components(graph, one_task_edges=copies.one_task_edges).withColumnRenamed("node", "of")
    fresh = changed.where(F.col("new_text").isNotNull()).join(members.select("key"), "key", "left_anti")
    everyone = (
        members.join(nodes, "key")
        .select("*", F.lit(False).alias("fresh"))
        .unionByName(
            fresh.select("key", "post_id", F.col("key").alias("node"), F.lit(False).alias("apart"), F.lit(True).alias("fresh")),
            allowMissingColumns=True,
        )
    )
    placed = job.keep(
        everyone.join(roots, F.col("node") == F.col("of"), "left").withColumn("root", F.coalesce("root", "node")).drop("of", "node")
    )
    return _rows(job, placed, words, posts, rule), changed.select("post_id").union(placed.select("post_id")).distinct()


def pair_moves(
    job: Job, posts: DataFrame, changed: DataFrame, copied: DataFrame, rule: TextRule, copies: CopySettings, *, base: int
) -> Moves:
    """Brings the band index and the log of pairs up to date; tells which pairs came and went."""
    assert job.known is not None
    known, version = job.known["posts"], job.versions["posts"]
    rewritten = changed.where(~F.col("old_text").eqNullSafe(F.col("new_text")))
    grown = text_index.grow(job.lake, rewritten, rule, slots=copies.text_slots, base=base, known=known, version=version, keep=job.keep)
    log = job.lake.read("text_pairs").where(F.col("version") <= known)
    went = rewritten.where(F.col("old_text").isNotNull()).select("key")
    pairs = grown.select("left", "right")
    had = changed.where(F.col("old_text").isNotNull()).select("key")  # also unchanged ones: a killed run may have taken them away
    if had.take(1):
        for end in ("left", "right"):
            pairs = pairs.union(log.join(had.withColumnRenamed("key", end), end, "left_semi").select("left", "right"))
        pairs = job.keep(pairs.distinct())
    state = text_index.state_of(log.join(pairs, ["left", "right"], "left_semi"))
    old = state.select("left", "right", *(F.col(name).alias(f"old_{name}") for name in ("bands", "anchors", "is_copy")))
    stale = [F.col(f"{end}_went").isNotNull() for end in ("left", "right")]
    flagged = pairs.join(old, ["left", "right"], "left").join(grown, ["left", "right"], "left")
    for end in ("left", "right"):
        flagged = flagged.join(went.select(F.col("key").alias(end), F.lit(True).alias(f"{end}_went")), end, "left")
    old_bands, old_anchors = F.coalesce("old_bands", F.lit(0)), F.coalesce("old_anchors", F.lit(0))
    moved = job.keep(
        flagged.select(
            "left",
            "right",
            F.coalesce("bands", F.lit(0)).alias("bands"),
            F.coalesce("anchors", F.lit(0)).alias("anchors"),
            F.when(~(stale[0] | stale[1]), F.col("old_is_copy")).alias("known"),
            (F.coalesce("old_is_copy", F.lit(False)) & ((old_bands >= 1) | (old_anchors >= 2))).alias("before"),
            ((old_bands + F.coalesce("bands", F.lit(0)) >= 1) | (old_anchors + F.coalesce("anchors", F.lit(0)) >= 2)).alias("stands"),
        )
    )
    to_check = moved.where(F.col("stands") & F.col("known").isNull())
    touched = copied.join(_ends(moved).union(changed.select("key")).distinct(), "key", "left_semi").select("group_id").distinct()
    likely = copied.where("is_keeper").join(touched, "group_id", "left_semi").select("key")
    needed = job.keep(_ends(to_check).union(likely).union(changed.where(F.col("new_text").isNotNull()).select("key")).distinct())
    words = job.keep(posts.join(needed, "key", "left_semi"))
    checked = text_checks.check_pairs(to_check, words, rule)
    after = job.keep(moved.join(checked, ["left", "right"], "left"))
    news = after.where((F.col("bands") != 0) | (F.col("anchors") != 0) | F.col("is_copy").isNotNull())
    job.lake.append("text_pairs", text_index.logged(news, version=version, base=base))
    now = F.col("stands") & F.coalesce("is_copy", "known", F.lit(False))
    return Moves(after.select("left", "right", "before", now.alias("now")), words)


def _apart(edges: DataFrame, lost: DataFrame, standing: DataFrame, changed: DataFrame, job: Job, copies: CopySettings) -> DataFrame:
    """Groups to be put together again: column group_id."""
    groups = standing.join(changed.select("key"), "key", "left_semi").select("group_id")
    if lost.take(1):
        labels = job.keep(connected_components(edges, one_task_edges=copies.one_task_edges))
        for end in ("left", "right"):
            label = labels.select(F.col("node").alias(end), F.col("root").alias(f"{end}_root"))
            lost = lost.join(label, end, "left")
        parted = lost.where(~F.coalesce(F.col("left_root") == F.col("right_root"), F.lit(False)))
        groups = groups.union(standing.join(_ends(parted).distinct(), "key", "left_semi").select("group_id"))
    return groups.distinct()


def _inner_edges(job: Job, loose: DataFrame, moves: Moves, words: DataFrame, rule: TextRule, *, base: int) -> DataFrame:
    """Edges within groups that are put together again, as far as the increment leaves them as they were: left, right."""
    assert job.known is not None
    version = job.versions["posts"]
    log = job.lake.read("text_pairs").where(F.col("version") <= job.known["posts"])
    of_groups = log.join(loose.withColumnRenamed("key", "left"), "left", "left_semi")
    state = job.keep(text_index.state_of(of_groups.join(moves.all, ["left", "right"], "left_anti")).where(enough()))
    unchecked = state.where(F.col("is_copy").isNull()).select("left", "right")
    checked = job.keep(text_checks.check_pairs(unchecked, words, rule))
    counts = [F.lit(0).alias(name) for name in ("bands", "anchors")]
    job.lake.append("text_pairs", text_index.logged(checked.select("*", *counts), version=version, base=base))
    return state.where("is_copy").select("left", "right").unionByName(checked.where("is_copy").select("left", "right"))


def _rows(job: Job, placed: DataFrame, words: DataFrame, posts: DataFrame, rule: TextRule) -> DataFrame:
    """Rows of `post_copies` of the placed posts."""
    eligible = placed.where(F.col("fresh") | F.col("apart") | F.col("is_keeper"))
    chosen = keepers(eligible.select("root", "key").join(words, "key")).drop("group_id")
    smallest = placed.groupBy("root").agg(F.min("post_id").alias("new_group"))
    was_keeper = placed.where("is_keeper").select("group_id", F.col("key").alias("old_keeper"))
    ruled = job.keep(placed.join(chosen, "root").join(smallest, "root").join(was_keeper, "group_id", "left"))
    is_keeper = F.col("key") == F.col("keeper_key")
    same = ~F.col("fresh") & ~F.col("apart") & F.col("old_keeper").eqNullSafe(F.col("keeper_key"))
    to_rate = ruled.where(~is_keeper & ~same).select(F.col("key").alias("left"), F.col("keeper_key").alias("right"))
    words = _more_words(job, words, posts, _ends(to_rate).distinct())
    rated = text_checks.check_pairs(to_rate, words, rule).select(F.col("left").alias("key"), F.round("similarity", 6).alias("rated"))
    similarity = F.when(is_keeper, F.lit(1.0)).otherwise(F.coalesce("rated", "similarity"))
    joined = ruled.join(rated, "key", "left")
    return joined.select("post_id", F.col("new_group").alias("group_id"), is_keeper.alias("is_keeper"), similarity.alias("similarity"))


def _more_words(job: Job, words: DataFrame, posts: DataFrame, keys: DataFrame) -> DataFrame:
    """The posts read so far, and those of more keys."""
    missing = job.keep(keys.join(words.select("key"), "key", "left_anti"))
    return words.unionByName(job.keep(posts.join(missing, "key", "left_semi"))) if missing.take(1) else words


def _renamed(edges: DataFrame, nodes: DataFrame, end: str) -> DataFrame:
    named = edges.join(nodes.select(F.col("key").alias(end), F.col("node").alias("to")), end, "left")
    return named.withColumn(end, F.coalesce("to", end)).select("left", "right")


def _ends(pairs: DataFrame) -> DataFrame:
    return pairs.select(F.col("left").alias("key")).union(pairs.select(F.col("right").alias("key")))
