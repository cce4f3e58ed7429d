"""What queries mean: text → plan, as a golden file that a reader of a change can follow."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

from searchkit.plan import Bool, Boost, Lowering, Phrase, PhrasePrefix, Plan, Prefix, Range, Term, simplify
from searchkit.plan.nodes import All, Nothing
from searchkit.query import parse

GOLDEN = Path(__file__).parents[1] / "golden" / "plans.json"
QUERIES = [
    "", "ferry", "ferry inquiry", "the ferry", "the of", "+ferry inquiry", "ferry -inquiry", "NOT ferry",
    "ferry AND inquiry", "ferry OR inquiry AND captain", "ferry AND NOT inquiry", '"bow door"', '"ferry"',
    "O'Brien", "al-Assad’s", "U.S.", "elections*", "al-Ass*", "headline:elections*", "byline:lu*",
    "headline:(ferry OR boat)", 'publication:"Harbour Gazette"', "extra.desk:Style", "published:2017-12",
    "ferry published:2017-12-11..2018", "ferry OR published:2017-12-11T10:30Z", "published:2017..",
]  # fmt: skip


def shown(plan: Plan) -> str:
    """A plan on one line."""
    match plan:
        case All() | Nothing():
            return type(plan).__name__
        case Term(field=field, term=term):
            return f"{field}:{term}"
        case Phrase(field=field, terms=terms):
            return f'{field}:"{" ".join(terms)}"'
        case Prefix(field=field, prefix=prefix):
            return f"{field}:{prefix}*"
        case PhrasePrefix(field=field, terms=terms, prefix=prefix):
            return f'{field}:"{" ".join(terms)} {prefix}*"'
        case Range(field=field, low=low, high=high):
            return f"{field}:[{low}, {high})"
        case Boost(child=child, factor=factor):
            return f"{shown(child)}^{factor}"
        case Bool():
            groups = zip(
                ("must", "should", "not", "filter"),
                (plan.must, plan.should, plan.must_not, plan.filters),
                strict=True,
            )
            return (
                "("
                + " ".join(f"{name}[{', '.join(map(shown, group))}]" for name, group in groups if group)
                + ")"
            )
    raise AssertionError(plan)


def test_queries_mean_what_they_meant() -> None:
    today = date(2020, 6, 15)
    found = {
        f"{match}: {query}": shown(
            simplify(Lowering(match=match, today=today).query(parse(query, strict=True).query))
        )
        for query in QUERIES
        for match in ("any", "all")
    }
    if os.environ.get("GOLDEN_UPDATE"):
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))
