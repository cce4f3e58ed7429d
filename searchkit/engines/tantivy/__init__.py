"""The embedded engine, on Tantivy: no server, one folder."""

from searchkit.engines.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
