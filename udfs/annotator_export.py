"""Writes a trained annotator as the ONNX folder that Spark NLP's BertSentenceEmbeddings loads, most of its weights as 8-bit numbers.

The graph is written operator by operator rather than traced, for four reasons: letters come first and sentences second throughout, as
ONNX's LSTM wants them, so that nothing is transposed or gathered between layers; everything that depends on one word piece alone (its
letter, its sounds, whether an eojeol begins) is one table; the tables' layer and the LSTM layers multiply 8-bit numbers (ONNX Runtime's
DynamicQuantizeLSTM), which takes half the time; and a batch is read in groups of sentences of like length, shortest first, so that hardly
any padding is computed, however the caller's batches are mixed.

What a sentence's labels are does not hang on the sentences that are read beside it. DynamicQuantizeLSTM scales what it reads, and its own
state at every step, by the least and the greatest number of a whole batch: so two more units of each direction always say -1 and 1 (the
least and the greatest that a unit can say), two more features always say the least and the greatest that is read, and nothing weighs them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from udfs.annotator_alphabet import INSIDE, PIECES, spelled, vocabulary
from udfs.annotator_labels import MARGIN_STEPS, MARGINS, MORPHEME_LABELS, PACKED, REACH
from udfs.annotator_lexicon import FACTORS, KINDS, LENGTHS
from udfs.annotator_network import AnnotatorNetwork, hashed_grams, piece_syllables

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
HEADS = ("gsd", "ner")
OPSET = 14
GROUP = 16
"""Sentences that the network reads at once: fewer hardly pad less, more no longer fit a core's cache."""
LEAST_AT = -0.7517916
"""Where GELU is least."""
GREATEST = 3.0
"""The greatest number that the LSTM layers read: one in two thousand is greater, and the steps of 8 bits are the finer for it."""
ENDS = 2
"""Units and features that say the ends of a range."""
_SATURATED, _KEPT = 50.0, 100.0  # a gate's input at which it is open to the last bit; a cell at which its unit says 1
ZERO = 128
"""What stands for 0 where 8-bit numbers are stored without sign."""
Array = NDArray[Any]


