"""Strangers' text to data: formulas, numbers, YAML and problem files; nothing here is ever evaluated."""
