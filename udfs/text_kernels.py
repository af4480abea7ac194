"""The inner loops of text copies over code points: folding, shingle hashes, signatures, bands, anchors, exact overlap.

They compute what `udfs.copy_text` and the tests' plain MinHash define on strings (the tests hold them against each other), one text after
the other, so that a text's shingles stay in the processor's nearest cache through all permutations. Winnowing (the anchors of containment)
is Schleimer, Wilkerson and Aiken's (SIGMOD 2003).
"""

import numpy as np
from numpy.typing import NDArray

from udfs.compiled import compiled

Bytes = NDArray[np.uint8]
Codes = NDArray[np.uint32]
Words = NDArray[np.uint64]
Halves = NDArray[np.uint32]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

ALWAYS, PERHAPS, BLANK, TITLE, CREDIT, RIGHTS = 1, 2, 3, 4, 5, 6  # kinds of characters, see `copy_text.character_kinds`
SHORT_WINDOW = 12  # characters up to which windows are added up term by term


@compiled
def _decoded(content: Bytes, at: int) -> tuple[np.uint32, int]:
    """The code point whose UTF-8 bytes begin at a place, and the place behind it."""
    first = content[at]
    if first < 0x80:
        return np.uint32(first), at + 1
    if first < 0xE0:
        return np.uint32((first & 0x1F) << 6 | (content[at + 1] & 0x3F)), at + 2
    if first < 0xF0:
        return np.uint32((np.uint32(first & 0x0F) << 12) | (np.uint32(content[at + 1] & 0x3F) << 6) | (content[at + 2] & 0x3F)), at + 3
    return (
        np.uint32(
            (np.uint32(first & 0x07) << 18)
            | (np.uint32(content[at + 1] & 0x3F) << 12)
            | (np.uint32(content[at + 2] & 0x3F) << 6)
            | (content[at + 3] & 0x3F)
        ),
        at + 4,
    )


@compiled
def _blank(code: np.uint32) -> bool:
    return bool(code == 0x20 or 0x09 <= code <= 0x0D or 0x1C <= code <= 0x1F)


@compiled
def _ends_title(content: Bytes, at: int, end: int) -> bool:
    """Whether what follows a reporter's title lets `copy_text.REPORTER` match: nothing, a blank or one of `=([/,.<`."""
    if at >= end:
        return True
    code, _ = _decoded(content, at)
    return bool(_blank(code) or code in (0x3D, 0x28, 0x5B, 0x2F, 0x2C, 0x2E, 0x3C))


@compiled
def _begins_credit(content: Bytes, at: int, end: int) -> bool:
    """Whether what follows the word for photo or film lets `copy_text.CREDIT` match: 제(공) or one of = : ㅣ | /, perhaps behind blanks."""
    for _ in range(3):
        if at >= end:
            return False
        code, at = _decoded(content, at)
        if code == 0xC81C or code == 0x3D or code == 0x3A or code == 0x3163 or code == 0x7C or code == 0x2F:
            return True
        if not _blank(code):
            return False
    return False


@compiled
def fold(
    content: Bytes,
    begins: Integers,
    finishes: Integers,
    before: Codes,
    kinds: Bytes,
    codes: Codes,
    starts: Integers,
    ends: Integers,
    odd: Flags,
) -> int:
    """Decodes UTF-8 texts, joins their white space, and finds those that need `copy_text.normalise`.

    Args:
        content: UTF-8 bytes of texts.
        begins: Where each text's bytes begin.
        finishes: Where they end.
        before: For each character below 65,536 the character before it that makes it telling, or 0.
        kinds: For each character below 65,536 whether it is ALWAYS telling, PERHAPS (with what is before it), BLANK, (0) never, or ends a
            word that is telling with what stands around it: a reporter's TITLE, a photo's CREDIT, the RIGHTS reserved.
        codes: Result: code points of all texts; as long as their bytes.
        starts: Result: where each text begins in `codes`.
        ends: Result: where each text ends in `codes`.
        odd: Result: whether the text needs more than its white space joined; its code points are then of no use.

    Returns:
        Code points written.
    """
    place = 0
    for number in range(len(begins)):
        at, end = begins[number], finishes[number]
        starts[number] = place
        earlier, previous, blank, telling = np.uint32(0), np.uint32(10), True, False
        while at < end:
            code, at = _decoded(content, at)
            kind = kinds[code] if code < 0x10000 else np.uint8(0 if 0x1F000 <= code < 0x1FB00 else 1)  # pictograms are left alone
            if kind == 3:
                if not blank:
                    codes[place] = 0x20
                    place += 1
                blank = True
            else:
                if kind == 1 or (kind != 0 and before[code] == previous and (
                    kind == 2
                    or (kind == 4 and _ends_title(content, at, end))
                    or (kind == 5 and _begins_credit(content, at, end))
                    or (kind == 6 and (earlier == 0xB2E8 or _blank(earlier)))
                )) or (kind == 2 and previous == 10 and (code == 0x5B or code == 0x28)):  # fmt: skip
                    telling = True
                    break
                codes[place] = code
                place += 1
                blank = False
            earlier, previous = previous, code
        if blank and place > starts[number]:
            place -= 1
        odd[number] = telling
        if telling:
            place = starts[number]
        ends[number] = place
    return place


