"""What single characters mean in a formula, and how a stranger's characters are shown without harm."""

from __future__ import annotations

import unicodedata

SPACES = " \t\n\r"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
RAISED_MINUS = "⁻"


def _greek_name(letter: str) -> str:
    word = unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda")
    return word.capitalize() if letter.isupper() else word


GREEK = {
    **{letter: _greek_name(letter) for letter in "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"},
    **dict(zip("ϵϑϕϱϰϖ", ("epsilon", "theta", "phi", "rho", "kappa", "pi"), strict=True)),
    **dict(zip("\u00b5\u2206\u2126", ("mu", "Delta", "Omega"), strict=True)),
}
"""Greek letters and their look-alikes among the signs (micro, increment, ohm), with the names that they fold to."""

_FOLDED = {
    **{ord(sign): "*" for sign in "·×⋅∙∗"},
    **{ord(sign): "/" for sign in "÷∕⁄"},
    ord("−"): "-",
    **{ord(space): " " for space in "\u00a0\u2009\u202f\u3000"},
    # The full-width forms of ASCII; they are as wide as one character each, so places stay what they were.
    **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
}

# Letters and signs that print as nothing at all.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def fold(text: str) -> str:
    """The text with the many forms of ``* / -``, spaces and full-width ASCII in one form, character by character.

    The length stays the same, so that places in the folded text are places in the text.
    """
    return text.translate(_FOLDED)


def visible(text: str, limit: int = 200) -> str:
    """The text with nothing in it that could move the cursor, hide or reorder: such characters show as U+202E."""
    shown = "".join(char if is_harmless(char) else f"U+{ord(char):04X}" for char in text[:limit])
    return shown if len(text) <= limit and len(shown) <= limit else shown[: limit - 1] + "…"


def is_harmless(char: str) -> bool:
    """Whether a character prints as itself, in its place: no control, mark, blank or right-to-left letter."""
    if " " <= char <= "~":
        return True
    return (
        char.isprintable()
        and char not in _BLANK
        and not unicodedata.category(char).startswith("M")
        and unicodedata.bidirectional(char) not in ("R", "AL", "AN")
    )


def fraction_parts(char: str) -> tuple[int, int] | None:
    """Numerator and denominator of a character such as ½, else None."""
    numerator, slash, denominator = unicodedata.normalize("NFKC", char).partition("\u2044")
    if slash and numerator.isdecimal() and denominator.isdecimal():
        return int(numerator), int(denominator)
    return None
