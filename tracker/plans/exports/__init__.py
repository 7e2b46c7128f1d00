"""Plans as files and documents for other programs; no rule."""
