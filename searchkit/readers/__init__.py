"""Sources → articles."""

from searchkit.readers.fields import identity_of, record_to_article
from searchkit.readers.reader import read
from searchkit.readers.reading import FORMATS, BadRecord, Reading
from searchkit.readers.sources import files, is_known, shown

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
