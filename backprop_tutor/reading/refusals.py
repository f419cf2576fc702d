"""What is said about characters that do not belong in a formula."""

from __future__ import annotations

import unicodedata

from .characters import fold, is_harmless, visible
from .formula_error import FormulaError

_NO_COMPARISON = ("a formula has no comparisons", "Write it with max, min, abs or step.")
_NO_LOGIC = ("a formula has no logical operations", "Write arithmetic only.")
_NO_QUOTES = ("quotation marks do not belong in a formula", "Leave them out.")
_NO_BRACES = ("braces do not belong in a formula", "Write ( and ) instead.")
_NO_MATRIX = (
    "square brackets do not belong in a formula",
    "Write ( and ) to group; write an indexed name as x1 or x_1.",
)
_NO_DASH = ("this dash is not a minus sign", "Write - instead.")
_NO_SUMS = ("sums and integrals cannot be written with a sign", "Write the terms out with +.")
_NO_LATEX = ("a formula is not written in LaTeX", "Write it plainly, such as sqrt(x), sigmoid(z) or a/b.")
_NO_PRIME = ("a prime does not belong in a formula", "Write the derivative out.")
_NO_RAISED = (
    "only whole numbers can be raised like this",
    "Write the exponent after ^, and layer and indices as in w1_21.",
)

_REFUSED: dict[str, tuple[str, str]] = {
    **dict.fromkeys("<>≤≥≠≈", _NO_COMPARISON),
    **dict.fromkeys("&~∧∨¬", _NO_LOGIC),
    **dict.fromkeys("\"'`“”‘’«»„", _NO_QUOTES),
    **dict.fromkeys("{}", _NO_BRACES),
    **dict.fromkeys("[]", _NO_MATRIX),
    **dict.fromkeys("‐‑‒–—―", _NO_DASH),
    **dict.fromkeys("∑∏∫", _NO_SUMS),
    **dict.fromkeys("\\$", _NO_LATEX),
    **dict.fromkeys("′″", _NO_PRIME),
    **dict.fromkeys("⁽⁾⁺⁻ⁿᵀ", _NO_RAISED),
    "=": ("a formula has no equals sign", "Write only what stands on the right of it."),
    ":": ("a colon does not belong in a formula", "Leave it out; write / to divide."),
    ";": ("a semicolon does not belong in a formula", "Write one formula only."),
    "%": ("there is no % in a formula", "Write /100 for a percentage."),
    "!": ("there are no factorials", "Write the product out."),
    "@": ("there is no @ in a formula", "Write a product with *, or dot(a, b) for two vectors."),
    "?": ("a question mark does not belong in a formula", "Leave it out."),
    "#": ("a comment does not belong in a formula", "Leave it out."),
    ".": ("a dot stands only inside a number", "Write * for a product, and names without a dot."),
    "…": ("the formula is left unfinished", "Write all of it out."),
    "_": ("a name does not begin with _", "Begin it with a letter."),
    "∞": ("infinity is not a number", "Write a large number such as 1e6."),
    "∂": ("a derivative does not belong in a formula", "Write the derivative out."),
    "ᵗ": _NO_RAISED,
}


def refuse_character(text: str, place: int) -> FormulaError:
    """The error for the character at this place of the text, which no formula can contain."""
    char = text[place]
    here = (place, place + 1)
    plain = fold(char)
    if text[place : place + 2] in ("!=", ":="):
        return FormulaError(*(_NO_COMPARISON if plain == "!" else _REFUSED["="]), place, place + 2)
    if plain in _REFUSED:
        return FormulaError(*_REFUSED[plain], *here)
    if not is_harmless(char):
        kind = "a combining mark" if unicodedata.category(char).startswith("M") else "a character"
        if unicodedata.category(char)[0] in "CZ":
            kind = "an invisible character"
        return FormulaError(f"{kind} ({visible(char)}) does not belong in a formula", _plain_repair(char), *here)
    return FormulaError(f"{visible(char)} does not belong in a formula", _plain_repair(char), *here)


def _plain_repair(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return f"Write {digit}."
    plain = unicodedata.normalize("NFKC", char)
    if plain.isascii() and plain.isprintable() and plain.strip():
        return f"Write {plain}."
    if char.isalpha():
        return "Names have the letters A to Z and a to z, Greek letters, digits and _."
    return "Delete it."
