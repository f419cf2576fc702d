"""Problem to graph: layers and lines of formulas become values and operations."""
