"""Clothes, hair and faces as values: what a seed stands for, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from jobs.sample.drawing.canvas import Colour, mix, pick, random_of, vary
from jobs.sample.drawing.spec import Look, Person

COLOURS: dict[str, Colour] = {
    "black": (34, 33, 38), "white": (238, 236, 232), "ivory": (232, 222, 200), "beige": (208, 184, 148), "camel": (178, 130, 78),
    "brown": (106, 72, 50), "grey": (140, 142, 146), "charcoal": (72, 74, 80), "navy": (34, 44, 84), "cobalt": (34, 76, 182),
    "sky": (140, 186, 226), "denim": (74, 102, 146), "mint": (146, 212, 190), "green": (38, 116, 74), "khaki": (110, 108, 72),
    "yellow": (238, 200, 72), "orange": (228, 122, 48), "red": (196, 36, 44), "burgundy": (112, 26, 44), "pink": (240, 158, 182),
    "hot_pink": (222, 54, 122), "lavender": (184, 160, 216), "purple": (98, 52, 132),
}  # fmt: skip
_BOTTOM_COLOURS = ("black", "denim", "charcoal", "beige", "white", "navy", "khaki", "grey", "brown")
_SHOE_COLOURS = ("black", "white", "brown", "beige", "charcoal", "red")
_SUIT_COLOURS = ("black", "navy", "charcoal", "grey", "beige", "white", "burgundy", "brown", "green", "lavender", "sky")
_COAT_COLOURS = ("beige", "camel", "black", "charcoal", "navy", "grey", "brown", "ivory", "khaki", "burgundy", "red", "sky")
_TOP_COLOURS = tuple(name for name in COLOURS if name not in ("denim", "charcoal"))
_FEMALE_CUTS = ("dress", "long_dress", "suit", "coat", "hoodie", "blouse_skirt", "knit_pants", "jacket", "mini_skirt")
_MALE_CUTS = ("suit", "coat", "hoodie", "knit_pants", "jacket", "shirt_pants", "tee_pants")
_FEMALE_HAIR = ("long", "wavy", "bob", "ponytail", "bun", "short")
_MALE_HAIR = ("bangs", "swept", "cropped", "medium")
HAIR_COLOURS: dict[str, Colour] = {
    "black": (28, 24, 26), "dark_brown": (56, 38, 30), "brown": (98, 64, 42), "ash": (120, 108, 98), "blond": (208, 176, 122),
    "red": (132, 46, 34), "pink": (218, 138, 160), "silver": (186, 188, 196), "blue": (58, 76, 130),
}  # fmt: skip
_HAIR_WEIGHTS = (0.34, 0.2, 0.17, 0.07, 0.09, 0.05, 0.03, 0.03, 0.02)


@dataclass(frozen=True)
class Outfit:
    """What a look stands for on a given gender. Colours are RGB; lengths are in heads."""

    cut: str
    colour_name: str
    colour: Colour
    second: Colour
    pattern: str
    pattern_size: float
    inner: Colour
    bottom: Colour
    wide_bottom: bool
    shoes: Colour
    heels: bool
    bag: str
    bag_colour: Colour
    hair: str
    hair_name: str
    hair_colour: Colour
    hair_length: float
    bangs: bool
    parting: float
    glasses: bool
    hat: str
    hat_colour: Colour
    earrings: bool
    open_front: bool
    sleeves: str


@dataclass(frozen=True)
class Build:
    """What a person's seed stands for. Sizes are shares of the head's height unless said otherwise."""

    skin: Colour
    width: float
    height: float
    face_width: float
    jaw: float
    eye_size: float
    eye_distance: float
    brow: float
    nose: float
    mouth: float
    lips: Colour
    iris: Colour
    makeup: float
    mole: int


def is_female(person: Person) -> bool:
    """Returns whether the person is drawn as a woman."""
    return person.gender.lower().startswith(("f", "여"))


def outfit_of(look: Look, *, female: bool) -> Outfit:
    """Returns clothes and hair of a look; the same look always gives the same."""
    rng = random_of("look", look.seed, int(female))
    cut = pick(rng, _FEMALE_CUTS if female else _MALE_CUTS)
    names = {"suit": _SUIT_COLOURS, "coat": _COAT_COLOURS}.get(cut, _TOP_COLOURS)
    name = pick(rng, names)
    colour = vary(rng, COLOURS[name], 7)
    plain = 0.8 if cut in ("suit", "coat", "hoodie") else 0.5
    pattern = "plain" if rng.random() < plain else pick(rng, ("stripe", "check", "dots", "wide_stripe", "flower"))
    light = sum(colour) > 420
    second = mix(colour, (20, 20, 30) if light else (245, 240, 232), 0.75) if rng.random() < 0.6 else COLOURS[pick(rng, _TOP_COLOURS)]
    hair_name = list(HAIR_COLOURS)[int(rng.choice(len(HAIR_COLOURS), p=_HAIR_WEIGHTS))]
    hair = pick(rng, _FEMALE_HAIR if female else _MALE_HAIR)
    casual = cut in ("hoodie", "jacket", "tee_pants", "knit_pants")
    return Outfit(
        cut=cut,
        colour_name=name,
        colour=colour,
        second=second,
        pattern=pattern,
        pattern_size=float(rng.uniform(0.16, 0.38)),
        inner=vary(rng, COLOURS[pick(rng, ("white", "black", "ivory", "grey", "sky", "pink", "charcoal"))], 6),
        bottom=vary(rng, COLOURS[pick(rng, _BOTTOM_COLOURS)], 6),
        wide_bottom=bool(rng.random() < 0.4),
        shoes=vary(rng, COLOURS[pick(rng, _SHOE_COLOURS)], 5),
        heels=bool(female and not casual and rng.random() < 0.7),
        bag=pick(rng, ("none", "none", "tote", "cross", "hand") if female else ("none", "none", "none", "cross", "tote")),
        bag_colour=vary(rng, COLOURS[pick(rng, ("black", "brown", "camel", "white", "red", "green", "pink"))], 6),
        hair=hair,
        hair_name=hair_name,
        hair_colour=vary(rng, HAIR_COLOURS[hair_name], 5),
        hair_length=float(rng.uniform(1.3, 2.6)),
        bangs=bool(rng.random() < 0.45),
        parting=float(rng.uniform(-0.35, 0.35)),
        glasses=bool(rng.random() < 0.1),
        hat=pick(rng, ("cap", "beanie", "bucket")) if casual and rng.random() < 0.28 else "none",
        hat_colour=vary(rng, COLOURS[pick(rng, ("black", "white", "navy", "beige", "red", "grey"))], 5),
        earrings=bool(female and rng.random() < 0.6),
        open_front=bool(rng.random() < 0.55),
        sleeves=pick(rng, ("long", "short", "none") if cut in ("dress", "long_dress", "mini_skirt") else ("long", "long", "short")),
    )


def build_of(person: Person) -> Build:
    """Returns body and face of a person."""
    rng = random_of("person", person.seed)
    female = is_female(person)
    tone = float(rng.uniform(0, 1))
    skin = vary(rng, mix((250, 222, 200), (206, 160, 126), tone), 3)
    return Build(
        skin=skin,
        width=float(rng.uniform(0.9, 1.02) if female else rng.uniform(1.0, 1.16)),
        height=float(rng.uniform(7.2, 7.8)),
        face_width=float(rng.uniform(0.66, 0.73) + (0 if female else 0.02)),
        jaw=float(rng.uniform(0.50, 0.66) + (0 if female else 0.08)),
        eye_size=float(rng.uniform(0.085, 0.11) + (0.008 if female else -0.004)),
        eye_distance=float(rng.uniform(0.155, 0.18)),
        brow=float(rng.uniform(0.018, 0.026) + (0 if female else 0.008)),
        nose=float(rng.uniform(0.055, 0.075)),
        mouth=float(rng.uniform(0.11, 0.145)),
        lips=vary(rng, mix((206, 96, 98), (190, 110, 100), float(rng.random())) if female else (186, 118, 106), 6),
        iris=vary(rng, (58, 38, 28), 8),
        makeup=float(rng.uniform(0.3, 1.0) if female else rng.uniform(0, 0.2)),
        mole=max(0, int(rng.integers(-8, 6))),
    )
