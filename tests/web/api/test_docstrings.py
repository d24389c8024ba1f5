"""What the API's document says of a class, when Python leaves docstrings out."""

import subprocess
import sys
from pathlib import Path

from corpus.errors import Problem
from web.api.docstrings import docstring

ROOT = Path(__file__).parents[3]
CODE = """
from corpus.errors import Problem
from web.api.docstrings import docstring
print(docstring(Problem), docstring(docstring), sep=chr(10))
"""


def test_descriptions_stand_when_python_leaves_docstrings_out() -> None:
    done = subprocess.run([sys.executable, "-OO", "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [docstring(Problem), docstring(docstring)]
    assert docstring(docstring).startswith("Return the docstring")
