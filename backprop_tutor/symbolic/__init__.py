"""SymPy, and nobody else's business: formulas to expressions and back."""
