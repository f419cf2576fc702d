"""Plain names: what every quantity of a network can be called at the keyboard, whatever the notation."""

from __future__ import annotations


def unit(letter: str, layer: int, j: int) -> str:
    """``z1_2``: unit 2 of layer 1; also ``b1_2`` and ``a1_2``."""
    return f"{letter}{layer}_{j}"


def weight(layer: int, j: int, i: int, wide: bool) -> str:
    """``w1_21``: layer 1, into unit 2, from unit 1; ``w1_2_11`` where a layer has ten units or more."""
    return f"w{layer}_{j}_{i}" if wide else f"w{layer}_{j}{i}"


def numbered(letter: str, index: int, count: int) -> str:
    """``yhat`` alone, ``yhat1`` … when there are several."""
    return letter if count == 1 else f"{letter}{index}"


def gradient(of: str, by: str) -> str:
    """``dL/dw1_21``."""
    return f"d{of}/d{by}"


def updated(name: str) -> str:
    """``new_w1_21``."""
    return f"new_{name}"
