"""One typed value: what is a number and how exactly it was written, what is a formula, and what precedes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..model.formula import Formula, Negative, Number, Power, Quotient, walk
from ..model.sheet import Answer
from ..model.vocabulary import FunctionEntry
from .answer_echo import echo, expanded
from .answer_latex import as_plain, has_latex
from .answer_names import AnswerWords, NameFinder, Resolve, in_plain_names
from .answer_numbers import plain_number
from .characters import SUPERSCRIPTS, fold, is_harmless
from .formula_error import FormulaError, quoted
from .formulas import MAX_LENGTH, read_tokens
from .lexer import cut_into_tokens
from .numbers import MAX_DIGITS
from .refusals import refuse_character

CUT = 200
"""How much is kept of a text that is too long to be read."""

_BLANK = re.compile(r"[_\s]*|\.{2,}|…+|\?+|[-−–—]+")
_EQUALS = re.compile(r"(?<![=<>!:])[=≈≃≅≐](?![=<>])")
_LETTER_TIMES = re.compile(rf"(?<=[0-9.])(?P<before>\s*)[xX](?P<after>\s*10\s*(?:\^|\*\*|[⁻{SUPERSCRIPTS}]))")
_PERCENTAGE = re.compile(r"\s*(?P<number>[+-]?\s*(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))\s*%\s*")
_LOST_POWER = re.compile(r"\s*(?P<number>[+-]?[0-9.]+)\s*\*\s*10(?P<exponent>[+-][0-9]{1,3})\s*")
_LISTED = re.compile(r"[\w\s.+*/^()-]*\w[)\s]*(?:,\s|;)[\w\s.,;+*/^()-]*[\w)]")
_MOST_EQUALS = 10
_SPACED = re.compile(r"\s*[+-]?[0-9.]+(?:\s+[+-]?[0-9.]+)+\s*")
_SIDE = re.compile(r"\s*(?:[^\W\d_]|[∂\\])[\w\s∂\\^(){},/@'′⁽⁾⁰¹²³⁴-⁹]{0,100}\s*")
"""What stands on the left of an equals sign when a value is given a name, in whatever writing."""


@dataclass(frozen=True, slots=True)
class Language:
    """What may be called and named in an answer."""

    functions: Mapping[str, FunctionEntry]
    resolve: Resolve


def is_blank(text: str) -> bool:
    """Whether a text only holds a place: nothing, ``____``, ``…``, ``?`` or a dash."""
    return _BLANK.fullmatch(text.strip()) is not None


def shown_text(text: str) -> str:
    """The text, character by character, with a mark in place of each one that is not safe to print."""
    return "".join(" " if char in "\n\t" else char if is_harmless(char) else "\ufffd" for char in text)


def unreadable(written: str, error: FormulaError) -> Answer:
    """The answer for a text that cannot be read; of a long text, only what surrounds the trouble is kept."""
    start, end = error.start, error.end
    if len(written) > MAX_LENGTH:
        first = max(0, min(start, len(written) - 1) - CUT // 2)
        before = "…" if first else ""
        written = f"{before}{written[first : first + CUT]}…"
        start, end = start - first + len(before), end - first + len(before)
    end = min(end, len(written))
    place = (max(0, min(start, end - 1)), end)
    return Answer(shown_text(written), None, trouble=error.message, repair=error.repair, place=place)


def read_cell(text: str, language: Language) -> Answer | None:
    """One value as typed, None for a blank.  Never raises: see ``Answer`` for what cannot be read."""
    if is_blank(text):
        return None
    try:
        if len(text) > MAX_LENGTH:
            message = f"an answer of {len(text)} characters is too long"
            raise FormulaError(message, f"Write at most {MAX_LENGTH} characters.", 0, len(text))
        return _read_parts(text, language)
    except FormulaError as error:
        return unreadable(text, error)


def last_equals(folded: str) -> int:
    """The place behind the last equals sign outside of brackets, or 0; it may be written ``≈``."""
    parts = _parts(folded)
    return parts[-1][0] if len(parts) > 1 else 0


def _parts(folded: str) -> list[tuple[int, int]]:
    """The text between its equals signs, outside of brackets."""
    depth, start, parts = 0, 0, []
    signs = {match.start() for match in _EQUALS.finditer(folded)}
    if signs:
        for place, char in enumerate(folded):
            depth += (char in "([{") - (char in ")]}")
            if place in signs and depth == 0:
                parts.append((start, place))
                start = place + 1
    return [*parts, (start, len(folded))]


def _read_parts(text: str, language: Language) -> Answer | None:
    """The value of ``z1 = 0.24`` and ``0.5*0.48 ≈ 0.24``: the last part that is a number, else the last part."""
    folded = fold(text)
    parts = _parts(folded)
    if len(parts) > _MOST_EQUALS:
        message = f"{len(parts) - 1} equals signs stand in one answer"
        raise FormulaError(message, "Write the value alone.", parts[0][1], parts[-1][0])
    *before, last = parts
    if before and is_blank(folded[slice(*last)]):
        if len(before) == 1 and _names_something(folded[slice(*before[0])]):
            return None
        raise FormulaError("nothing stands behind the equals sign", "Write the value there.", last[0] - 1, last[0])
    chosen, part = _value(text, last, language), last
    if before and chosen.number is None:
        for earlier in reversed(before):
            value = _number_at(text, earlier, language)
            if value is not None:
                chosen, part = value, earlier
                break
    working = [other for other in before if not is_blank(folded[slice(*other)])]
    if working and _names_something(folded[slice(*working[0])]) and part != working[0]:
        working = working[1:]
    if before:
        _refuse_unsafe(text)
    if working:
        chosen = replace(chosen, read_as=chosen.read_as or shown_text(text[slice(*part)]).strip()[:CUT])
    return chosen


def _number_at(text: str, part: tuple[int, int], language: Language) -> Answer | None:
    try:
        value = _value(text, part, language)
    except FormulaError:
        return None
    return value if value.number is not None else None


def _names_something(part: str) -> bool:
    """Whether the text before an equals sign is a name of whatever kind: it is not looked at any further."""
    return _SIDE.fullmatch(part) is not None


def _refuse_unsafe(text: str) -> None:
    for place, char in enumerate(text):
        if char not in " \n\t" and not is_harmless(char):
            raise refuse_character(text, place)


def _value(text: str, part: tuple[int, int], language: Language) -> Answer:
    """The number or formula that stands in one part of the text.  Raises FormulaError with places in the text."""
    start, end = part
    # Spaces in place of everything else, so that places stay places in the whole text.
    alone = " " * start + text[start:end]
    if not has_latex(alone):
        return _plain_value(alone, start, text, language)
    latex = as_plain(alone, lambda typed: language.resolve(typed) is not None)
    try:
        return _plain_value(latex.text, start, text, language)
    except FormulaError as error:
        raise latex.placed(error) from None


def _plain_value(alone: str, start: int, text: str, language: Language) -> Answer:
    """The value of what stands alone behind a place; ``text`` is all of the answer as it was typed."""
    end = len(alone)
    finder = NameFinder(alone, language.functions, language.resolve)
    times = _LETTER_TIMES.search(finder.folded)
    if times is not None and not (finder.plain("x") or finder.plain("X") or finder.plain("x10")):
        alone = _LETTER_TIMES.sub(r"\g<before>*\g<after>", fold(alone))
        finder = NameFinder(alone, language.functions, language.resolve)
    _refuse_percentage(alone)
    _refuse_lost_power(alone)
    try:
        tokens = cut_into_tokens(alone, finder.at)
        if len(tokens) == 1:
            raise FormulaError("there is no value here", "Write a number such as 0.25 or 1/4.", start, end)
        tree = in_plain_names(read_tokens(alone, tokens, AnswerWords(finder)), finder)
    except FormulaError as error:
        raise _better(error, alone, start) from None
    _refuse_division_by_zero(tree, (start, end))
    answer = plain_number(tree, shown_text(text))
    if answer is not None:
        return answer
    return Answer(shown_text(text), tree, read_as=echo(tree, alone[start:]))


def _better(error: FormulaError, text: str, start: int) -> FormulaError:
    """The same error, with the repair for a list where the text looks like one."""
    body = text[start:].strip()
    end = start + len(text[start:].rstrip())
    start = end - len(body)
    folded = fold(body)
    if "]" in folded and "[" not in folded:
        place = start + folded.index("]")
        return FormulaError("this bracket ] is never opened", "Write [ where the list begins.", place, place + 1)
    if "[" in folded or "(" in folded:
        return error
    if _SPACED.fullmatch(folded) and "grouped" not in error.message:
        message = "several numbers stand side by side"
        return FormulaError(message, f"Write [{quoted(body, 60)}] for a list.", start, end)
    if _LISTED.fullmatch(folded):
        return FormulaError("this looks like a list", f"Write [{quoted(body, 60)}].", start, end)
    return error


def _refuse_percentage(text: str) -> None:
    match = _PERCENTAGE.fullmatch(fold(text))
    if match is not None:
        digits = match["number"].replace(" ", "")
        if len(digits) <= MAX_DIGITS:
            start, end = match.start("number"), len(match[0].rstrip())
            share = expanded(digits, -2)
            raise FormulaError("there are no percentages", f"Write {share}.", start, end)


def _refuse_lost_power(text: str) -> None:
    """Refuse ``2.5×10-3``: what copying leaves of a raised exponent."""
    match = _LOST_POWER.fullmatch(fold(text))
    if match is not None:
        number, exponent = quoted(match["number"]), quoted(match["exponent"])
        repair = f"Write {number}*10^{exponent} for the power, or spaces around {exponent[0]}."
        start, end = match.start("number"), match.end("exponent")
        raise FormulaError("this could be a power of ten or a calculation", repair, start, end)


def _refuse_division_by_zero(tree: Formula, place: tuple[int, int]) -> None:
    for part in walk(tree):
        match part:
            case Quotient(_, Number(value)) if value == 0:
                raise FormulaError("the denominator is 0", "Write a denominator other than 0.", *place)
            case Power(Number(value), Negative(Number())) if value == 0:
                raise FormulaError("this divides by 0", "Write a number other than 0 below the exponent.", *place)
