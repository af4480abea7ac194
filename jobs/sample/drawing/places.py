"""What reviews of places show: menu, rooms, fronts, hairdressers at work and their results, views and landmarks.

Every function takes a generator of the place (the same for all its photos), one of the shot, the size and the persons.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from jobs.sample.drawing.canvas import (
    Colour,
    Pixels,
    Random,
    blend,
    box,
    digits,
    ellipse,
    fill,
    gradient,
    limb,
    mix,
    paint,
    pick,
    random_of,
    spline,
    stroke,
    syllables,
    vary,
)
from jobs.sample.drawing.dishes import food
from jobs.sample.drawing.figure import draw_person, stance_of
from jobs.sample.drawing.looks import HAIR_COLOURS, outfit_of
from jobs.sample.drawing.outlooks import People, landmark, night_view, view, zoomed
from jobs.sample.drawing.scenery import building, sign, sky, tree
from jobs.sample.drawing.spec import Look, Person

_ACCENTS: tuple[Colour, ...] = ((190, 50, 40), (40, 90, 140), (60, 110, 80), (200, 150, 60), (120, 70, 120), (40, 40, 46))


def menu(style: Random, shot: Random, width: int, height: int, _people: People = ()) -> Pixels:
    """A menu board or sheet: rows of writing with prices, a title, now and then small pictures."""
    dark = bool(style.random() < 0.45)
    ground = vary(style, (36, 40, 38) if dark else pick(style, ((246, 240, 226), (252, 252, 250), (232, 214, 184))), 5)
    ink = (240, 238, 228) if dark else (44, 36, 32)
    accent = pick(style, _ACCENTS) if not dark else (244, 206, 110)
    image = np.full((height, width, 3), mix(ground, (110, 80, 56), 0.8), np.uint8)
    left, right, top, bottom = width * 0.06, width * 0.94, height * 0.05, height * 0.95
    blend(image, box(left + 6, top + 10, right + 6, bottom + 8), (0, 0, 0), 0.5, 8)
    fill(image, box(left, top, right, bottom), ground)
    content = random_of("menu", int(style.integers(1 << 30)), int(shot.integers(3)))
    syllables(image, left + width * 0.08, top + height * 0.04, width * 0.1, 4, content, accent, 0.13)
    y = top + height * 0.16
    while y < bottom - height * 0.06:
        if content.random() < 0.16:
            fill(image, box(left + width * 0.05, y, right - width * 0.05, y + height * 0.045), accent)
            syllables(image, left + width * 0.08, y + height * 0.008, height * 0.03, 4, content, ground, 0.13)
            y += height * 0.065
            continue
        size = height * 0.03
        end = syllables(image, left + width * 0.06, y, size, int(content.integers(3, 8)), content, ink, 0.11)
        price = f"{int(content.integers(5, 60)) * 500:,}"
        stroke(image, [(end + 8, y + size * 0.8), (right - width * 0.25, y + size * 0.8)], mix(ink, ground, 0.6), 1)
        digits(image, right - width * 0.22, y + size * 0.05, size * 0.8, price, ink, 0.08)
        y += height * 0.052
    return zoomed(image, shot, width, height, least=0.8)


def interior(style: Random, shot: Random, width: int, height: int, _people: People = ()) -> Pixels:
    """A room in perspective with tables, chairs, lamps, pictures and windows; chairs and mirrors tell kinds apart."""
    rows, columns = 640, 800
    wall = vary(style, pick(style, ((226, 218, 204), (196, 170, 140), (110, 118, 112), (236, 236, 234), (150, 96, 78), (70, 74, 84))), 6)
    ground = vary(style, pick(style, ((140, 104, 74), (176, 150, 120), (120, 120, 122), (92, 70, 54))), 6)
    room = np.zeros((rows, columns, 3), np.uint8)
    x0, y0 = columns * style.uniform(0.18, 0.38), rows * style.uniform(0.16, 0.3)
    x1, y1 = x0 + columns * style.uniform(0.32, 0.5), rows * style.uniform(0.5, 0.64)
    fill(room, box(0, 0, columns, rows), mix(wall, (0, 0, 0), 0.12))
    fill(room, np.asarray([[0, 0], [columns, 0], [x1, y0], [x0, y0]]), mix(wall, (255, 255, 255), 0.5))
    fill(room, np.asarray([[0, rows], [columns, rows], [x1, y1], [x0, y1]]), ground)
    fill(room, box(x0, y0, x1, y1), wall)
    fill(room, np.asarray([[columns, 0], [columns, rows], [x1, y1], [x1, y0]]), mix(wall, (0, 0, 0), 0.22))
    for line in np.linspace(-2.2, 3.2, int(style.integers(10, 30))):
        stroke(
            room,
            [(x0 + (x1 - x0) * (0.5 + (line - 0.5) * 0.42), y1), (columns * (0.5 + (line - 0.5) * 1.3), rows)],
            mix(ground, (0, 0, 0), 0.25),
            1,
        )
    high, low, left, right = rows * style.uniform(0.1, 0.2), rows * style.uniform(0.5, 0.7), 30, x0 - 20
    fill(room, np.asarray([[left, high], [right, y0 + 34], [right, y1 - 40], [left, low]]), (226, 236, 242))
    bars = int(style.integers(2, 5))
    for bar in (number / bars for number in range(1, bars)):
        x = left + (right - left) * bar
        stroke(room, [(x, high + (y0 + 34 - high) * bar), (x, low - (low - y1 + 40) * bar)], (80, 66, 54), 5)
    accent = pick(style, _ACCENTS)
    salon = bool(style.random() < 0.35)
    frames = int(style.integers(1, 6))
    for index in range(frames):
        x, wide, tall = x0 + 14 + index * (x1 - x0 - 14) / frames, (x1 - x0) / frames * style.uniform(0.5, 0.85), style.uniform(50, 110)
        colour = (206, 220, 226) if salon else mix(accent, (255, 255, 255), 0.2 * index)
        fill(room, box(x, y0 + 26, x + wide, y0 + 26 + tall), colour)
        stroke(room, box(x, y0 + 26, x + wide, y0 + 26 + tall), (50, 44, 40), 4)
    for depth in sorted(style.uniform(0.02, 0.85, int(style.integers(2, 5)))):
        for side in (-1, 1):
            aisle = style.uniform(0.09, 0.16)
            x, y, size = columns * 0.5 + side * columns * (aisle + 0.26 * depth), y1 + (rows - y1) * (0.15 + 0.7 * depth), 40 + 90 * depth
            x += shot.normal(0, 0.06) * size  # tables and chairs are moved from day to day
            for chair in (-1 + shot.normal(0, 0.12), 1 + shot.normal(0, 0.12)):
                paint(
                    room,
                    spline(
                        [
                            (x + chair * size * 0.9 - size * 0.2, y - size * 0.7),
                            (x + chair * size * 0.9 + size * 0.2, y - size * 0.7),
                            (x + chair * size * 0.9 + size * 0.22, y + size * 0.2),
                            (x + chair * size * 0.9 - size * 0.22, y + size * 0.2),
                        ],
                        steps=3,
                    ),
                    accent,
                    volume=size * 0.12,
                )
                for leg in (-0.16, 0.16):
                    stroke(
                        room,
                        [(x + chair * size * 0.9 + leg * size, y + size * 0.2), (x + chair * size * 0.9 + leg * size, y + size * 0.7)],
                        (40, 34, 30),
                        size * 0.06,
                    )
            stroke(room, [(x, y), (x, y + size * 0.7)], (46, 40, 36), size * 0.1)
            paint(room, ellipse((x, y), size * 0.8, size * 0.24), mix(ground, (255, 240, 220), 0.4), volume=size * 0.08)
            if not salon:
                paint(room, ellipse((x - size * 0.2, y - size * 0.03), size * 0.16, size * 0.06), (246, 246, 244), volume=3)
    lamps, hanging = int(style.integers(2, 7)), style.uniform(30, 110, 2)
    for lamp in range(lamps):
        x, y = columns * (0.1 + 0.8 * (lamp + 0.5) / lamps), hanging[lamp % 2]
        stroke(room, [(x, 0), (x, y)], (40, 38, 36), 2)
        paint(room, spline([(x - 6, y), (x + 6, y), (x + 26, y + 34), (x - 26, y + 34)]), mix(accent, (40, 36, 32), 0.5), volume=6)
        blend(room, ellipse((x, y + 40), 70, 50), (255, 226, 170), 0.6, 22)
    tree(room, style, columns * style.uniform(0.86, 0.98), y1 + 110, style.uniform(120, 230), (70, 124, 72))
    if style.random() < 0.5:
        room = np.ascontiguousarray(room[:, ::-1])
    return zoomed(room, shot, width, height)


def exterior(style: Random, shot: Random, width: int, height: int, _people: People = ()) -> Pixels:
    """A shop's front: the sign, a door, show windows, brick or plaster, plants, a board on the pavement."""
    rows, columns = 640, 720
    night = bool(style.random() < 0.2)
    front = np.zeros((rows, columns, 3), np.uint8)
    sky(
        front,
        style,
        bottom=0.4,
        top_colour=(24, 26, 56) if night else (104, 158, 222),
        low_colour=(70, 60, 90) if night else (220, 232, 242),
    )
    wall = vary(style, pick(style, ((168, 98, 76), (226, 220, 208), (90, 96, 104), (206, 186, 150), (60, 84, 78))), 6)
    top = rows * style.uniform(0.06, 0.2)
    building(front, style, columns * 0.06, columns * 0.94, top, rows * 0.5, wall, lit=0.5 if night else 0.0)
    fill(front, box(columns * 0.06, rows * 0.44, columns * 0.94, rows * 0.86), mix(wall, (0, 0, 0), 0.2))
    accent = pick(style, _ACCENTS)
    sign(front, style, columns * 0.08, rows * 0.42, columns * 0.84, rows * 0.1, accent)
    glow = (255, 222, 160)
    for left, right in ((0.1, 0.42), (0.6, 0.9)):
        fill(front, box(columns * left, rows * 0.55, columns * right, rows * 0.83), (92, 84, 76))
        blend(front, box(columns * left + 6, rows * 0.56, columns * right - 6, rows * 0.82), glow, 0.75 if night else 0.4, 10)
        for item in range(4):
            x = columns * (left + 0.03 + 0.07 * item)
            paint(front, ellipse((x, rows * 0.78), 16, 26), vary(style, pick(style, _ACCENTS), 20), volume=6)
    fill(front, box(columns * 0.45, rows * 0.54, columns * 0.57, rows * 0.86), mix(accent, (0, 0, 0), 0.35))
    fill(front, box(columns * 0.465, rows * 0.56, columns * 0.555, rows * 0.78), (160, 178, 184))
    fill(front, ellipse((columns * 0.555, rows * 0.72), 5, 5), (230, 200, 110))
    for stripe in range(14):
        x = columns * 0.08 + stripe * columns * 0.06
        fill(
            front,
            np.asarray(
                [
                    [x, rows * 0.52],
                    [x + columns * 0.06, rows * 0.52],
                    [x + columns * 0.052, rows * 0.575],
                    [x - columns * 0.008, rows * 0.575],
                ]
            ),
            accent if stripe % 2 else (246, 244, 238),
        )
    front[int(rows * 0.86) :] = gradient(rows - int(rows * 0.86), columns, (150, 148, 144), (172, 168, 162))
    for x in (columns * 0.07, columns * 0.93):
        paint(front, box(x - 26, rows * 0.84, x + 26, rows * 0.92), (120, 90, 70), volume=8)
        tree(front, style, x, rows * 0.88, 130, (74, 130, 70))
    board = columns * style.uniform(0.2, 0.36)
    fill(front, box(board, rows * 0.8, board + 80, rows * 0.95), (36, 38, 36))
    for row in range(3):
        syllables(front, board + 8, rows * 0.815 + row * 28, 18, 3, style, (240, 238, 220))
    return zoomed(front, shot, width, height, least=0.7)


