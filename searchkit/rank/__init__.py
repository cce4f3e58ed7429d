"""Plan → plan, hits → hits."""
