"""As bare as can be: opens a Tantivy index, searches, fetches the hits. It imports nothing of searchkit.

``python bare.py FOLDER LIMIT PART…``, where a part is an analysed word, or several for a phrase; ``+`` or
``-`` before it says that it must, or must not, be there.
"""

import sys

import tantivy


def main(folder: str, limit: str, *parts: str) -> None:
    """Writes what is stored of each hit."""
    index = tantivy.Index.open(folder)
    searcher = index.searcher()
    query = tantivy.Query.boolean_query([clause(index.schema, part) for part in parts])
    for _, address in searcher.search(query, int(limit)).hits:
        sys.stdout.write(f"{searcher.doc(address).get_first('article')}\n")


def clause(schema: tantivy.Schema, part: str) -> tuple[tantivy.Occur, tantivy.Query]:
    """A term query or a phrase query, and what it is needed for."""
    needs = {"+": tantivy.Occur.Must, "-": tantivy.Occur.MustNot}
    words = part.lstrip("+-").split()
    if len(words) == 1:
        query = tantivy.Query.term_query(schema, "text", words[0])
    else:
        query = tantivy.Query.phrase_query(schema, "text", words)  # type: ignore[arg-type]  # a list's type
    return needs.get(part[0], tantivy.Occur.Should), query


if __name__ == "__main__":
    main(*sys.argv[1:])
