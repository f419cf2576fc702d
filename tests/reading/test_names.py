"""Names: what may be one, and its plain form."""

from __future__ import annotations

import pytest

from backprop_tutor.reading.names import is_name, nearest, normal_name


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("x", "x"),
        ("w1_21", "w1_21"),
        ("θ", "theta"),
        ("λ_1", "lambda_1"),
        ("ϵ", "epsilon"),
        ("Δ", "Delta"),
        ("\u00b5", "mu"),
        ("x₁₂", "x12"),
        ("w_σ", "w_sigma"),
        ("ｘ１", "x1"),
        ("x²", None),
        ("λx", None),
        ("xλ", None),
        ("1x", None),
        ("_x", None),
        ("", None),
        ("x y", None),
        ("x\n", None),
        ("é", None),
        ("ſ", None),
        ("x\u0301", None),
        ("𝑥", None),
        ("x-1", None),
        ("x" * 33, None),
    ],
)
def test_normal_name(typed: str, plain: str | None) -> None:
    assert normal_name(typed) == plain
    assert is_name(typed) == (typed == plain)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("sigmod", "sigmoid"), ("Sigmoid", "sigmoid"), ("X", "x"), ("tetha", "theta"), ("w1_22", "w1_2"), ("qqq", None)],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, ["x", "y", "theta", "sigmoid", "w1_2"]) == meant
