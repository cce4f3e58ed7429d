"""Hypothesis draws other examples at every run, but in CI the same ones: a find there would block others."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
