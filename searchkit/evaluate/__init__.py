"""Queries, judgements and runs → measures, comparisons, tuned profiles."""
