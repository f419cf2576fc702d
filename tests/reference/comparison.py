"""Comparing the engine's numbers with floats."""

from __future__ import annotations

from collections.abc import Mapping

RELATIVE = 1e-9


def assert_same(found: Mapping[str, float], wanted: Mapping[str, float], what: str) -> None:
    """Equal to 1e-9; what cancels in floats is measured by the largest number of its kind."""
    noise = 1e-13 * max([1.0, *(abs(value) for value in wanted.values())])
    for name, value in wanted.items():
        assert name in found, f"{what} has no {name}"
        assert abs(found[name] - value) <= RELATIVE * abs(value) + noise, f"{what} {name}: {found[name]} for {value}"


def floats(numbers: Mapping[str, object]) -> dict[str, float]:
    """The engine's numbers as floats."""
    return {name: float(number) for name, number in numbers.items()}  # type: ignore[arg-type]
