"""Numbers as people write them, read exactly: ``0.20`` is 1/5 and remembers its last zero."""

from __future__ import annotations

import re
from fractions import Fraction

from ..model.formula import Number
from .characters import SPACES, fold, fraction_parts
from .formula_error import FormulaError, quoted

MAX_DIGITS = 40
MAX_EXPONENT = 308
_MAX_NUMBER_LENGTH = 200

_LITERAL = re.compile(r"(?P<mantissa>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE](?P<exponent>[+-]?[0-9]+))?")
_OTHER_BASE = re.compile(r"0(?:[xX][0-9a-fA-F]+|[bB][01]+|[oO][0-7]+)(?![A-Za-z_])")
_UNFINISHED = re.compile(r"[eE](?![A-Za-z0-9_])(?!\s*(?:\^|\*\*|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]))")
_FRACTION = re.compile(r"(?P<sign>[+-]?)\s*(?P<numerator>[0-9]+)\s*/\s*(?P<denominator>[0-9]+)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[\s,][0-9]{3})+(?![0-9.])")
_MIXED = re.compile(r"(?P<whole>[0-9]+)\s+(?P<part>[0-9]+\s*/\s*[0-9]+)")
_COMMA = re.compile(r"(?P<before>[0-9]+)\s*,\s*(?P<after>[0-9]+)")


def read_number(text: str) -> Number:
    """A plain number or a fraction of two whole numbers, exactly: ``-2.5``, ``1e-3``, ``3/20``.

    Raises FormulaError for everything else, formulas included.
    """
    if len(text) > _MAX_NUMBER_LENGTH:
        raise FormulaError(
            f"a number of {len(text)} characters is too long", f"Write at most {MAX_DIGITS} digits.", 0, len(text)
        )
    folded = fold(text)
    start = len(folded) - len(folded.lstrip(SPACES))
    body = folded.strip(SPACES)
    end = start + len(body)
    if not body:
        raise FormulaError("there is no number here", "Write a number such as 0.25 or 1/4.", 0, len(text))
    fraction = _FRACTION.fullmatch(body)
    if fraction is not None:
        return _read_fraction(fraction, start)
    sign = body[0] if body[0] in "+-" else ""
    first = end - len(body[len(sign) :].lstrip(SPACES))
    parts = fraction_parts(folded[first]) if first + 1 == end else None
    if parts is not None:
        return _signed(sign, Fraction(*parts), f"{parts[0]}/{parts[1]}")
    if not starts_number(folded, first):
        raise FormulaError(f"{quoted(body)} is not a number", "Write a number such as 0.25, 1e-3 or 1/4.", start, end)
    number, stop = scan_number(folded, first)
    if stop < end:
        refuse_neighbour(folded, first, stop)
        raise FormulaError(
            f"{quoted(body)} is not a plain number", "Write a number such as 0.25, 1e-3 or 1/4.", start, end
        )
    return _signed(sign, number.value, number.written)


def _signed(sign: str, value: Fraction, written: str) -> Number:
    return Number(-value, f"-{written}") if sign == "-" else Number(value, written)


def _read_fraction(fraction: re.Match[str], start: int) -> Number:
    for part in ("numerator", "denominator"):
        scan_number(fraction[part], 0, start + fraction.start(part))
    denominator = int(fraction["denominator"])
    if denominator == 0:
        place = (start + fraction.start("denominator"), start + fraction.end())
        raise FormulaError("the denominator is 0", "Write a denominator other than 0.", *place)
    value = Fraction(int(fraction["numerator"]), denominator)
    return _signed(fraction["sign"], value, f"{fraction['numerator']}/{fraction['denominator']}")


def starts_number(text: str, start: int) -> bool:
    """Whether a number begins at this place of a folded text."""
    return _LITERAL.match(text, start) is not None


