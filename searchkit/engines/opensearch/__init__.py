"""The engine for an archive that outgrows a machine: OpenSearch."""

from searchkit.engines.opensearch.address import Address
from searchkit.engines.opensearch.engine import OpenSearchEngine

__all__ = ["Address", "OpenSearchEngine"]
