"""The command line: each command builds a request, calls the index and renders what comes back."""

from searchkit.cli.app import app, load, main

__all__ = ["app", "load", "main"]