def _mirror_room(style: Random, width: int, height: int) -> Pixels:
    wall = vary(style, pick(style, ((236, 234, 230), (214, 204, 194), (200, 210, 212), (90, 88, 92))), 5)
    image = gradient(height, width, wall, mix(wall, (0, 0, 0), 0.18))
    x = width * style.uniform(0.05, 0.3)
    fill(image, box(x, height * 0.04, x + width * 0.62, height * 0.5), (190, 206, 214))
    blend(
        image,
        np.asarray(
            [[x, height * 0.5], [x + width * 0.2, height * 0.04], [x + width * 0.36, height * 0.04], [x + width * 0.1, height * 0.5]]
        ),
        (250, 252, 255),
        0.4,
        8,
    )
    for bulb in range(6):
        blend(image, ellipse((x + width * (0.04 + 0.11 * bulb), height * 0.035), width * 0.03, width * 0.03), (255, 250, 226), 1.0, 5)
    fill(image, box(0, height * 0.52, width, height * 0.56), (150, 116, 86))
    for item in range(7):
        left = width * (0.05 + 0.13 * item)
        tall = height * style.uniform(0.06, 0.13)
        paint(
            image,
            box(left, height * 0.52 - tall, left + width * 0.06, height * 0.52),
            vary(style, pick(style, (*_ACCENTS, (240, 240, 236), (220, 180, 190))), 12),
            volume=7,
        )
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 1.6 * width / 480), np.uint8)


