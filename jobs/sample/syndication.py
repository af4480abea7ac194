"""Copies of a post as outlets make them: another name at the end, a word changed, a paragraph less."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from jobs.sample import names
from jobs.sample.posts import Post
from jobs.sample.wording import mail, reporter

SWAPS = (
    ("밝혔다", "전했다"),
    ("공개했다", "선보였다"),
    ("참석했다", "자리했다"),
    ("열었다", "개최했다"),
    ("모습을 드러냈다", "등장했다"),
    ("팬들과", "팬과"),
    ("이날 ", ""),
    ("한편 ", ""),
    ("시선을 끌었다", "눈길을 끌었다"),
    ("출국했다", "출국길에 올랐다"),
    ("말했다", "이야기했다"),
    ("열렸다", "개최됐다"),
    ("정말 ", ""),
    ("너무 ", "정말 "),
)
PLAIN_QUOTES = (str.maketrans("‘’", "''"), str.maketrans("“”", '""'))
EXTRA = ("이 소식은 온라인에서도 관심을 모았다.", "관련 사진은 본지 누리집에서 볼 수 있다.", "자세한 내용은 추후 보도될 예정이다.")


def syndicated(original: Post, seed: str, rng: random.Random, *, latest: datetime) -> Post:
    """A copy of `original`, published later on the same day (its relative dates must stay true)."""
    minutes = rng.randint(5, 300)
    last = min(latest, original.published_at.replace(hour=23, minute=58))
    published = max(original.published_at, min(original.published_at + timedelta(minutes=minutes), last))
    paragraphs = list(original.paragraphs)
    if original.service == "news":
        outlet = rng.choice([name for name in names.OUTLETS if name != original.press])
        domain = names.OUTLET_DOMAINS[outlet]
        url, post_id = f"https://{domain}/article/{published:%Y%m%d}/{seed}", f"{domain.split('.')[0]}-{seed}"
        paragraphs = [_resigned(paragraph, original.press, outlet, rng) for paragraph in paragraphs]
    else:
        outlet = rng.choice([name for name in names.BLOGGERS if name != original.press])
        url, post_id = f"https://blog.example/share/{seed}", f"blog-{seed}"
    for before, after in rng.sample(SWAPS, 4):
        paragraphs = [paragraph.replace(before, after, 1) for paragraph in paragraphs]
    if rng.random() < 0.3:
        quotes = rng.choice(PLAIN_QUOTES)
        paragraphs = [paragraph.translate(quotes) for paragraph in paragraphs]
    if len(paragraphs) > 4 and not original.mentions and rng.random() < 0.25:  # never what the truth speaks of
        del paragraphs[rng.randint(2, len(paragraphs) - 2)]
    if rng.random() < 0.15:
        paragraphs.insert(max(1, len(paragraphs) - 1), rng.choice(EXTRA))
    title = original.title
    if rng.random() < 0.5:
        title = (
            title.removeprefix("[포토] ").removeprefix("[현장] ")
            if title.startswith("[")
            else rng.choice(("[종합] ", "[영상] ", "", "")) + title
        )
    if rng.random() < 0.3:
        title = title.replace("…", "... ").translate(PLAIN_QUOTES[0])
    return replace(
        original,
        post_id=post_id,
        url=url,
        title=title,
        paragraphs=paragraphs,
        published_at=published,
        press=outlet,
        photos=list(original.photos),
        id_missing=False,
    )


def _resigned(paragraph: str, before: str, after: str, rng: random.Random) -> str:
    signed = "기자" in paragraph and "@" in paragraph
    if before in paragraph or signed:
        paragraph = paragraph.replace(before, after)
        if signed:
            return f"{after} {reporter(rng)} 기자 {mail(after, rng)}"
    return paragraph
