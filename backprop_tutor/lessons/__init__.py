"""Facts to a lesson: steps in words and formulas, in the order of teaching."""