def _client(shot: Random, people: People) -> tuple[Person, Look]:
    if people:
        return people[0]
    return Person(int(shot.integers(1 << 30)), "female" if shot.random() < 0.75 else "male"), Look(int(shot.integers(1 << 30)))


def procedure(style: Random, shot: Random, width: int, height: int, people: People = ()) -> Pixels:
    """A hairdresser at work: a client under a cape from behind, hands with scissors, comb, dryer or dye brush."""
    image = _mirror_room(style, width, height)
    person, look = _client(shot, people)
    head = height * shot.uniform(0.25, 0.31)
    x, top = width * shot.uniform(0.42, 0.55), height * shot.uniform(0.14, 0.2)
    stance = stance_of("salon", x, top, head, back=True, shot=shot, jitter=shot, step=0, light=(-0.4, -0.7))
    draw_person(image, person, look, stance, shot, hat=False)
    cape = vary(style, pick(style, ((30, 30, 34), (236, 232, 226), (150, 130, 160), (90, 60, 50))), 5)
    shape = spline(
        [
            (x - head * 0.3, top + head * 1.12),
            (x, top + head * 1.05),
            (x + head * 0.3, top + head * 1.12),
            (x + head * 1.15, top + head * 1.7),
            (x + head * 1.5, height + 60),
            (x - head * 1.5, height + 60),
            (x - head * 1.15, top + head * 1.7),
        ]
    )
    paint(image, shape, cape, volume=head * 0.35, folds=0.08, rng=shot, scale=head / 60)
    hair = top + head * shot.uniform(0.5, 1.0)
    skin = vary(shot, (236, 196, 168), 6)
    side = 1 if shot.random() < 0.5 else -1
    for hand in (-1, 1):
        px, py = x + hand * head * shot.uniform(0.42, 0.62), hair + hand * head * 0.12
        sleeve = vary(style, (36, 36, 40), 6)
        paint(
            image,
            limb([(px + hand * width * 0.5, py + head * 0.9), (px + hand * head * 0.5, py + head * 0.36)], [head * 0.22, head * 0.17]),
            sleeve,
            volume=head * 0.1,
        )
        arm = limb([(px + hand * head * 0.55, py + head * 0.4), (px + hand * head * 0.18, py + head * 0.1)], [head * 0.12, head * 0.13])
        fingers = [
            limb(
                [
                    (px + hand * head * 0.2, py + head * 0.04 * (f - 1.5)),
                    (px - hand * head * 0.1, py + head * 0.09 * (f - 1.5) - head * 0.04),
                ],
                [head * 0.05, head * 0.035],
            )
            for f in range(4)
        ]
        paint(image, [arm, *fingers], skin, volume=head * 0.07)
        if hand != side:
            continue
        tool = int(shot.integers(4))
        tip = (px - hand * head * 0.2, py - head * 0.1)
        if tool == 0:
            for spread in (-0.06, 0.06):
                stroke(
                    image,
                    [(px + hand * head * 0.2, py + spread * 2 * head), (tip[0] - hand * head * 0.2, tip[1] - spread * head)],
                    (206, 210, 216),
                    head * 0.04,
                )
        elif tool == 1:
            stroke(image, [(px, py - head * 0.3), (px - hand * head * 0.06, py + head * 0.3)], (30, 28, 28), head * 0.06)
            for tooth in np.linspace(-0.28, 0.28, 16):
                stroke(image, [(px, py + tooth * head), (px - hand * head * 0.16, py + tooth * head)], (30, 28, 28), 2)
        elif tool == 2:
            paint(
                image,
                limb([(px + hand * head * 0.4, py - head * 0.3), (px - hand * head * 0.1, py - head * 0.22)], [head * 0.2, head * 0.13]),
                vary(shot, pick(shot, _ACCENTS), 8),
                volume=head * 0.1,
            )
        else:
            colour = pick(shot, ((214, 100, 130), (200, 180, 120), (120, 70, 40)))
            blend(
                image,
                spline(
                    [
                        (tip[0] - head * 0.1, tip[1] - head * 0.2),
                        (tip[0] + head * 0.12, tip[1] - head * 0.1),
                        (tip[0] + head * 0.06, tip[1] + head * 0.3),
                        (tip[0] - head * 0.1, tip[1] + head * 0.2),
                    ]
                ),
                colour,
                0.8,
                4,
            )
            stroke(image, [(px, py + head * 0.1), tip], (40, 40, 44), head * 0.05)
    return image


