"""Every table of the lake: columns with their comments, key, comment. Nothing is inferred from data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    DataType,
    DoubleType,
    FloatType,
    IntegerType,
    LongType,
    MapType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

STRING, INTEGER, LONG, DOUBLE, BOOLEAN, TIMESTAMP, BINARY = (
    StringType(),
    IntegerType(),
    LongType(),
    DoubleType(),
    BooleanType(),
    TimestampType(),
    BinaryType(),
)
STRINGS = ArrayType(STRING)
VECTOR = ArrayType(FloatType())
LABELS = ArrayType(StructType([StructField("label", STRING), StructField("score", DOUBLE)]))
QUALITY = StructType(
    [
        StructField(part, DOUBLE)
        for part in ("sharpness", "exposure", "contrast", "noise", "compression", "natural", "resolution", "face", "overlay", "score")
    ]
)


@dataclass(frozen=True)
class Table:
    """One Delta table.

    Attributes:
        name: folder below the lake and name in the catalog.
        comment: what a row is.
        schema: columns with comments.
        key: columns that identify a row.
        clock_columns: columns that hold the clock of a run; a row that differs in them alone has not changed.
    """

    name: str
    comment: str
    schema: StructType
    key: tuple[str, ...]
    clock_columns: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return self.schema.fieldNames()


def _table(name: str, comment: str, key: Iterable[str], columns: Sequence[tuple[str, DataType, str]]) -> Table:
    schema = StructType([StructField(column, kind, True, {"comment": text}) for column, kind, text in columns])
    clocks = tuple(column for column, _, _ in columns if column in ("ingested_at", "rejected_at"))
    return Table(name, comment, schema, tuple(key), clocks)


# fmt: off  (one column a line reads as a table)
_ALL = (
    # raw: as landed
    _table(
        "posts",
        "one document: news article, blog post, review, broadcast notice",
        ["post_id"],
        [
            ("post_id", STRING, "id given by the source, or derived from the url"),
            ("service", STRING, "news, blog, review or broadcast"),
            ("url", STRING, "where the post was published"),
            ("title", STRING, "title as published"),
            ("body", STRING, "body as published"),
            ("published_at", TIMESTAMP, "time of publishing"),
            ("press", STRING, "outlet or author"),
            ("place_id", STRING, "place that a review is about"),
            ("source", STRING, "file that it was read from, below the landing folder"),
            ("digest", STRING, "SHA-256 of the record as landed"),
            ("ingested_at", TIMESTAMP, "clock of the run that first read this version of the post"),
        ],
    ),
    _table(
        "post_photos",
        "a photo's position in a post",
        ["post_id", "position"],
        [
            ("post_id", STRING, "post"),
            ("position", INTEGER, "number of the photo in the post, from 0"),
            ("photo_id", STRING, "photo"),
            ("offset", INTEGER, "character of the body at which the photo stands"),
            ("caption", STRING, "caption as published"),
        ],
    ),
    _table(
        "photos",
        "one distinct image file, identified by the SHA-256 of its bytes",
        ["photo_id"],
        [
            ("photo_id", STRING, "SHA-256 of the bytes, hexadecimal"),
            ("uri", STRING, "an address that it was found at: the first in order of characters"),
            ("content", BINARY, "the bytes"),
            ("format", STRING, "image format found in the bytes"),
            ("width", INTEGER, "width as shown, pixels"),
            ("height", INTEGER, "height as shown, pixels"),
            ("bytes", LONG, "size of the file, bytes"),
        ],
    ),
    _table(
        "celebrities",
        "a person or stage name that has a timeline",
        ["celebrity_id"],
        [
            ("celebrity_id", STRING, "id from celebrities.csv"),
            ("name", STRING, "name as the press writes it"),
            ("aliases", STRINGS, "other names"),
            ("groups", STRINGS, "groups that the person belongs to"),
            ("occupation", STRING, "가수, 배우, ..."),
        ],
    ),
    _table(
        "places",
        "a restaurant, salon or attraction that has a photo summary",
        ["place_id"],
        [
            ("place_id", STRING, "id from places.csv"),
            ("name", STRING, "name"),
            ("aliases", STRINGS, "other names"),
            ("service", STRING, "restaurant, salon or attraction"),
            ("address", STRING, "address"),
            ("reference_photos", STRINGS, "photo_ids of the reference photos"),
        ],
    ),
    _table(
        "corrections",
        "what an editor decided; survives every rebuild",
        ["correction_id"],
        [
            ("correction_id", STRING, "hash of the decision"),
            ("action", STRING, "hide_photo, pin_photo, rename_event, merge_events, split_event or reject_celebrity"),
            ("event_id", STRING, "event concerned"),
            ("photo_id", STRING, "photo concerned"),
            ("post_id", STRING, "post concerned"),
            ("celebrity_id", STRING, "celebrity concerned"),
            ("place_id", STRING, "place concerned"),
            ("value", STRING, "new title, or event_id to merge with"),
            ("made_at", TIMESTAMP, "when the editor decided; the later of two contradicting decisions holds"),
        ],
    ),
    _table(
        "rejects",
        "a record that could not be used, and why",
        ["source", "record", "stage", "reason"],
        [
            ("source", STRING, "file or address that the record came from"),
            ("record", STRING, "the record itself, its first 2,000 characters"),
            ("stage", STRING, "job that refused it"),
            ("reason", STRING, "why, in words"),
            ("rejected_at", TIMESTAMP, "clock of the run that first refused it"),
        ],
    ),
    _table(
        "landing_files",
        "files of the landing folder that were read",
        ["path"],
        [
            ("path", STRING, "path below the landing folder"),
            ("bytes", LONG, "size when read, bytes"),
            ("modified_at", TIMESTAMP, "time of last change when read"),
        ],
    ),
    _table(
        "landing_photos",
        "photo addresses that posts and places name, and the photo found there",
        ["uri"],
        [
            ("uri", STRING, "address as posts and places name it"),
            ("photo_id", STRING, "photo found there; null when it could not be used"),
            ("reason", STRING, "why it could not be used"),
        ],
    ),
    _table(
        "photo_references",
        "photos as posts name them, found or not",
        ["post_id", "position"],
        [
            ("post_id", STRING, "post"),
            ("position", INTEGER, "number of the photo in the post, from 0"),
            ("uri", STRING, "address, absolute or below the landing folder"),
            ("offset", INTEGER, "character of the body at which the photo stands"),
            ("caption", STRING, "caption as published"),
        ],
    ),
    # derived: what the jobs found out about posts and photos
    _table(
        "text_tags",
        "who, when, where, what and key noun phrases of a post",
        ["post_id", "field", "photo_position", "kind", "begin", "end", "value"],
        [
            ("post_id", STRING, "post"),
            ("field", STRING, "title, body or caption"),
            ("photo_position", INTEGER, "position of the photo whose caption it is; null for title and body"),
            ("kind", STRING, "who, person, when, where, what, occupation or keyphrase"),
            ("surface", STRING, "the words as they stand there"),
            ("value", STRING, "normalised: celebrity_id, ISO 8601 local time or date or range, place_id or name, event kind"),
            ("begin", INTEGER, "first character"),
            ("end", INTEGER, "character after the last"),
            ("josa", STRING, "particle that follows"),
            ("role", STRING, "what the particle says: subject, object, place, direction, topic, ..."),
            ("score", DOUBLE, "weight in [0, 1]; of a who: how much the post is about that person"),
            ("precision", STRING, "of a when: year, month, day, hour or minute"),
            ("is_event", BOOLEAN, "belongs to the event of the post rather than to something mentioned"),
        ],
    ),
    _table(
        "photo_features",
        "what a photo shows, measured",
        ["photo_id"],
        [
            ("photo_id", STRING, "photo"),
            ("embedding", VECTOR, "embedding of the whole photo, length 1"),
            ("appearance", VECTOR, "clothes and hair of the main person; null when nobody is seen"),
            ("quality", QUALITY, "named parts of quality in [0, 1], higher is better, and the score that joins them"),
            ("phash", STRING, "64-bit perceptual hash, 16 hexadecimal digits"),
            ("labels", LABELS, "classes of the photo network with their scores"),
            ("model", STRING, "network and its hash"),
            ("error", STRING, "why the photo could not be measured"),
            ("people", INTEGER, "number of people seen"),
            ("photo_type", STRING, "person, group, stage, food, menu, interior, exterior, view, procedure, result, document, ..."),
            ("geometry", BINARY, "local features for the exact check of copies"),
        ],
    ),
    _table(
        "post_copies",
        "groups of posts that copy each other",
        ["post_id"],
        [
            ("post_id", STRING, "post"),
            ("group_id", STRING, "smallest post_id of the group"),
            ("is_keeper", BOOLEAN, "the one that stands for the group"),
            ("similarity", DOUBLE, "similarity to the keeper"),
        ],
    ),
    _table(
        "text_bands",
        "stored buckets of posts' texts, by which new posts find what they copy",
        ["slot", "anchor", "version", "removed"],
        [
            ("slot", INTEGER, "first bits of the hashes"),
            ("anchor", BOOLEAN, "fingerprints of long passages rather than bands of signatures"),
            ("removed", BOOLEAN, "entries that went rather than came"),
            (
                "entries",
                BINARY,
                "hash (8 bytes), key of the post (8), for anchors its length (4); little-endian, sorted by hash, the hub first",
            ),
            ("version", LONG, "version of posts that the run which wrote the row worked on"),
            ("base", LONG, "version of posts on which the index was built anew"),
        ],
    ),
    _table(
        "text_pairs",
        "log of the pairs of posts that share buckets; a pair stands as the sum of its rows",
        ["left", "right", "version"],
        [
            ("left", LONG, "key (hash of the post_id) of a member of buckets"),
            ("right", LONG, "key of these buckets' hub"),
            ("bands", INTEGER, "buckets of bands that speak for the pair: what the run added"),
            ("anchors", INTEGER, "buckets of anchors that speak for the pair: what the run added"),
            ("similarity", DOUBLE, "similarity of the texts, where the run checked it"),
            ("is_copy", BOOLEAN, "whether it makes them copies, where the run checked it"),
            ("version", LONG, "version of posts that the run worked on"),
            ("base", LONG, "version of posts on which the index was built anew"),
        ],
    ),
    _table(
        "photo_pairs",
        "what was measured of pairs of photos, so that the next run need not measure it again",
        ["left", "right"],
        [
            ("left", LONG, "key (hash of the photo_id) of a photo"),
            ("right", LONG, "key of the other"),
            ("similarity", DOUBLE, "whether they are one picture, in [0, 1]"),
            ("inliers", INTEGER, "local features that agree on how one lies on the other"),
            ("correlation", DOUBLE, "of the grey values where both show the same, in [-1, 1]"),
            ("overlap", DOUBLE, "share of the smaller view that lies on the other photo"),
            ("covered", DOUBLE, "share of the common area under strips and stamps"),
            ("zoom", DOUBLE, "linear scale of the left photo's content against the right one's"),
            ("turn", DOUBLE, "degrees between them"),
            ("mirror", BOOLEAN, "whether one is the other's mirror image"),
        ],
    ),
    _table(
        "photo_copies",
        "groups of photos that show the same picture",
        ["photo_id"],
        [
            ("photo_id", STRING, "photo"),
            ("group_id", STRING, "smallest photo_id of the group"),
            ("is_keeper", BOOLEAN, "the best copy, which stands for the group"),
            ("similarity", DOUBLE, "similarity to the keeper"),
            ("reason", STRING, "how it differs from the keeper"),
        ],
    ),
    _table(
        "photo_tags",
        "words by which a photo is found",
        ["photo_id", "source", "tag"],
        [
            ("photo_id", STRING, "photo"),
            ("tag", STRING, "word, phrase or sentence"),
            ("source", STRING, "text (words near the photo in any of its posts, copies included), visual or caption"),
            ("score", DOUBLE, "weight in [0, 1]"),
        ],
    ),
    # result: what people look at
    _table(
        "events",
        "something that a celebrity took part in, at a time and mostly a place",
        ["event_id"],
        [
            ("event_id", STRING, "stable id"),
            ("celebrity_id", STRING, "whose timeline it is on"),
            ("kind", STRING, "kind of event, see conf/event_kinds.yaml"),
            ("title", STRING, "title for people"),
            ("place", STRING, "place, normalised"),
            ("starts_at", TIMESTAMP, "begin"),
            ("ends_at", TIMESTAMP, "end"),
            ("posts", INTEGER, "number of posts"),
            ("photos", INTEGER, "number of distinct photos in them"),
            ("keywords", STRINGS, "phrases that tell it from other events, best first"),
            ("upcoming", BOOLEAN, "announced and not yet photographed"),
            ("precision", STRING, "precision of starts_at: day, hour or minute"),
        ],
    ),
    _table(
        "event_posts",
        "posts of an event",
        ["event_id", "post_id"],
        [
            ("event_id", STRING, "event"),
            ("post_id", STRING, "post"),
            ("score", DOUBLE, "how much the post is about the event's celebrity, in [0, 1]"),
        ],
    ),
    # derived: what the jobs found out about posts and photos
    _table(
        "event_phrases",
        "the heaviest key phrases of an event's posts, from which its key words are chosen",
        ["event_id", "phrase"],
        [
            ("event_id", STRING, "event"),
            ("phrase", STRING, "key phrase"),
            ("weight", DOUBLE, "sum of its scores in the event's posts, copies counted once"),
        ],
    ),
    _table(
        "common_phrases",
        "phrases that many events have, which therefore tell little of one",
        ["phrase"],
        [("phrase", STRING, "key phrase"), ("level", INTEGER, "at most one event in 2 ** level has it; rarer phrases have no row")],
    ),
    # result: what people look at
    _table(
        "event_traces",
        "what became of events whose posts went elsewhere; grows from run to run",
        ["event_id", "became_id"],
        [
            ("event_id", STRING, "event as it was"),
            ("became_id", STRING, "event that has its posts now"),
            ("how", STRING, "merged: nothing is left of the event; split: a part of its posts left"),
            ("posts", INTEGER, "number of posts that moved"),
            ("traced_at", TIMESTAMP, "clock of the run"),
        ],
    ),
    _table(
        "event_photos",
        "every photo of an event with its verdict",
        ["event_id", "photo_id"],
        [
            ("event_id", STRING, "event"),
            ("photo_id", STRING, "photo"),
            ("rank", INTEGER, "order shown, from 1 (the cover); null unless kept"),
            ("verdict", STRING, "kept, copy, outlier, low_quality, irrelevant, over_budget or hidden"),
            ("reason", STRING, "why, in words"),
            ("relevance", DOUBLE, "how much its posts' words are about the event, in [0, 1]"),
            ("quality", DOUBLE, "quality score, in [0, 1]"),
            ("caption", STRING, "one sentence"),
            ("tags", STRINGS, "words by which it is found"),
            ("copy_of", STRING, "photo_id of the keeper when the verdict is copy"),
            ("look", INTEGER, "number of the look (clothes and hair) within the event; null when nobody is seen"),
            ("gain", DOUBLE, "what the photo added to the summary when it was chosen; null unless kept"),
        ],
    ),
    _table(
        "place_topics",
        "topics of a place's photo summary, in order",
        ["place_id", "topic"],
        [
            ("place_id", STRING, "place"),
            ("topic", STRING, "topic"),
            ("rank", INTEGER, "order shown, from 1"),
            ("title", STRING, "title for people"),
            ("keywords", STRINGS, "most telling words, best first"),
            ("photos", INTEGER, "number of photos shown"),
        ],
    ),
    _table(
        "place_photos",
        "every photo of a place with its verdict",
        ["place_id", "photo_id"],
        [
            ("place_id", STRING, "place"),
            ("photo_id", STRING, "photo"),
            ("topic", STRING, "topic"),
            ("rank", INTEGER, "order shown within the topic, from 1; null unless kept"),
            ("verdict", STRING, "kept, copy, low_quality, irrelevant, over_budget or hidden"),
            ("reason", STRING, "why, in words"),
            ("quality", DOUBLE, "quality score, in [0, 1]"),
            ("caption", STRING, "one sentence"),
            ("tags", STRINGS, "words by which it is found"),
            ("copy_of", STRING, "photo_id of the keeper when the verdict is copy"),
        ],
    ),
    _table(
        "search_terms",
        "words that bring up events, places, photos and celebrities",
        ["term", "kind", "target_type", "target_id"],
        [
            ("term", STRING, "word or phrase, normalised"),
            ("kind", STRING, "where the word comes from: who, what, where, when, keyphrase, tag, caption, ..."),
            ("target_type", STRING, "event, place, photo or celebrity"),
            ("target_id", STRING, "id of what is found"),
            ("weight", DOUBLE, "how strongly"),
        ],
    ),
    # derived: what the jobs found out about posts and photos
    _table(
        "training_sentences",
        "sentences that the annotator learns from; labels: 16-bit numbers, one a letter",
        ["sentence_id"],
        [
            ("sentence_id", STRING, "corpus and number"),
            ("corpus", STRING, "gsd, kaist, klue, swapped, news, reviews or movies"),
            ("split", STRING, "train, dev or test; only train is learnt from"),
            ("number", INTEGER, "place in its corpus"),
            ("text", STRING, "the sentence"),
            ("ids", BINARY, "word pieces, 32-bit"),
            ("morphemes", BINARY, "gold morpheme labels; empty for none"),
            ("entities", BINARY, "gold entity labels (BIOES); empty for none"),
            ("classes", BINARY, "gold coarse classes; empty for none"),
            ("silver", BINARY, "morpheme labels by Kiwi"),
            ("senses", BINARY, "Kiwi's numbers of the morphemes, 32-bit"),
            ("names", BINARY, "proper nouns by mecab-ko"),
        ],
    ),
    # result: what people look at
    _table(
        "runs",
        "one row a run of a job",
        ["run_id", "job"],
        [
            ("run_id", STRING, "run"),
            ("job", STRING, "job"),
            ("started_at", TIMESTAMP, "clock of the run"),
            ("seconds", DOUBLE, "duration, seconds"),
            ("rows_in", LONG, "changed rows read"),
            ("rows_out", LONG, "rows inserted, updated or deleted"),
            ("rejected", LONG, "records refused"),
            ("table_versions", MapType(STRING, LONG), "version of every input table when the run read it"),
            ("settings", STRING, "settings that the job used, JSON"),
        ],
    ),
)

# fmt: on

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
