"""Variants: the same problem with other numbers, drawn from a seed and certified to show every wrong idea."""
