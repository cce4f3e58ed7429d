"""The command line: each command builds a request, calls the index and renders what comes back."""

from searchkit.cli import about, background, changing, evaluating, indexing, searching
from searchkit.cli.app import app, main

__all__ = ["about", "app", "background", "changing", "evaluating", "indexing", "main", "searching"]