def result(style: Random, shot: Random, width: int, height: int, people: People = ()) -> Pixels:
    """The finished hair from behind or from the side, large and shining, before a plain wall."""
    image = _mirror_room(style, width, height)
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), 6 * width / 480), np.uint8)
    person, look = _client(shot, people)
    head = height * shot.uniform(0.36, 0.46)
    back = bool(shot.random() < 0.6)
    stance = stance_of(
        "result",
        width * shot.uniform(0.44, 0.56),
        height * shot.uniform(0.08, 0.14),
        head,
        back=back,
        shot=shot,
        jitter=shot,
        step=0,
        light=(-0.5, -0.6),
    )
    draw_person(image, person, look, stance, shot, hat=False)
    outfit = outfit_of(look, female=person.gender.lower().startswith("f"))
    shine = mix(HAIR_COLOURS[outfit.hair_name], (255, 250, 240), 0.5)
    for line in np.linspace(-0.25, 0.25, 12) if back else ():
        x = stance.x + line * head
        stroke(
            image,
            spline(
                [(x, stance.top + head * 0.16), (x + line * 14, stance.top + head * 0.26), (x + line * 20, stance.top + head * 0.34)],
                closed=False,
            ),
            mix(shine, outfit.hair_colour, 0.55),
            1,
        )
    return image


PLACE_PICTURES: dict[str, Callable[[Random, Random, int, int, People], Pixels]] = {
    "food": food, "menu": menu, "interior": interior, "exterior": exterior, "procedure": procedure,
    "result": result, "view": view, "landmark": landmark, "night_view": night_view,
}  # fmt: skip
