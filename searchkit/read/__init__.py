"""Sources → articles."""