@compiled
def _spread(value: np.uint64) -> np.uint64:
    value = value ^ (value >> np.uint64(30))
    value = value * np.uint64(0xBF58476D1CE4E5B9)
    value = value ^ (value >> np.uint64(27))
    value = value * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@compiled
def _windows(codes: Codes, start: int, end: int, size: int, out: Words) -> int:
    """64-bit hashes of all windows of a text (padded to one), repeats included; returns their number.

    Short windows are added up term by term over the whole text, which the processor does for several windows at once; for long ones each
    window follows from the one before it.
    """
    odd = np.uint64(0x9E3779B97F4A7C15)
    count = max(1, end - start - size + 1)
    if size <= SHORT_WINDOW and end - start >= size:
        out[:count] = 0
        for step in range(size):
            ahead = codes[start + step : start + step + count]
            for place in range(count):
                out[place] = out[place] * odd + np.uint64(ahead[place])
    else:
        value, leaving = np.uint64(0), np.uint64(1)
        for step in range(size):
            value = value * odd + (np.uint64(codes[start + step]) if start + step < end else np.uint64(0))
        for _ in range(size - 1):
            leaving = leaving * odd
        out[0] = value
        for step in range(1, count):
            value = (value - np.uint64(codes[start + step - 1]) * leaving) * odd + np.uint64(codes[start + step + size - 1])
            out[step] = value
    for place in range(count):
        out[place] = _spread(out[place] * odd)
    return count


@compiled
def bands(codes: Codes, starts: Integers, ends: Integers, shingle: int, multipliers: Halves, number: int, rows: int) -> Words:
    """One 64-bit hash a band, which holds the band's number too, of MinHash signatures of texts: shape (texts, number).

    The innermost loops run over permutations, not over windows: as many lanes of the processor's vectors are filled however short a text
    is, and nothing is left to be found among the lanes of a vector. Four windows at once spare three of four looks at the minima.
    """
    longest = 1
    for text in range(len(starts)):
        longest = max(longest, ends[text] - starts[text])
    hashes, result = np.empty(longest, dtype=np.uint64), np.empty((len(starts), number), dtype=np.uint64)
    factors = np.ascontiguousarray(multipliers[: number * rows].reshape(number, rows).T).ravel()  # the first of all bands, the second ...
    lowest, totals = np.empty(number * rows, dtype=np.uint32), np.empty(number, dtype=np.uint64)
    odd = np.uint64(0x9E3779B97F4A7C15)
    for text in range(len(starts)):
        count = _windows(codes, starts[text], ends[text], shingle, hashes)
        lowest[:] = np.uint32(0xFFFFFFFF)
        fours = count - count % 4
        for place in range(0, fours, 4):
            first, second = np.uint32(hashes[place] >> np.uint64(32)), np.uint32(hashes[place + 1] >> np.uint64(32))
            third, fourth = np.uint32(hashes[place + 2] >> np.uint64(32)), np.uint32(hashes[place + 3] >> np.uint64(32))
            for row in range(len(factors)):
                factor = factors[row]
                one = min(np.uint32(first * factor), np.uint32(second * factor))
                other = min(np.uint32(third * factor), np.uint32(fourth * factor))
                lowest[row] = min(lowest[row], min(one, other))
        for place in range(fours, count):
            short = np.uint32(hashes[place] >> np.uint64(32))
            for row in range(len(factors)):
                lowest[row] = min(lowest[row], np.uint32(short * factors[row]))
        for band in range(number):
            totals[band] = np.uint64(band + 1) * odd
        for row in range(rows):
            found = lowest[row * number : (row + 1) * number]
            for band in range(number):
                totals[band] = _spread(totals[band] + np.uint64(found[band]))
        result[text] = totals
    return result


