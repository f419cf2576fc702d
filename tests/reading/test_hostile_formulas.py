"""Whatever a stranger types, reading it ends soon, with a formula or with a clear refusal that is safe to print."""

from __future__ import annotations

import ast
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import ends

from backprop_tutor.model.formula import Formula, walk
from backprop_tutor.model.vocabulary import FunctionEntry
from backprop_tutor.reading.formulas import FormulaError, normal_name, read_formula
from backprop_tutor.reading.limits import MAX_NESTING, MAX_PARTS
from backprop_tutor.reading.numbers import read_number

FUNCTIONS = {
    **dict.fromkeys(["exp", "ln", "sin", "cos", "tan", "sqrt", "abs", "sigmoid"], FunctionEntry(1, 1)),
    "max": FunctionEntry(1, None),
    "leaky_relu": FunctionEntry(2, 2),
}
READERS: dict[str, Callable[[str], Formula]] = {
    "with some names": lambda text: read_formula(text, FUNCTIONS, {"x", "y", "n", "e1"}),
    "with any name": lambda text: read_formula(text, FUNCTIONS),
    "without functions": lambda text: read_formula(text, {}, (), vectors=True),
    "as a number": read_number,
}


def hostile_lines() -> list[str]:
    text = (Path(__file__).parents[1] / "data" / "hostile_expressions.txt").read_bytes().decode()
    return [ast.literal_eval(line[3:]) if line.startswith("PY:") else line for line in text.split("\n")]


def assert_reads_or_refuses(read: Callable[[str], Formula], text: str) -> None:
    try:
        tree = read(text)
    except FormulaError as error:
        refusal = error
    else:
        assert len(list(walk(tree))) <= MAX_PARTS
        # Whoever walks a formula by recursion, with a few calls for each level, is safe.
        repr(tree)
        hash(tree)
        return
    assert 0 <= refusal.start <= refusal.end <= len(text)
    assert refusal.start < refusal.end or not text
    assert refusal.message
    for sentence in (refusal.message, refusal.repair, str(refusal)):
        assert len(sentence) <= 200
        for char in sentence:
            assert unicodedata.category(char)[0] not in "CM", f"{char!a} in {sentence!a}"
            assert unicodedata.bidirectional(char) not in ("R", "AL", "AN"), f"{char!a} in {sentence!a}"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", hostile_lines(), ids=lambda text: ascii(text)[:40])
def test_hostile_line_ends_soon_with_a_formula_or_a_refusal(text: str, reader: str) -> None:
    with ends():
        assert_reads_or_refuses(READERS[reader], text)
    name = normal_name(text)
    assert name is None or name.isidentifier()


def test_the_hostile_lines_are_all_there() -> None:
    lines = hostile_lines()
    assert len(lines) > 200
    assert max(map(len, lines)) == 20_000
    assert "x\x1b[2J" in lines


@pytest.mark.parametrize(
    "line",
    [
        '__import__("os").system("id")',
        "x.__class__.__mro__",
        "9**9**9",
        "1e999999999",
        "factorial(10**6)",
        "f(x)",
        "x[0]",
        "lambda",
        "zoo",
        "{{7*7}}",
        "[bold red]1[/]",
        "\\def\\x{\\x}\\x",
        "exp(x, evaluate=False)",
        "x is y",
    ],
)
def test_no_reader_takes_what_is_not_arithmetic(line: str) -> None:
    for name in ("with some names", "without functions", "as a number"):
        with pytest.raises(FormulaError):
            READERS[name](line)


DEEPEST = [
    "(" * MAX_NESTING + "x" + ")" * MAX_NESTING,
    "-(1+1*" * (MAX_NESTING // 2) + "x" + ")" * (MAX_NESTING // 2),
    "1+1*2^-(" * (MAX_NESTING // 3) + "x" + ")" * (MAX_NESTING // 3),
    "1+1*sqrt(" * MAX_NESTING + "x" + ")" * MAX_NESTING,
    "√" * MAX_NESTING + "x",
    "1+2*|" * MAX_NESTING + "x" + "|" * MAX_NESTING,
    "2^-" * MAX_NESTING + "x",
    "2(" * MAX_NESTING + "x" + ")" * MAX_NESTING,
    "e^" * MAX_NESTING + "x",
]


@pytest.mark.parametrize("text", DEEPEST, ids=lambda text: text[:10])
def test_the_deepest_texts_need_little_of_the_stack(text: str) -> None:
    limit = sys.getrecursionlimit()
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + 500)
    try:
        assert_reads_or_refuses(READERS["with any name"], text)
    finally:
        sys.setrecursionlimit(limit)


def test_an_unknown_name_among_very_many_is_refused_soon() -> None:
    names = {f"w{layer}_{unit}" for layer in range(100) for unit in range(1000)}
    with ends():
        for name in ("w0_1000", "x" * 32, "w1_1w1_2"):
            with pytest.raises(FormulaError):
                read_formula(name, FUNCTIONS, names)


def test_a_message_shows_no_control_character_and_is_short() -> None:
    for char in ("\x1b", "\u202e", "\u2066", "\u200b", "\u061c", "\ud800", "\u0301", "א", "\U000e0041", "\u3164"):
        with pytest.raises(FormulaError) as caught:
            read_formula(f"x {char}", FUNCTIONS)
        assert f"U+{ord(char):04X}" in caught.value.message
        assert char not in caught.value.message + caught.value.repair
    error = FormulaError("long " * 1000 + "\u202e", "\x1b" * 1000, 0, 0)
    assert len(error.message) <= 200
    assert len(error.repair) <= 200
    assert "\x1b" not in error.repair


PIECES = [
    *"0123456789.,+-*/^()|xyen_ \t\n",
    *"·×÷−²³⁻₁½√πσθλ１ｘ（＊",
    *[
        "**",
        "1e",
        "2e-3",
        "exp(",
        "max(",
        "sin ",
        "leaky_relu(",
        "e^",
        "pi",
        "0x1",
        "1 000",
        "nan",
        "^-",
        "]",
        "=",
        "%",
    ],
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("(" * 3000)
@example("1/" * 999 + "1")
@example("((((" + "x^64)" * 4 + "^64")
@settings(max_examples=1000, deadline=None)
def test_text_in_the_alphabet_of_formulas(text: str) -> None:
    for reader in READERS.values():
        assert_reads_or_refuses(reader, text)


@given(st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text(text: str) -> None:
    for reader in READERS.values():
        assert_reads_or_refuses(reader, text)
    for where in (f"x{text}", f"2*({text})", f"1{text}2"):
        assert_reads_or_refuses(READERS["with some names"], where)
    name = normal_name(text)
    assert name is None or (name.isascii() and name.isidentifier())


@given(st.characters())
@settings(max_examples=500, deadline=None)
def test_any_character_between_two_names(char: str) -> None:
    assert_reads_or_refuses(READERS["with any name"], f"x{char}y")
    assert_reads_or_refuses(READERS["with any name"], f"2{char}3")
