"""Results → JSON's types, in the shapes that the command line promises."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from searchkit.found import OpenWord
from searchkit.results import Hit, Results


def results(found: Results, *, explain: bool = False) -> dict[str, Any]:
    """The document of ``search --json``; with ``explain``, also the plan and where each score comes from."""
    document: dict[str, Any] = {
        "query": found.query.encode("utf-8", "replace").decode(),
        "understood": found.understood,
        "total": {"value": found.total.value, "exact": found.total.exact},
        "took_ms": round(found.took_ms, 3),
        "hits": [hit(each) for each in found],
        "facets": {
            name: [{"value": facet.value, "count": facet.count} for facet in facets]
            for name, facets in found.facets.items()
        },
        "warnings": list(found.warnings),
    }
    if found.partial:
        document["partial"] = True
    if suggestion := found.suggestion:
        document["suggestion"] = suggestion
    if explain:
        document["plan"] = found.plan
        document["open_words"] = [_open_word(each) for each in found.open_words]
        for shown, each in zip(document["hits"], found, strict=True):
            shown["explanation"] = [asdict(part) for part in each.explanation]
    return document


def hit(each: Hit) -> dict[str, Any]:
    """One hit, as ``--json`` and ``--jsonl`` give it. Spans count characters of the snippet's text."""
    return {
        "rank": each.rank,
        "id": each.id,
        "score": round(each.score, 6),
        "headline": each.headline,
        "publication": each.publication,
        "published": each.published and each.published.isoformat(),
        "byline": each.byline,
        "section": each.section,
        "url": each.url,
        "snippets": [
            {
                "field": snippet.field,
                "text": snippet.text,
                "highlights": [list(span) for span in snippet.highlights],
            }
            for snippet in each.snippets
        ],
        "duplicates": [],
    }


def _open_word(each: OpenWord) -> dict[str, Any]:
    named = [{"word": word, "articles": count} for word, count in each.words]
    return {"typed": each.typed, "words": named, "count": each.count, "exact": each.exact}