def export(network: AnnotatorNetwork, folder: Path, *, small: bool = True) -> str:
    """Writes model.onnx and assets/vocab.txt.

    Args:
        network: with the heads gsd and ner.
        folder: is made.
        small: weights as 8-bit numbers; False keeps them as they are, to tell what rounding does.

    Returns:
        SHA-256 of model.onnx.
    """
    import onnx

    (folder / "assets").mkdir(parents=True, exist_ok=True)
    # Spark NLP takes rare syllables apart (NFD) before it looks pieces up; initial and final consonants differ there: none is ambiguous
    pieces = [unicodedata.normalize("NFD", spelled(piece)) for piece in vocabulary()]
    (folder / "assets" / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    model = GraphWriter(network, small=small).model()
    onnx.checker.check_model(model)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    return hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()


class GraphWriter:
    """Collects the operators and weights of one network.

    Args:
        network: what to write.
        small: whether weights become 8-bit numbers.
    """

    def __init__(self, network: AnnotatorNetwork, *, small: bool) -> None:
        self.network, self.small = network, small
        self.weights = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
        self.operators = 0
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def model(self) -> Any:
        """The whole graph: ids and mask (sentences, pieces) -> packed labels (sentences, pieces), 0 from each sentence's [SEP] on."""
        from onnx import TensorProto, helper

        ids = self.op("Min", ["input_ids", self.const(np.int64(PIECES - 1))])
        mask = self.op("Min", ["attention_mask", self.const(np.int64(1))])
        lengths = self.op("ReduceSum", [mask, self.const(np.array([1]))], keepdims=0)
        size = self.op("Shape", [lengths])
        shorter_first = self.op("TopK", [lengths, size], outputs=2, axis=0, largest=0)[1]
        groups = self.op("Div", [self.op("Add", [size, self.const(np.array([GROUP - 1]))]), self.const(np.array([GROUP]))])
        unread = self.op("Mul", ["token_type_ids", self.const(np.int64(0))])  # Spark NLP hands them over, so the graph has to read them
        read = self.op("Loop", [self.op("Squeeze", [groups]), "", unread], body=self.group(ids, lengths, shorter_first))
        self.op("Cast", [self.op("Mul", [read, self.shifted(mask, 1, axis=1)])], to=TensorProto.FLOAT, name="last_hidden_state")
        shape = ["batch", "pieces"]
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in INPUTS]
        output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, shape)
        graph = helper.make_graph(self.nodes, "annotator", inputs, [output], self.constants)
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8, producer_name="hwabo")

    def group(self, ids: str, lengths: str, shorter_first: str) -> Any:
        """The loop's body: reads the next GROUP sentences, as many pieces as the longest of them has, into the table of all labels."""
        from onnx import TensorProto, helper

        outer, self.nodes = self.nodes, []
        first = self.op("Mul", [self.op("Unsqueeze", ["group", self.const([0])]), self.const(np.array([GROUP]))])
        rows = self.op("Slice", [shorter_first, first, self.op("Add", [first, self.const(np.array([GROUP]))]), self.const([0])])
        own = self.op("Gather", [lengths, rows], axis=0)
        longest = self.op("ReduceMax", [own], keepdims=1)
        pieces = self.op("Slice", [self.op("Gather", [ids, rows], axis=0), self.const([0]), longest, self.const([1])])
        own = self.op("Cast", [own], to=TensorProto.INT32)
        pieces = self.op("Transpose", [pieces], perm=[1, 0])
        cells = self.cells(self.op("Shape", [own]))
        lower = self.layer(self.entered(pieces), own, cells, 0)
        understood = self.op("Add", [lower, self.layer(lower, own, cells, 2)])
        packed = self.op("Transpose", [self.labels(understood, pieces)], perm=[1, 0])
        width = self.op("Slice", [self.op("Shape", [ids]), self.const([1]), self.const([2])])
        behind = self.op("Concat", [self.const([0, 0, 0]), self.op("Sub", [width, longest])], axis=0)
        whole = self.op("Pad", [packed, behind])
        self.op("ScatterND", ["read", self.op("Unsqueeze", [rows, self.const([1])]), whole], name="read_on")
        self.op("Identity", ["more"], name="more_on")
        body, self.nodes = self.nodes, outer
        info, table = helper.make_tensor_value_info, ["batch", "pieces"]
        inputs = [info("group", TensorProto.INT64, []), info("more", TensorProto.BOOL, []), info("read", TensorProto.INT64, table)]
        outputs = [info("more_on", TensorProto.BOOL, []), info("read_on", TensorProto.INT64, table)]
        return helper.make_graph(body, "group_of_like_length", inputs, outputs)

    def op(self, kind: str, inputs: list[str], *, outputs: int = 1, name: str = "", domain: str = "", **attributes: Any) -> Any:
        """Adds an operator; returns the name of its output, or a list of names."""
        from onnx import helper

        self.operators += 1
        names = [name or f"{kind}_{self.operators}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def const(self, value: Any) -> str:
        """Adds a constant."""
        from onnx import numpy_helper

        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def piece_table(self) -> Array:
        """What depends on a word piece alone, (PIECES, features): letter, sounds of its syllable, whether an eojeol begins."""
        with torch.no_grad():
            return self.network.piece_features(torch.arange(PIECES)).float().numpy()

    def entered(self, ids: str) -> str:
        """What the first LSTM layer reads, (pieces, sentences, 2 * width + ENDS)."""
        shape = self.network.shape
        neighbours = {0: ids, **{by: self.shifted(ids, by) for by in (-1, 1, 2)}}
        tables = [(self.piece_table(), ids)]
        for name, buckets, factors in hashed_grams(shape):
            place = self.op("Mod", [self.weighted(neighbours, factors), self.const(np.int64(buckets))])
            tables.append((self.weights[f"{name}.weight"], place))
        tables.append((kinds_table(), self.known_words(neighbours)))
        scaled = [(*eight_bits(table), place) if self.small else (table, 1.0, place) for table, place in tables]
        kept: dict[int, str] = {}
        rows = []
        for (table, _), (numbers, _, place) in zip(tables, scaled, strict=True):
            stored = kept.setdefault(id(table), "") or self.const(unsigned(numbers) if self.small else numbers)
            kept[id(table)] = stored
            rows.append(self.op("Gather", [stored, place], axis=0))
        rows[-1] = self.op("Reshape", [rows[-1], self.const(np.array([0, 0, 2 * len(LENGTHS) * len(KINDS)]))])
        joined = self.op("Concat", rows, axis=2)
        weight = np.concatenate([self.weights["enter.weight"], self.weights["words.weight"]], axis=1).T.copy()
        weight = np.concatenate([weight, np.zeros((len(weight), ENDS), np.float32)], axis=1)
        bias = np.concatenate([self.weights["enter.bias"], np.array([LEAST_AT, GREATEST], np.float32)])
        if self.small:
            # the tables' scales go into the weights, so that 8-bit numbers are multiplied with 8-bit numbers
            widths, of_table = [table.shape[1] for table, _ in tables], [scale for _, scale, _ in scaled]
            widths[-1] *= 2 * len(LENGTHS)
            weight *= np.repeat(of_table, widths)[:, None].astype(np.float32)
            columns = np.maximum(np.abs(weight).max(axis=0), 1e-9) / 127
            weight8 = self.const(np.round(weight / columns).astype(np.int8))
            scales = [self.const(np.float32(1)), self.const(columns.astype(np.float32))]
            parts = [joined, weight8, *scales, self.const(np.uint8(ZERO)), "", self.const(bias)]
            x = self.op("MatMulIntegerToFloat", parts, domain="com.microsoft")
            x = self.op("Min", [x, self.const(np.float32(GREATEST))])
        else:
            x = self.op("Add", [self.op("MatMul", [joined, self.const(weight)]), self.const(bias)])
        half = self.op("Erf", [self.op("Div", [x, self.const(np.float32(np.sqrt(2)))])])
        return str(self.op("Mul", [self.op("Mul", [x, self.op("Add", [half, self.const(np.float32(1))])]), self.const(np.float32(0.5))]))

    def known_words(self, neighbours: dict[int, str]) -> str:
        """`AnnotatorNetwork.known_words`: of the words that begin and end at a piece the kinds, (pieces, sentences, 2 * lengths)."""
        from onnx import TensorProto

        first, inside = (self.const(numbers.numpy()) for numbers in piece_syllables())
        total = least = self.op("Gather", [first, neighbours[0]], axis=0)
        begin, end = [], []
        none = self.const(np.int64(0))
        for length, factor in zip(LENGTHS, FACTORS[1:], strict=True):
            ids = neighbours.get(length - 1) or self.shifted(neighbours[0], length - 1)
            syllable = self.op("Gather", [inside, ids], axis=0)
            total = self.op("Add", [total, self.op("Mul", [syllable, self.const(np.int64(factor))])])
            least = self.op("Min", [least, syllable])
            row = self.op("Mod", [total, self.const(np.int64(self.network.shape.lexicon_buckets - 1))])
            row = self.op("Add", [row, self.const(np.int64(1))])
            row = self.op("Where", [self.op("Greater", [least, none]), row, none])
            begin.append(self.op("Unsqueeze", [row, self.const([2])]))
            end.append(self.op("Unsqueeze", [self.shifted(row, 1 - length), self.const([2])]))
        table = self.const(self.network.lexicon.numpy())
        kinds = self.op("Gather", [table, self.op("Concat", begin + end, axis=2)], axis=0)
        return str(self.op("Cast", [kinds], to=TensorProto.INT32))

    def shifted(self, values: str, by: int, *, axis: int = 0) -> str:
        """Each piece's neighbour `by` places on; 0 beyond the ends. Pieces lie along `axis`."""
        first, place, along = self.const([0]), self.const([abs(by)]), self.const([axis])
        ends = self.op("Slice", [values, first, place, along])
        ends = self.op("Sub", [ends, ends])
        if by > 0:
            return str(self.op("Concat", [self.op("Slice", [values, place, self.const([2**31]), along]), ends], axis=axis))
        return str(self.op("Concat", [ends, self.op("Slice", [values, first, self.const([by]), along])], axis=axis))

    def weighted(self, neighbours: dict[int, str], factors: dict[int, int]) -> str:
        """Sum of neighbours times factors."""
        terms = [self.op("Mul", [neighbours[by], self.const(np.int64(factor))]) for by, factor in factors.items()]
        total = terms[0]
        for term in terms[1:]:
            total = self.op("Add", [total, term])
        return str(total)

    def cells(self, size: str) -> str:
        """The LSTM layers' first cells, (2, sentences, units): those of the units that say the ends lie as far out as it takes."""
        units = self.network.shape.width + ENDS
        ends = np.zeros((2, 1, units), dtype=np.float32)
        ends[:, :, -ENDS:] = -_KEPT, _KEPT
        shape = self.op("Concat", [self.const(np.array([2])), size, self.const(np.array([units]))], axis=0)
        return str(self.op("Expand", [self.const(ends), shape]))

    def layer(self, x: str, lengths: str, cells: str, number: int) -> str:
        """A bidirectional LSTM layer, (pieces, sentences, 2 * (width + ENDS)); the last units of each direction say the ends."""
        width = self.network.shape.width
        units = width + ENDS
        directions = [f"layers.{number}", f"layers.{number + 1}"]
        # what is read of units that say ends, and what these read, is nothing: their gates keep the cell and say it
        read = np.stack([with_ends(gates(self.weights[f"{name}.weight_ih_l0"], width), width, twice=number > 0) for name in directions])
        kept = np.stack([with_ends(gates(self.weights[f"{name}.weight_hh_l0"], width), width) for name in directions])
        bias = np.zeros((2, 2, 4, units), dtype=np.float32)
        bias[:, 0, :, width:] = np.array([-_SATURATED, _SATURATED, _SATURATED, 0.0])[:, None]  # gates: input, output, forget, cell
        for direction, name in enumerate(directions):
            for place, part in enumerate(("ih", "hh")):
                bias[direction, place, :, :width] = gates(self.weights[f"{name}.bias_{part}_l0"][:, None], width).reshape(4, width)
        bias = bias.reshape(2, 8 * units)
        settings: dict[str, Any] = {"hidden_size": units, "direction": "bidirectional"}
        if self.small:
            read8, read_scale = eight_bits_by_gate(read)
            kept8, kept_scale = eight_bits_by_gate(kept)
            none = np.zeros(read_scale.shape, dtype=np.int8)
            parts = [x, *(self.const(one) for one in (read8, kept8, bias)), lengths, "", cells, ""]
            parts += [self.const(one) for one in (read_scale, none, kept_scale, none)]
            out = self.op("DynamicQuantizeLSTM", parts, domain="com.microsoft", **settings)
        else:
            out = self.op("LSTM", [x, *(self.const(one) for one in (read, kept, bias)), lengths, "", cells], **settings)
        side_by_side = self.op("Transpose", [out], perm=[0, 2, 1, 3])
        return str(self.op("Reshape", [side_by_side, self.const(np.array([0, 0, 2 * units]))]))

    def labels(self, understood: str, ids: str) -> str:
        """The morpheme label, the two best entity labels and their margin, packed into one number a piece: (pieces, sentences)."""
        from onnx import TensorProto

        # the labels that begin a morpheme first, then those that go on with one, then the entities'
        order = np.concatenate([np.arange(0, MORPHEME_LABELS, 2), np.arange(1, MORPHEME_LABELS, 2)])
        morphemes, entities = (
            (self.weights[f"scores.{head}.weight"][rows], self.weights[f"scores.{head}.bias"][rows])
            for head, rows in zip(HEADS, (order, slice(None)), strict=True)
        )
        weight, bias = (np.concatenate(parts) for parts in zip(morphemes, entities, strict=True))
        weight = unread_ends(weight, self.network.shape.width)
        scores = self.op("Add", [self.op("MatMul", [understood, self.const(weight.T.copy())]), self.const(bias)])
        sizes = [MORPHEME_LABELS // 2, MORPHEME_LABELS // 2, len(entities[1])]
        begins, goes_on, named = self.op("Split", [scores, self.const(np.array(sizes))], outputs=3, axis=2)
        values, labels = self.op("TopK", [named, self.const(np.array([2]))], outputs=2, axis=2)
        (high, low), (first, second) = (
            [self.op("Gather", [pair, self.const(np.int64(place))], axis=2) for place in range(2)] for pair in (values, labels)
        )
        steps = self.op("Floor", [self.op("Mul", [self.op("Sub", [high, low]), self.const(np.float32(MARGIN_STEPS))])])
        margin = self.op("Cast", [self.op("Min", [steps, self.const(np.float32(MARGINS - 1))])], to=TensorProto.INT64)
        parts = [self.morpheme_labels(begins, goes_on, ids), first, second, margin]
        return self.weighted(dict(enumerate(parts)), dict(enumerate(PACKED)))

    def morpheme_labels(self, begins: str, goes_on: str, ids: str) -> str:
        """`udfs.annotator_labels.morpheme_labels` of scores (pieces, sentences, tags), all sentences at once."""
        from onnx import TensorProto

        sums = [self.op("ReduceSum", [self.op("Exp", [part]), self.const([2])]) for part in (goes_on, begins)]  # scores are far below 88
        likelier = self.op("Greater", sums)
        in_eojeol = self.op("GreaterOrEqual", [ids, self.const(np.int64(INSIDE))])
        inside = self.op("And", [likelier, self.op("Unsqueeze", [in_eojeol, self.const([2])])])
        own = self.op("Where", [inside, goes_on, begins])
        next_goes_on = self.shifted(self.op("Cast", [inside], to=TensorProto.FLOAT), 1)
        together = own
        for _ in range(REACH):
            together = self.op("Add", [own, self.op("Mul", [next_goes_on, self.shifted(together, 1)])])
        tag = self.op("ArgMax", [together], axis=2, keepdims=0)
        number = self.op("Squeeze", [self.op("Cast", [inside], to=TensorProto.INT64), self.const([2])])
        return self.weighted({0: tag, 1: number}, {0: 2, 1: 1})


def kinds_table() -> Array:
    """The bits of every byte, (256, kinds), the lowest first."""
    return (np.arange(256)[:, None] >> np.arange(len(KINDS)) & 1).astype(np.float32)


def gates(weight: Array, width: int) -> Array:
    """An LSTM's rows in ONNX's order (input, output, forget, cell); torch has input, forget, cell, output."""
    parts = [weight[number * width : (number + 1) * width] for number in (0, 3, 1, 2)]
    return np.concatenate(parts)


def with_ends(weight: Array, width: int, *, twice: bool = False) -> Array:
    """Weights (4 * width, features) of the four gates with rows and columns of zeros for the units that say ends.

    Args:
        weight: in ONNX's order.
        width: units that learn.
        twice: whether what is read are both directions' units.
    """
    weight = unread_ends(weight, width) if twice else np.concatenate([weight, np.zeros((len(weight), ENDS), weight.dtype)], axis=1)
    by_gate = weight.reshape(4, width, -1)
    silent = np.zeros((4, ENDS, by_gate.shape[2]), weight.dtype)
    gated: Array = np.concatenate([by_gate, silent], axis=1).reshape(4 * (width + ENDS), -1)
    return gated


def unread_ends(weight: Array, width: int) -> Array:
    """Weights (rows, 2 * width) of both directions' units with columns of zeros behind each direction's."""
    silent = np.zeros((len(weight), ENDS), weight.dtype)
    return np.concatenate([weight[:, :width], silent, weight[:, width:], silent], axis=1)


def eight_bits(weight: Array) -> tuple[Array, float]:
    """Numbers between -127 and 127, and what to multiply them with."""
    scale = float(max(np.abs(weight).max(), 1e-6)) / 127
    return np.round(weight / scale).astype(np.int8), scale


def unsigned(numbers: Array) -> Array:
    """8-bit numbers with ZERO for 0: processors multiply unsigned with signed ones faster than signed with signed."""
    return (numbers.astype(np.int16) + ZERO).astype(np.uint8)


def eight_bits_by_gate(weight: Array) -> tuple[Array, Array]:
    """(directions, rows, columns) as 8-bit numbers (directions, columns, rows), and a scale for every row."""
    scale = np.maximum(np.abs(weight).max(axis=2), 1e-6) / 127
    return np.round(weight / scale[:, :, None]).astype(np.int8).transpose(0, 2, 1).copy(), scale.astype(np.float32)
