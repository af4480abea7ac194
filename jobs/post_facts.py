"""What the words of each post say about its event: who, what, when and where, one row a post and one a celebrity of a post."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs.sessions import DAY, wall_seconds

NOON = 43_200
PRECISE = ("day", "hour", "minute")
TIMED = ("hour", "minute")
_SAID = ("what", "where", "when")


def mentions(text_tags: DataFrame, rejected: DataFrame, *, about: float) -> DataFrame:
    """Whom each post is about.

    Args:
        text_tags: the table.
        rejected: post_id, celebrity_id of pairs that an editor refused.
        about: score from which a post is about a celebrity rather than mentions one.

    Returns:
        post_id, celebrity_id, about (in [0, 1]).
    """
    return (
        text_tags.where(F.col("kind") == "who")
        .groupBy("post_id", F.col("value").alias("celebrity_id"))
        .agg(F.max("score").alias("about"))
        .where(F.col("about") >= about)
        .join(rejected, ["post_id", "celebrity_id"], "left_anti")
    )


def post_facts(posts: DataFrame, text_tags: DataFrame, *, zone: str, longest_days: int) -> DataFrame:
    """The event that each post tells of.

    Args:
        posts: the table.
        text_tags: the table; the tags with `is_event` speak of the post's own event.
        zone: zone of the times in the texts.
        longest_days: a stated span longer than this (the run of a musical) is read as its first day.

    Returns:
        post_id, published (seconds on the wall), text, kind, place (null where not said), precision (null where no time is said),
        starts and ends (seconds on the wall; for a time without hour, noon of the day).
    """
    of_event = text_tags.where(F.col("is_event") & F.col("kind").isin(*_SAID))
    votes = of_event.groupBy("post_id", "kind", "value").agg(F.sum("score").alias("weight"), F.max("precision").alias("precision"))
    said = votes.groupBy("post_id").agg(*_best_said(F.struct(F.round("weight", 6), F.col("value"))))
    return (
        posts.select(
            "post_id", wall_seconds(F.col("published_at"), zone).alias("published"), F.concat_ws("\n", "title", "body").alias("text")
        )
        .join(said, "post_id", "left")
        .transform(with_seconds, longest_days=longest_days)
    )


def own_facts(speakers: DataFrame, posts: DataFrame, text_tags: DataFrame, *, longest_days: int) -> DataFrame:
    """What posts about several people say of those whom they name elsewhere than the event: a round-up tells each one's own.

    Where the paragraphs (or the title) that tell the post's event do not name a celebrity, the first paragraph that does and that
    names a kind of event, or else a day, is what the post says of that celebrity.

    Args:
        speakers: post_id, celebrity_id.
        posts: the table.
        text_tags: the table.
        longest_days: as `post_facts`.

    Returns:
        post_id, celebrity_id, kind, place, precision, starts, ends (as `post_facts`): only of such pairs.
    """
    several = speakers.groupBy("post_id").agg(F.count(F.lit(1)).alias("_people")).where(F.col("_people") > 1).select("post_id")
    bodies = posts.join(several, "post_id", "left_semi").select("post_id", "body")
    before = F.expr("substring(body, 1, begin)")
    paragraph = F.when(F.col("field") == "body", F.length(before) - F.length(F.replace(before, F.lit("\n"), F.lit("")))).otherwise(-1)
    tags = (
        text_tags.where((F.col("field") != "caption") & F.col("kind").isin("who", *_SAID))
        .join(bodies, "post_id", "inner")
        .select("post_id", "kind", "value", "begin", "score", "precision", "is_event", paragraph.alias("paragraph"))
    )
    named = tags.where(F.col("kind") == "who").select("post_id", F.col("value").alias("celebrity_id"), "paragraph").dropDuplicates()
    of_event = tags.where(F.col("is_event") & F.col("kind").isin("what", "when"))
    telling = of_event.select("post_id", "paragraph").dropDuplicates()
    with_event = named.join(telling, ["post_id", "paragraph"], "left_semi").select("post_id", "celebrity_id")
    apart = (
        speakers.select("post_id", "celebrity_id")
        .join(telling, "post_id", "left_semi")
        .join(with_event, ["post_id", "celebrity_id"], "left_anti")
    )
    near = (
        named.where(F.col("paragraph") >= 0)
        .join(apart, ["post_id", "celebrity_id"], "left_semi")
        .join(tags.where(F.col("kind").isin(*_SAID)), ["post_id", "paragraph"], "inner")
    )
    dated = (F.col("kind") == "when") & F.col("precision").isin(*PRECISE)
    pair = Window.partitionBy("post_id", "celebrity_id")
    lead = F.coalesce(
        F.min(F.when(F.col("kind") == "what", F.col("paragraph"))).over(pair), F.min(F.when(dated, F.col("paragraph"))).over(pair)
    )
    said = near.withColumn("_lead", lead).where(F.col("paragraph") == F.col("_lead"))
    order = F.struct(F.round("score", 6), -F.col("begin"), F.col("value"))
    return said.groupBy("post_id", "celebrity_id").agg(*_best_said(order)).transform(with_seconds, longest_days=longest_days)


def with_own_facts(facts: DataFrame, own: DataFrame) -> DataFrame:
    """What is said of the celebrity rather than of the post's event, where `own` has it.

    Args:
        facts: post_id, celebrity_id and the columns of `post_facts`, and others.
        own: see `own_facts`.
    """
    columns = ["kind", "place", "precision", "starts", "ends"]
    renamed = own.select("post_id", "celebrity_id", F.lit(True).alias("_own"), *(F.col(name).alias(f"_own_{name}") for name in columns))
    joined = facts.join(renamed, ["post_id", "celebrity_id"], "left")
    for name in columns:
        joined = joined.withColumn(name, F.when(F.col("_own"), F.col(f"_own_{name}")).otherwise(F.col(name)))
    return joined.drop("_own", *(f"_own_{name}" for name in columns))


def post_words(text_tags: DataFrame) -> DataFrame:
    """post_id, words: the key phrases of each post, a few by their making, in order."""
    phrases = text_tags.where(F.col("kind") == "keyphrase")
    return phrases.groupBy("post_id").agg(F.sort_array(F.collect_set("value")).alias("words"))


def with_place_names(rows: DataFrame, places: DataFrame, *, column: str, where: Column | None = None) -> DataFrame:
    """Gives the places of the list, which tags name by their ids, the names that people read; whatever is no id stays.

    Args:
        rows: any frame.
        places: the table.
        column: of ids and names.
        where: rows in which it holds those; None: all.
    """
    names = F.broadcast(places.select("place_id", F.col("name").alias("_place_name")))
    is_place = F.col(column) == F.col("place_id")
    named = rows.join(names, is_place if where is None else where & is_place, "left")
    return named.withColumn(column, F.coalesce("_place_name", column)).drop("place_id", "_place_name")


def without_names(rows: DataFrame, celebrities: DataFrame) -> DataFrame:
    """`words` without those that hold a name, alias or group of the row's celebrity: all of a celebrity's posts have them.

    Args:
        rows: celebrity_id, words (null: none), and others.
        celebrities: the table.
    """
    named = rows.join(F.broadcast(names_of(celebrities)), "celebrity_id", "left")
    own = F.filter(F.coalesce("words", F.array().cast("array<string>")), lambda word: ~with_name_in(word, F.col("names")))
    return named.withColumn("words", own).drop("names")


def names_of(celebrities: DataFrame) -> DataFrame:
    """celebrity_id, names: name, aliases and groups of each celebrity."""
    forms = F.concat(F.array("name"), F.coalesce("aliases", F.array()), F.coalesce("groups", F.array()))
    return celebrities.select("celebrity_id", F.filter(forms, lambda form: F.length(form) > 0).alias("names"))


def with_name_in(phrase: Column, names: Column) -> Column:
    """Whether a phrase holds one of some names; a name of one syllable (비) must be a word of it: 비 콘서트, but not 비행기."""

    def holds(name: Column) -> Column:
        return F.when(F.length(name) > 1, F.contains(phrase, name)).otherwise(F.array_contains(F.split(phrase, " "), name))

    return F.exists(F.coalesce(names, F.array().cast("array<string>")), holds)


def with_seconds(said: DataFrame, *, longest_days: int) -> DataFrame:
    """Adds starts and ends [seconds on the wall] in place of `time`; null unless its day is known.

    Args:
        said: time (ISO, or two with a stroke between), precision, and others.
        longest_days: a longer span is read as its first day.
    """
    starts, ends = _seconds(F.substring_index("time", "/", 1)), _seconds(F.substring_index("time", "/", -1))
    span = F.when((ends - starts).between(0, longest_days * DAY), ends).otherwise(starts)
    known = F.col("precision").isin(*PRECISE)
    return said.withColumn("starts", F.when(known, starts)).withColumn("ends", F.when(known, span)).drop("time")


def representatives(mentioned: DataFrame, post_copies: DataFrame) -> DataFrame:
    """Members of every group of copies, and which of them speaks for the group on a celebrity's timeline.

    Args:
        mentioned: post_id, celebrity_id, about.
        post_copies: the table; a post without a row stands alone.

    Returns:
        post_id, celebrity_id, about, group_id, speaks.
    """
    grouped = mentioned.join(post_copies.select("post_id", "group_id", "is_keeper"), "post_id", "left").withColumn(
        "group_id", F.coalesce("group_id", "post_id")
    )
    keeper_first = Window.partitionBy("celebrity_id", "group_id").orderBy(F.col("is_keeper").desc_nulls_last(), "post_id")
    return grouped.withColumn("speaks", F.row_number().over(keeper_first) == 1).drop("is_keeper")


def _best_said(order: Column) -> list[Column]:
    """kind, place, time and precision: of the tags of a kind, those of the value that comes last in order."""

    def best(kind: str, column: str) -> Column:
        return F.max_by(F.col(column), F.when(F.col("kind") == kind, order))

    return [
        best("what", "value").alias("kind"),
        best("where", "value").alias("place"),
        best("when", "value").alias("time"),
        best("when", "precision").alias("precision"),
    ]


def _seconds(time: Column) -> Column:
    """Seconds on the wall of an ISO date (its noon) or date and time, without any zone."""
    days = F.datediff(F.to_date(F.substring(time, 1, 10)), F.lit("1970-01-01").cast("date")).cast("long")
    hours, minutes = F.substring(time, 12, 2).cast("long"), F.coalesce(F.substring(time, 15, 2).cast("long"), F.lit(0))
    return days * DAY + F.coalesce(hours * 3600 + minutes * 60, F.lit(NOON))