@compiled
def anchors(codes: Codes, starts: Integers, ends: Integers, length: int, window: int) -> tuple[Words, Integers]:
    """Fingerprints of texts (the smallest hash of every window), each once, and whose each is; all texts have `length` characters."""
    longest, total = 1, 1
    for text in range(len(starts)):
        longest = max(longest, ends[text] - starts[text])
        total += max(1, ends[text] - starts[text] - length - window + 2)
    hashes, waiting = np.empty(longest, dtype=np.uint64), np.empty(longest, dtype=np.int64)
    values, owners = np.empty(total, dtype=np.uint64), np.empty(total, dtype=np.int64)
    found = 0
    for text in range(len(starts)):
        count = _windows(codes, starts[text], ends[text], length, hashes)
        span = min(window, count)
        first, last, begin = 0, 0, found  # places whose hashes grow, in `waiting[first:last]`: its head is the window's smallest
        for place in range(count):
            while last > first and hashes[waiting[last - 1]] >= hashes[place]:
                last -= 1
            waiting[last] = place
            last += 1
            if waiting[first] <= place - span:
                first += 1
            if place >= span - 1:
                lowest, known = hashes[waiting[first]], False
                for other in range(found - 1, begin - 1, -1):
                    if values[other] == lowest:
                        known = True
                        break
                if not known:
                    values[found], owners[found] = lowest, text
                    found += 1
    return values[:found].copy(), owners[:found].copy()


@compiled
def _slot(value: np.uint64, table: Words, marks: Integers, mask: np.uint64, oldest: int) -> np.uint64:
    """Where a hash table holds a value, or the empty place (marked below `oldest`) where it would."""
    at = value & mask
    while marks[at] >= oldest and table[at] != value:
        at = (at + np.uint64(1)) & mask
    return at


@compiled
def overlaps(
    codes: Codes, starts: Integers, ends: Integers, left: Integers, right: Integers, shingle: int
) -> tuple[Integers, Integers, Integers]:
    """Sizes of the shingle sets of pairs of texts: common, left, right.

    Args:
        codes: Code points of all texts.
        starts: Where each text begins.
        ends: Where each text ends.
        left: Number of each pair's first text.
        right: Number of each pair's second text.
        shingle: Code points in a shingle.
    """
    longest = 1
    for text in range(len(starts)):
        longest = max(longest, ends[text] - starts[text])
    hashes = np.empty(longest, dtype=np.uint64)
    size = 4
    while size < 4 * longest:
        size *= 2
    table, marks, mask = np.empty(size, dtype=np.uint64), np.zeros(size, dtype=np.int64), np.uint64(size - 1)
    result = np.zeros((3, len(left)), dtype=np.int64)
    for pair in range(len(left)):
        ours = 3 * pair + 1  # a place of the table is empty below this mark; +1: in the second only; +2: in both
        common, first, second = 0, 0, 0
        count = _windows(codes, starts[left[pair]], ends[left[pair]], shingle, hashes)
        for place in range(count):
            at = _slot(hashes[place], table, marks, mask, ours)
            if marks[at] < ours:
                table[at], marks[at] = hashes[place], ours
                first += 1
        count = _windows(codes, starts[right[pair]], ends[right[pair]], shingle, hashes)
        for place in range(count):
            at = _slot(hashes[place], table, marks, mask, ours)
            if marks[at] < ours:
                table[at], marks[at] = hashes[place], ours + 1
                second += 1
            elif marks[at] == ours:
                marks[at] = ours + 2
                common += 1
                second += 1
        result[0, pair], result[1, pair], result[2, pair] = common, first, second
    return result[0], result[1], result[2]
