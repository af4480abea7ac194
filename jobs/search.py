"""`hwabo search`: finds timelines, events, places and photos by words.

The words are cut into terms that the index knows (`udfs/search_words.py`); a term counts by its weight in `search_terms` times its
rarity, ln(1 + N / n) with N targets of the kind and n that have the term (K. Sparck Jones, 1972). Targets that answer all words come
before those that answer some. The table is filtered by term (it lies Z-ordered by it); no more than the results reach the driver.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import BooleanType, DoubleType, IntegerType, StringType, StructField, StructType

from jobs import console
from jobs.errors import HwaboError
from jobs.formats import FORMATS, Format, lines, local_times
from jobs.job import argument_parser, guarded, settings_from
from jobs.lake import Lake
from jobs.session import create_session
from jobs.settings import Settings
from udfs.search_words import Wanted, candidates, split_words, understand

COLUMNS = ["rank", "found", "id", "title", "detail", "starts_at", "words", "score"]
_WANTED = StructType(
    [
        StructField("wanted", IntegerType(), False),
        StructField("word", StringType(), False),
        StructField("term", StringType(), False),
        StructField("factor", DoubleType(), False),
        StructField("required", BooleanType(), False),
    ]
)


def search(spark: SparkSession, settings: Settings, words: str) -> DataFrame:
    """Finds what the words are about.

    Args:
        spark: the session.
        settings: all settings; `search` is used.
        words: what the user typed.

    Returns:
        Columns rank, found (celebrity, event, place or photo), id, title, detail, starts_at, words (those that it answers), score;
        best first, at most `search.results` of each kind.

    Raises:
        HwaboError: when the query holds no word or the lake no index.
    """
    if not split_words(words):
        raise HwaboError('the query holds no word: write names, events, places or dates, such as hwabo search --lake URI "수지 출국".')
    lake = Lake(spark, settings.run.lake)
    if not lake.exists("search_terms"):
        raise HwaboError(f"{settings.run.lake} has no search index: build the lake first (hwabo build, or index_search alone).")
    terms = lake.read("search_terms")
    known = known_terms(terms, candidates(words))
    wanted = understand(words, known)
    matches = terms.transform(match, wanted=wanted, phrase_bonus=settings.search.phrase_bonus)
    shown = shown_photos(lake)
    inherited = matches.transform(inherit, shown=shown, share=settings.search.inherited)
    ranked = matches.unionByName(inherited).transform(rank, required=sum(one.required for one in wanted), results=settings.search.results)
    return ranked.transform(name_results, lake=lake, shown=shown)


def known_terms(terms: DataFrame, candidate_terms: Sequence[str]) -> set[str]:
    """Those of the candidates that the index has; a handful."""
    found = terms.where(F.col("term").isin(list(candidate_terms))).select("term").dropDuplicates()
    return {row["term"] for row in found.toLocalIterator()}


def match(terms: DataFrame, *, wanted: Sequence[Wanted], phrase_bonus: float) -> DataFrame:
    """What answers each wanted thing, and how well.

    Args:
        terms: table search_terms.
        wanted: the query, cut.
        phrase_bonus: factor of phrases, which strengthen and are not required.

    Returns:
        Columns target_type, target_id, wanted, word, required, score; one row a target and wanted thing.
    """
    rows = [
        (number, one.word, term, factor * (1.0 if one.required else phrase_bonus), one.required)
        for number, one in enumerate(wanted)
        for term, factor in one.terms
    ]
    asked = F.broadcast(terms.sparkSession.createDataFrame(rows, _WANTED))
    known = terms.where(F.col("term").isin(sorted({term for _, _, term, _, _ in rows})))
    answers = known.groupBy("term", "target_type", "target_id").agg(F.max("weight").alias("weight"))
    of_kind = terms.groupBy("target_type").agg(F.approx_count_distinct("target_id").alias("targets"))
    with_term = answers.groupBy("term", "target_type").agg(F.count(F.lit(1)).alias("having"))
    rarity = with_term.join(F.broadcast(of_kind), "target_type").select(
        "term", "target_type", F.log(1 + F.col("targets") / F.col("having")).alias("rarity")
    )
    scored = answers.join(F.broadcast(rarity), ["term", "target_type"]).join(asked, "term")
    score = F.max(F.col("weight") * F.col("rarity") * F.col("factor")).alias("score")
    return scored.groupBy("target_type", "target_id", "wanted", "word", "required").agg(score)


def shown_photos(lake: Lake) -> DataFrame:
    """Photos that events and places show: columns photo_id, target_type, target_id, caption, rank."""
    frames = [
        lake.read(f"{kind}_photos")
        .where(F.col("verdict") == "kept")
        .select("photo_id", F.lit(kind).alias("target_type"), F.col(f"{kind}_id").alias("target_id"), "caption", "rank")
        for kind in ("event", "place")
    ]
    return reduce(DataFrame.unionByName, frames)


def inherit(matches: DataFrame, *, shown: DataFrame, share: float) -> DataFrame:
    """What photos answer through the event or place that shows them.

    Args:
        matches: as `match` gives them.
        shown: as `shown_photos` gives them.
        share: part of the score that is handed on.

    Returns:
        Columns as `match`, of photos.
    """
    through = matches.where(F.col("target_type").isin("event", "place")).join(shown.drop("caption", "rank"), ["target_type", "target_id"])
    return through.select(
        F.lit("photo").alias("target_type"),
        F.col("photo_id").alias("target_id"),
        "wanted",
        "word",
        "required",
        (F.col("score") * share).alias("score"),
    )


def rank(matches: DataFrame, *, required: int, results: int) -> DataFrame:
    """The best of each kind: first those that answer more of the required words, then by score, then by id.

    Args:
        matches: columns as `match`; several rows a target and wanted thing are possible, the best counts.
        required: number of required things.
        results: most of a kind.

    Returns:
        Columns target_type, target_id, answered (share of the required things), words, score, place (from 1 within its kind).
    """
    best = matches.groupBy("target_type", "target_id", "wanted", "word", "required").agg(F.max("score").alias("score"))
    totals = best.groupBy("target_type", "target_id").agg(
        F.sum(F.col("required").cast("int")).alias("answered"),
        F.round(F.sum("score"), 6).alias("total"),
        F.sort_array(F.collect_list(F.when(F.col("required"), F.struct("wanted", "word")))).alias("words"),
    )
    share = F.col("answered") / F.lit(max(1, required))
    totals = totals.where(F.col("answered") > 0).withColumn("score", F.round(F.col("total") * share * share, 6))
    order = Window.partitionBy("target_type").orderBy(F.col("answered").desc(), F.col("score").desc(), "target_id")
    ranked = totals.withColumn("place", F.row_number().over(order)).where(F.col("place") <= results)
    return ranked.select("target_type", "target_id", share.alias("answered"), F.col("words.word").alias("words"), "score", "place")


def name_results(ranked: DataFrame, *, lake: Lake, shown: DataFrame) -> DataFrame:
    """Gives results their titles, and orders the kinds by their best result. Columns: `COLUMNS`."""
    celebrities, places = lake.read("celebrities"), lake.read("places")
    names = celebrities.select("celebrity_id", F.col("name").alias("celebrity"))
    events = lake.read("events").join(names, "celebrity_id", "left")
    no_time = F.lit(None).cast("timestamp")
    named = [
        _named(events, "event", "event_id", F.col("title"), F.concat_ws(", ", "celebrity", "place"), F.col("starts_at")),
        _named(places, "place", "place_id", F.col("name"), F.col("address"), no_time),
        _named(
            celebrities, "celebrity", "celebrity_id", F.col("name"), F.concat_ws(", ", "occupation", F.array_join("groups", ", ")), no_time
        ),
    ]
    owners = (
        named[0].unionByName(named[1]).select(F.col("found").alias("target_type"), F.col("id").alias("target_id"), "title", "starts_at")
    )
    photos = shown.join(owners, ["target_type", "target_id"]).groupBy("photo_id")
    first = photos.agg(F.min(F.struct("title", "starts_at", "caption")).alias("first"))
    named.append(_named(first, "photo", "photo_id", F.col("first.title"), F.col("first.caption"), F.col("first.starts_at")))
    results = F.broadcast(ranked.withColumnsRenamed({"target_type": "found", "target_id": "id"}))
    kind = Window.partitionBy("found")
    joined = results.join(reduce(DataFrame.unionByName, named), ["found", "id"])
    joined = joined.withColumn("kind_answered", F.max("answered").over(kind)).withColumn("kind_score", F.max("score").over(kind))
    order = [F.col("kind_answered").desc(), F.col("kind_score").desc(), F.col("found"), F.col("place")]
    return joined.withColumn("rank", F.row_number().over(Window.orderBy(*order))).orderBy("rank").select(COLUMNS)


def _named(rows: DataFrame, found: str, key: str, title: Column, detail: Column, starts_at: Column) -> DataFrame:
    return rows.select(
        F.lit(found).alias("found"), F.col(key).alias("id"), title.alias("title"), detail.alias("detail"), starts_at.alias("starts_at")
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of `hwabo search`."""

    def body() -> int:
        parser = argument_parser("hwabo search", __doc__)
        parser.add_argument("words", nargs="+", help="names, events, places, dates, what photos show")
        parser.add_argument("--format", choices=FORMATS, default="table", help="table (default), csv or json (an object a line)")
        options = parser.parse_args(argv)
        settings = settings_from(options)
        found = search(create_session("search", master=options.master, properties=options.spark_conf), settings, " ".join(options.words))
        chosen: Format = options.format
        rows = list(local_times(found, chosen).toLocalIterator())
        if not rows and chosen == "table":
            console.say("nothing found: other words, or fewer of them, may help.")
            return 0
        for line in lines(rows, COLUMNS, chosen, cell_columns=48):
            console.say(line)
        return 0

    return guarded(body)
