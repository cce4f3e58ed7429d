"""What queries mean: text → plan, as a golden file that a reader of a change can follow."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

from searchkit.plan import Lowering, simplify
from searchkit.plan.show import show
from searchkit.query import parse

GOLDEN = Path(__file__).parents[1] / "golden" / "plans.json"
QUERIES = [
    "", "ferry", "ferry inquiry", "the ferry", "the of", "+ferry inquiry", "ferry -inquiry", "NOT ferry",
    "ferry AND inquiry", "ferry OR inquiry AND captain", "ferry AND NOT inquiry", '"bow door"', '"ferry"',
    "O'Brien", "al-Assad’s", "U.S.", "elections*", "al-Ass*", "headline:elections*", "byline:lu*",
    "headline:(ferry OR boat)", 'publication:"Harbour Gazette"', "extra.desk:Style", "published:2017-12",
    "ferry published:2017-12-11..2018", "ferry OR published:2017-12-11T10:30Z", "published:2017..",
    "dam w/3 vote", "dam pre/4 vote", "dam w/2 dam", "dam w/s vote", "(dam OR weir) w/3 vote", '"hallow dam" w/3 vote',
    "dam NOT w/5 vote", "atleast2(dam)", "atleast3(dam)", "first/50(dam)", "wom?n", "*gate", "putin~1", '"dam vote"~2',
    '"hallow dam vote"~2', '"rebel held*"', "dam^2 vote", "exists:byline", "words:>1200", "page:2..3", "headline(dam)",
]  # fmt: skip


def test_queries_mean_what_they_meant() -> None:
    today = date(2020, 6, 15)
    found = {
        f"{match}: {query}": show(
            simplify(Lowering(match=match, today=today).query(parse(query, strict=True).query))
        )
        for query in QUERIES
        for match in ("any", "all")
    }
    if os.environ.get("GOLDEN_UPDATE"):
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))
