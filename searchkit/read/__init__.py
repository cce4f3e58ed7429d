"""Sources → articles."""

from searchkit.read.fields import identity_of, record_to_article
from searchkit.read.reader import read
from searchkit.read.reading import FORMATS, BadRecord, Reading
from searchkit.read.sources import files, is_known, shown

__all__ = [
    "FORMATS",
    "BadRecord",
    "Reading",
    "files",
    "identity_of",
    "is_known",
    "read",
    "record_to_article",
    "shown",
]
