"""A lesson as something to look at: one format, one file; no writer knows an operation by name."""
