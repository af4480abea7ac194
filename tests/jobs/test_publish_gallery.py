"""The gallery: what its pages show, that nothing private gets out, and that only what changed is written again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from jobs import publish_gallery
from jobs.errors import HwaboError
from jobs.lake import Lake
from jobs.settings import Settings
from tests.jobs.small_lake import SmallLake


class Links(HTMLParser):
    """Addresses of a page, and images without a text in their place."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.without_alt: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.addresses += [value for name in ("href", "src") if (value := values.get(name))]
        if tag == "img" and "alt" not in values:
            self.without_alt.append(str(values))


@pytest.fixture(scope="module")
def out(spark: SparkSession, small_lake: SmallLake) -> Path:
    publish_gallery.run(spark, small_lake.settings)
    return Path(small_lake.settings.gallery.out)


def test_every_link_of_every_page_leads_somewhere(out: Path) -> None:
    pages = sorted(out.rglob("*.html"))
    assert [page.relative_to(out).as_posix() for page in pages] == [
        "c/c1.html",
        "c/c2.html",
        "index.html",
        "p/p1.html",
        "p/p2.html",
        "search.html",
    ]
    for page in pages:
        links = Links()
        text = page.read_text(encoding="utf-8")
        links.feed(text)
        for address in links.addresses:
            if address.startswith("https://"):
                continue
            path, _, mark = address.partition("#")
            target = (page.parent / path.partition("?")[0]).resolve() if path else page
            assert target.is_file(), f"{page.name} links to {address}"
            if mark:
                assert f'id="{mark}"' in target.read_text(encoding="utf-8"), f"{page.name} links to {address}"
        assert links.without_alt == []


def test_a_timeline_shows_its_events_in_order_with_captions_reasons_and_what_was_left_out(out: Path) -> None:
    page = (out / "c" / "c1.html").read_text(encoding="utf-8")
    assert page.index('id="e-e2"') < page.index('id="e-e1"')
    for text in (
        "베이지 코트를 입은 윤서아가",
        "선명하고 내용에 맞습니다",
        "같은 사진의 사본입니다",
        "다른 장면",
        "싣지 않은 사진 2장",
        "한빛일보",
    ):
        assert text in page
    assert "2026년 3월 12일 (목) 14:00" in page
    assert "예정" in (out / "c" / "c2.html").read_text(encoding="utf-8")


def test_what_posts_say_is_escaped(out: Path) -> None:
    page = (out / "c" / "c1.html").read_text(encoding="utf-8")
    assert "<b>윤서아</b>" not in page
    assert "&lt;b&gt;윤서아&lt;/b&gt;" in page


def test_a_place_shows_its_topics_in_order(out: Path) -> None:
    page = (out / "p" / "p1.html").read_text(encoding="utf-8")
    assert page.index("음식") < page.index("메뉴판")
    assert page.count('<figure class="shot') == 3


def test_photos_carry_nothing_but_pixels(small_lake: SmallLake, out: Path) -> None:
    files = sorted((out / "photos").rglob("*.jpg"))
    kept, dropped = 2 + 1 + 3, 2  # the menu is kept for its place and dropped for the event
    assert len(files) == 2 * kept + dropped
    for file in files:
        content = file.read_bytes()
        assert b"SECRET" not in content
        assert b"Exif" not in content
        with Image.open(file) as image:
            assert image.size == (240, 320)
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert {file.name[:20] for file in files} == {photo_id[:20] for photos in small_lake.photos.values() for photo_id in photos}


def test_the_search_page_knows_terms_and_targets(out: Path) -> None:
    data = out / "data"
    terms = (data / "terms-all.js").read_text(encoding="utf-8")
    assert re.search(r'"윤서아":"[ceip0-9a-f: ]+"', terms)
    found = (data / "found-all.js").read_text(encoding="utf-8")
    assert "c/c1.html#e-e1" in found
    assert (data / "about.js").read_text(encoding="utf-8").startswith("HWABO.about(")


@pytest.mark.slow  # some runs of the job
def test_a_second_run_writes_nothing_and_a_change_writes_its_pages_only(
    spark: SparkSession, copied_lake: Callable[..., Settings], out: Path
) -> None:
    settings = copied_lake()
    mine = Path(settings.gallery.out)
    shutil.copytree(out, mine)
    (mine / "c" / "left-over.html").write_text("old")
    before = {path: path.stat().st_mtime_ns for path in mine.rglob("*") if path.is_file()}
    lake = Lake(spark, settings.run.lake)
    lake.upsert("place_photos", lake.read("place_photos").where("caption = '메뉴판'").withColumn("caption", F.lit("벽에 걸린 메뉴판")))
    publish_gallery.run(spark, settings)
    changed = {
        path.relative_to(mine).as_posix() for path in mine.rglob("*") if path.is_file() and before.get(path) != path.stat().st_mtime_ns
    }
    assert changed == {"p/p1.html", "data/found-all.js", "assets/state.json"}
    assert not (mine / "c" / "left-over.html").exists()
    assert publish_gallery.run(spark, settings).rows_out == 0


def test_a_gallery_needs_a_folder(spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
    with pytest.raises(HwaboError, match="--out DIR"):
        publish_gallery.run(spark, make_settings())


def test_a_folder_with_other_files_is_left_alone(spark: SparkSession, copied_lake: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / "site" / "data").mkdir(parents=True)
    mine = tmp_path / "site" / "data" / "accounts.csv"
    mine.write_text("mine")
    with pytest.raises(HwaboError, match="holds files that are no gallery"):
        publish_gallery.run(spark, copied_lake(f"gallery.out={tmp_path / 'site'}"))
    assert [path for path in (tmp_path / "site").rglob("*") if path.is_file()] == [mine]


def test_other_templates_and_labels_make_another_gallery() -> None:
    tables, templates, labels = {"events": 3}, {"a.html": "x"}, {"kinds": {"concert": "콘서트"}}
    was = publish_gallery.state_of(tables, templates, labels)
    assert was == publish_gallery.state_of(dict(tables), dict(templates), dict(labels))
    assert publish_gallery.state_of({"events": 4}, templates, labels) != was
    assert publish_gallery.state_of(tables, {"a.html": "y"}, labels) != was
    assert publish_gallery.state_of(tables, templates, {"kinds": {"concert": "공연"}}) != was
