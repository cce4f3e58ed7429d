"""What the reader said."""
