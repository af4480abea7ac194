"""The grouping of build_events in plain loops over all posts of a celebrity: the oracle of its tests, and an evaluation without Spark."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from jobs.event_kinds import OTHER, OTHER_RULE
from jobs.occasions import CANDIDATES, HOUR, WORDS
from jobs.post_facts import DAY, NOON, PRECISE, TIMED
from jobs.settings import EventSettings
from udfs.occasions import JoinPolicy, Session, join_sessions, likeness, related_places

EPOCH = datetime(1970, 1, 1)
SAID = ("what", "where", "when")


@dataclass(frozen=True)
class Kind:
    """A kind of event: longest pause within one [seconds], and what it is easily taken for."""

    gap: int
    family: str


@dataclass(frozen=True)
class Report:
    """What one post says of one celebrity; times are seconds on the wall."""

    celebrity_id: str
    report_id: str
    published: int
    kind: str | None = None
    place: str | None = None
    precision: str | None = None
    starts: int | None = None
    ends: int | None = None
    words: frozenset[str] = frozenset()


@dataclass
class Event:
    """What the posts of an event agree on."""

    key: str
    kind: str
    family: str
    place: str | None
    hour: int
    last: int
    posts: int
    words: frozenset[str]


def kinds_of(rules: Iterable[Mapping[str, Any]]) -> dict[str, Kind]:
    """Kinds from the entries of conf/event_kinds.yaml."""
    known = {rule["id"]: Kind(round(rule["session_gap_hours"] * HOUR), rule.get("family", rule["id"])) for rule in rules}
    return {**known, OTHER: Kind(round(OTHER_RULE["session_gap_hours"] * HOUR), OTHER)}


# --- what a post says


def reports_of(post: Mapping[str, Any], tags: Sequence[Any], names: Mapping[str, Sequence[str]], settings: EventSettings) -> list[Report]:
    """What a post says of everybody whom it is about.

    Args:
        post: post_id, body, published (naive wall clock).
        tags: rows of text_tags of the post, as objects; missing values are None.
        names: celebrity_id -> name, aliases and groups.
        settings: section `events`.
    """
    about: dict[str, float] = {}
    for tag in tags:
        if tag.kind == "who":
            about[tag.value] = max(tag.score, about.get(tag.value, 0.0))
    people = sorted(name for name, score in about.items() if score >= settings.about)
    words = {tag.value for tag in tags if tag.kind == "keyphrase"}
    published = int((post["published"] - EPOCH).total_seconds())
    found = []
    for name in people:
        said = _own_facts(post, tags, name, settings) if len(people) > 1 else None
        own_words = frozenset(word for word in words if not any(_holds(word, form) for form in names.get(name, ())))
        report = Report(name, post["post_id"], published, words=own_words)
        found.append(replace(report, **(said if said is not None else _post_facts(tags, settings))))
    return found


def _post_facts(tags: Sequence[Any], settings: EventSettings) -> dict[str, Any]:
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    precisions: defaultdict[tuple[str, str], str] = defaultdict(str)
    for tag in tags:
        if tag.is_event and tag.kind in SAID:
            weights[tag.kind, tag.value] += tag.score
            precisions[tag.kind, tag.value] = max(precisions[tag.kind, tag.value], tag.precision or "")
    best = {kind: max(((round(w, 6), v) for (k, v), w in weights.items() if k == kind), default=None) for kind in SAID}
    values = {kind: None if found is None else found[1] for kind, found in best.items()}
    return _facts(values, precisions.get(("when", values["when"] or "")), settings)


def _holds(phrase: str, name: str) -> bool:
    return name in phrase if len(name) > 1 else name in phrase.split(" ")


def _own_facts(post: Mapping[str, Any], tags: Sequence[Any], name: str, settings: EventSettings) -> dict[str, Any] | None:
    def paragraph(tag: Any) -> int:
        return int(post["body"].count("\n", 0, tag.begin)) if tag.field == "body" else -1

    texts = [tag for tag in tags if tag.field != "caption"]
    mine = {paragraph(tag) for tag in texts if tag.kind == "who" and tag.value == name}
    telling = {paragraph(tag) for tag in texts if tag.is_event and tag.kind in ("what", "when")}
    near = [tag for tag in texts if tag.kind in SAID and paragraph(tag) in mine - {-1}]
    leads = [tag for tag in near if tag.kind == "what"] or [tag for tag in near if tag.kind == "when" and tag.precision in PRECISE]
    if not telling or telling & mine or not leads:
        return None
    first = min(map(paragraph, leads))
    here = [tag for tag in near if paragraph(tag) == first]
    best = {
        kind: max((tag for tag in here if tag.kind == kind), key=lambda tag: (round(tag.score, 6), -tag.begin, tag.value), default=None)
        for kind in SAID
    }
    values = {kind: None if tag is None else tag.value for kind, tag in best.items()}
    return _facts(values, None if best["when"] is None else best["when"].precision, settings)


def _facts(values: Mapping[str, str | None], precision: str | None, settings: EventSettings) -> dict[str, Any]:
    starts = ends = None
    time = values["when"]
    if time is not None and precision in PRECISE:
        starts, ends = _seconds(time.split("/")[0]), _seconds(time.split("/")[-1])
        if not 0 <= ends - starts <= settings.longest_days * DAY:
            ends = starts
    precision = None if time is None else precision
    return {"kind": values["what"], "place": values["where"], "precision": precision, "starts": starts, "ends": ends}


def _seconds(time: str) -> int:
    day = (date.fromisoformat(time[:10]) - EPOCH.date()).days * DAY
    return day + (int(time[11:13]) * HOUR + int(time[14:16] or 0) * 60 if len(time) > 10 else NOON)


# --- which posts are about one occasion


def plain_occasions(reports: Sequence[Report], kinds: Mapping[str, Kind], settings: EventSettings) -> dict[tuple[str, str], str]:
    """(celebrity_id, report_id) -> event_key of every report that tells of an event."""
    found = {}
    for name in sorted({report.celebrity_id for report in reports}):
        own = [report for report in reports if report.celebrity_id == name]
        found.update({(name, report_id): key for report_id, key in _of_one(own, kinds, settings).items()})
    return found


def _of_one(reports: Sequence[Report], kinds: Mapping[str, Kind], settings: EventSettings) -> dict[str, str]:
    policy = JoinPolicy(retold_days=settings.retold_days, alike=settings.alike)
    stated = _stated([report for report in reports if report.starts is not None and report.kind in kinds], kinds, policy)
    members: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.report_id in stated:
            members[stated[report.report_id]].append(report)
    events = {key: _summary(key, posts, kinds) for key, posts in members.items()}
    found, alone, unnamed = dict(stated), [], []
    for report in reports:
        recollection = report.precision is not None and report.starts is None
        lonely = report.report_id in stated and events[stated[report.report_id]].posts <= settings.lonely_posts
        asks = lonely or (not recollection and (report.starts is None or report.kind is None))
        if not asks:
            continue
        left = events[stated[report.report_id]] if lonely else None
        family = kinds[report.kind].family if report.kind in kinds else None
        fits = [(_fit(report, family, left, event, settings), event.key) for event in _offered(report, events.values(), settings)]
        best = max(((order, key) for order, key in fits if order is not None), default=None)
        if best is not None:
            found[report.report_id] = best[1]
        elif left is None and report.kind in kinds and report.starts is None:
            alone.append(replace(report, starts=report.published, ends=report.published, precision="day"))
        elif report.kind is None and report.starts is not None and report.place:
            unnamed.append(replace(report, kind=OTHER))
    found.update({report_id: f"published|{key}" for report_id, key in _stated(alone, kinds, policy).items()})
    found.update(_stated(unnamed, kinds, policy))
    return found


def _stated(reports: Sequence[Report], kinds: Mapping[str, Kind], policy: JoinPolicy) -> dict[str, str]:
    # the hour that most posts of one claim state: of claims that differ in their end or place, the one with most posts
    claims = Counter((r.kind or "", r.place or "", r.precision or "", r.starts or 0, r.ends or 0) for r in reports)
    likely: dict[tuple[str, int], tuple[int, int]] = {}
    for (kind, _, precision, starts, _), count in claims.items():
        if precision in TIMED:
            likely[kind, starts // DAY] = max(likely.get((kind, starts // DAY), (0, 0)), (count, -starts))

    def begin(report: Report) -> int:
        starts = report.starts or 0
        best = likely.get((report.kind or "", starts // DAY))
        return starts if report.precision in TIMED or best is None else -best[1]

    session_of: dict[str, str] = {}
    parts: defaultdict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in reports:
        parts[report.kind or "", report.place or ""].append(report)
    sessions = []
    for (kind, place), rows in parts.items():
        run: list[Report] = []
        last = 0
        for report in [*sorted(rows, key=lambda report: (begin(report), report.report_id)), None]:
            if run and (report is None or begin(report) - last > kinds[kind].gap):
                key = f"{kind}|{place}|{begin(run[0]):012d}"
                stating = Counter(begin(each) for each in run if each.precision in TIMED)
                hour = min(stating, key=lambda hour: (-stating[hour], hour)) if stating else None
                sessions.append(
                    Session(
                        key, kind, place, begin(run[0]), last, hour, len(run), kinds[kind].gap, kinds[kind].family,
                        min(each.published for each in run), _frequent(run),
                    )
                )  # fmt: skip
                session_of.update({each.report_id: key for each in run})
                run = []
            if report is not None:
                last = max(last if run else 0, begin(report), report.ends or 0)
                run.append(report)
    event_of = join_sessions(sessions, policy)
    return {report_id: event_of[key] for report_id, key in session_of.items()}


def _frequent(reports: Iterable[Report]) -> frozenset[str]:
    counts = Counter(word for report in reports for word in report.words)
    return frozenset(sorted(counts, key=lambda word: (-counts[word], word))[:WORDS])


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _summary(key: str, posts: Sequence[Report], kinds: Mapping[str, Kind]) -> Event:
    kind = _most(post.kind for post in posts) or ""
    times = [post.starts or 0 for post in posts], [post.ends or 0 for post in posts]
    return Event(key, kind, kinds[kind].family, _most(p.place for p in posts), min(times[0]), max(times[1]), len(posts), _frequent(posts))


def _offered(report: Report, events: Iterable[Event], settings: EventSettings) -> list[Event]:
    """The largest events of the report's day."""
    moment = report.published if report.kind is not None or report.starts is None else report.starts
    before, after = settings.preview_hours * HOUR, settings.follow_up_days * DAY
    near = [event for event in events if (event.hour - before) // DAY <= moment // DAY <= (event.last + after) // DAY]
    return sorted(near, key=lambda event: (-event.posts, event.key))[:CANDIDATES]


def _fit(report: Report, family: str | None, left: Event | None, event: Event, settings: EventSettings) -> tuple[float, ...] | None:
    same = likeness(report.words, event.words)
    since = report.published - event.hour
    recent = -settings.preview_hours * HOUR <= since <= settings.retold_days * DAY
    related = related_places(report.place or "", event.place or "")
    named = any((report.place or "") in word for word in event.words) or any((event.place or "") in word for word in report.words)
    agrees = not report.place or not event.place or related or named
    if left is not None:
        few = left.posts <= JoinPolicy().misread_share * event.posts
        mistaken = recent and family == event.family and few and same >= settings.surely_alike and event.key != left.key
        return (same, event.posts) if mistaken else None
    if report.kind is not None:
        in_time = -settings.preview_hours * HOUR <= since <= settings.follow_up_days * DAY + event.last - event.hour
        same_kind, alike = report.kind == event.kind, same >= settings.alike
        if in_time and agrees and (same_kind or (family == event.family and alike)):
            return same_kind, alike, since >= 0, -abs(since)
        return None
    if report.starts is not None:
        away = 0 if event.hour <= report.starts <= event.last else min(abs(report.starts - event.hour), abs(report.starts - event.last))
        same_hour = report.precision in TIMED and away <= 5400
        same_day = event.hour - DAY // 2 <= report.starts <= event.last + DAY // 2
        fits = same_day and (related or same_hour or same >= settings.alike)
        return (related, int(same * 10), -away) if fits else None
    return (same, -abs(since)) if recent and agrees and same >= settings.surely_alike else None
