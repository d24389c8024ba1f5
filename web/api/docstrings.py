"""A class or function -> its docstring, also where Python was started with -OO, which leaves docstrings out."""

import ast
import inspect
import sys
from collections.abc import Callable
from textwrap import dedent
from typing import Any


def docstring(of: type | Callable[..., Any]) -> str:
    """Return the docstring, its indents taken off; with -OO it is read from the source, and empty where none stands."""
    if sys.flags.optimize < 2:
        return inspect.cleandoc(of.__doc__ or "")
    try:
        source = inspect.getsource(of)
    except OSError:
        return ""
    node = ast.parse(dedent(source)).body[0]
    assert isinstance(node, ast.ClassDef | ast.FunctionDef)
    return ast.get_docstring(node) or ""
