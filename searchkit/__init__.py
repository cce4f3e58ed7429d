"""Full-text search for newspaper archives."""
