"""SymPy, and nobody else's business: formulas to expressions and back."""

SYMPY_FAILURES = (ValueError, TypeError, RecursionError, NotImplementedError, AttributeError)
"""What SymPy raises of itself for comparisons and powers that it cannot make sense of."""
