"""Every notebook is Databricks source, thin, and calls a function that exists with arguments that it takes."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.py"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_widgets_one_import_one_call_and_display(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Databricks notebook source\n")
    tree = ast.parse(text)
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert [len(node.names) for node in imports] == [1]
    function = getattr(importlib.import_module(imports[0].module or ""), imports[0].names[0].name)
    widgets = [
        node.args[0].value for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"text", "dropdown"}
        and isinstance(node.args[0], ast.Constant)
    ]  # fmt: skip
    last = tree.body[-1]
    assert isinstance(last, ast.Expr)
    assert ast.unparse(last).startswith(f"display({function.__name__}(spark, ")
    inspect.signature(function).bind("spark", **dict.fromkeys(widgets))


def test_there_is_one_for_every_use() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["build_lake", "evaluate", "places", "search", "timelines"]