def scan_number(text: str, start: int, offset: int = 0) -> tuple[Number, int]:
    """The number without a sign that begins at ``start`` of a folded text, and where it ends.

    Digits and exponent are counted before anything is computed.  ``offset`` is added to the places of errors.
    Raises FormulaError for what looks like a number and is none: ``1_000``, ``0x10``, ``010``, ``1.2.3``, ``2e``.
    """
    literal = _LITERAL.match(text, start)
    assert literal is not None
    end = literal.end()

    def error(message: str, repair: str, stop: int = end) -> FormulaError:
        return FormulaError(message, repair, start + offset, stop + offset)

    mantissa, exponent = literal["mantissa"], literal["exponent"]
    _refuse_bad_ending(text, start, end, exponent is not None, offset)
    digits = sum(char != "." for char in mantissa)
    if digits > MAX_DIGITS:
        raise error(f"a number of {digits} digits is too long", f"Write at most {MAX_DIGITS} digits.")
    if len(mantissa) > 1 and mantissa[0] == "0" and mantissa[1] != ".":
        without = mantissa.lstrip("0")
        without = without if without[:1].isdigit() else f"0{without}"
        raise error(f"{quoted(mantissa)} begins with a zero too many", f"Write {without}.")
    # The exponent may itself have thousands of digits: its length is looked at before its value.
    if exponent is not None and (len(exponent.lstrip("+-0")) > 3 or abs(int(exponent)) > MAX_EXPONENT):
        raise error(_out_of_range(), _range_repair())
    value = Fraction(literal[0])
    if value and not Fraction(1, 10**MAX_EXPONENT) <= value <= 10**MAX_EXPONENT:
        raise error(_out_of_range(), _range_repair())
    return Number(value, literal[0]), end


def _out_of_range() -> str:
    return "this number is beyond what can be computed with"


def _range_repair() -> str:
    return f"Write a number between 1e-{MAX_EXPONENT} and 1e{MAX_EXPONENT}."


def _refuse_bad_ending(text: str, start: int, end: int, scientific: bool, offset: int) -> None:
    """Refuse a number that the text goes on from in a way that numbers do not."""
    literal, after = text[start:end], text[end : end + 1]
    place = (start + offset, min(end + 1, len(text)) + offset)
    other = _OTHER_BASE.match(text, start)
    if other is not None:
        raise FormulaError(
            f"{quoted(other[0])} is not a decimal number",
            "Write the number with the digits 0 to 9 only.",
            start + offset,
            other.end() + offset,
        )
    if after == "_":
        together = re.match(r"[0-9_.]*", text[start:])
        assert together is not None
        repair = f"Write {quoted(together[0].replace('_', ''), 40)}."
        raise FormulaError("an underscore stands inside a number", repair, *place)
    if after == "." and scientific:
        raise FormulaError("the exponent of ten is not a whole number", "Write it without a decimal point.", *place)
    if after == ".":
        raise FormulaError("a number has one decimal point", "Write a number such as 1.25.", *place)
    if literal.endswith(".") and after.isalpha():
        raise FormulaError(
            "a decimal point is followed by a letter", f"Write {quoted(literal[:-1])}*{quoted(after)}.", *place
        )
    if scientific and after.isalpha():
        raise FormulaError(
            f"{quoted(literal)} is followed by a letter", f"Write {quoted(literal)}* before the letter.", *place
        )
    if not scientific and _UNFINISHED.match(text, end):
        raise FormulaError(
            f"{quoted(text[start : end + 1])} has no exponent",
            f"Write {quoted(literal)}*{after}, {quoted(literal)}*exp(1), or an exponent as in {quoted(literal)}e-3.",
            *place,
        )


def refuse_neighbour(text: str, start: int, end: int) -> None:
    """Refuse what people put after a number (``start`` to ``end`` of a folded text): ``1,5``, ``1 000``, ``50%``.

    Returns when none of these follows.
    """
    rest = text[end:].lstrip(SPACES)
    if rest.startswith("%"):
        stop = len(text) - len(rest) + 1
        raise FormulaError("there are no percentages", f"Write {quoted(text[start:end])}/100.", start, stop)
    mixed = _MIXED.match(text, start)
    if mixed is not None:
        repair = f"Write {quoted(mixed['whole'])} + {quoted(mixed['part'])}."
        raise FormulaError("a mixed number could be read as a product", repair, start, mixed.end())
    grouped = _GROUPED.match(text, start)
    # No number begins with a group that is 0: 0,214 can only have a decimal comma.
    if grouped is not None and not grouped[0].startswith("0,"):
        together = re.sub(r"[\s,]", "", grouped[0])
        repair = f"Write {quoted(together, 40)}."
        if "," in grouped[0]:
            repair = f"Write {quoted(together, 40)}, or a decimal point in place of the comma."
        raise FormulaError("digits cannot be grouped", repair, start, grouped.end())
    comma = _COMMA.match(text, start)
    if comma is not None and comma.end("before") == end:
        # Whoever copies the repair must not lose the sign.
        sign = "-" if text[:start].rstrip(SPACES) in {"-", "−"} else ""
        repair = f"Write {sign}{quoted(comma['before'])}.{quoted(comma['after'])}."
        raise FormulaError("a comma is not a decimal point", repair, start, comma.end())
    if rest[:1].isdigit() and rest[:1].isascii():
        raise FormulaError(
            "two numbers stand side by side",
            "Write an operation such as * between them.",
            start,
            len(text) - len(rest) + 1,
        )
