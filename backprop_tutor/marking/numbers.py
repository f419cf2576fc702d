"""The numbers that the answers of a sheet stand for."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..engine.derivations import Derivations
from ..graphs.names import gradient
from ..model.formula import ZERO, Derivative, Formula, Negative, Number, quantity
from ..model.formula import replace as exchange
from ..model.graph import Graph
from ..model.sheet import Answer
from .expressions import reach_of_decimals, reaches, value_at
from .form import check_names
from .precision import Numbers, Precision, precision
from .setting import Setting

EXACT_DIGITS = 12
"""A number that agrees with the right one to so many digits was not rounded by hand."""

ROUNDED_DIGITS = 3
HALF = Fraction(1, 2)


def numbers(
    setting: Setting, answers: Mapping[str, Answer], shown: Precision | None = None
) -> tuple[Numbers, dict[str, str]]:
    """The number of every readable answer to a step that has one, and why the others have none.

    A formula is taken at the learner's own earlier numbers, in the order of the solution.  ``shown`` is how
    precisely what went before is shown to the learner, who had no reason to put in less than that, or None.
    """
    kept = precision(_rounded(setting, answers))
    values: dict[str, Fraction] = {}
    half_units: dict[str, Fraction] = {}
    loose: dict[str, Fraction] = {}
    sheet = Numbers(values, half_units, kept, answers, loose)
    troubles: dict[str, str] = {}
    for name in setting.steps:
        answer = answers.get(name)
        if answer is None or answer.formula is None or name not in setting.truth:
            continue
        value, half_unit = answer.number, answer.half_unit
        if value is None:
            tree = without_paths(answer.formula, setting.graph)
            unknown = check_names(tree, name, setting.formulas[0], allowed=setting.allowed(name))
            found = value_at(setting, tree, {**setting.base, **values}) if unknown is None else None
            if found is None:
                none = "it has no value with the numbers of this sheet"
                troubles[name] = too_early(unknown, name, setting.formulas[0]) if unknown else none
                continue
            value = found
            if shown is not None:
                half_unit, loose[name] = reaches(setting, name, tree, found, sheet, shown)
            else:
                half_unit = reach_of_decimals(setting, tree, found, {**setting.base, **values})
        elif shown is not None and "/" in answer.written:
            half_unit, loose[name] = reaches(setting, name, answer.formula, value, sheet, shown)
        values[name] = value
        truth = setting.truth[name]
        is_exact = abs(value - truth) <= abs(truth) / 10**EXACT_DIGITS
        half_units[name] = Fraction(0) if is_exact else half_unit or _of_whole(answer, value, kept, shown)
    return sheet, troubles


def without_paths(tree: Formula, graph: Graph) -> Formula:
    """The formula with 0 for the derivative of a value by one that it does not depend on."""

    def nothing(part: Formula) -> Formula | None:
        if not isinstance(part, Derivative) or part.of not in graph.values or part.by not in graph.values:
            return None
        return None if _depends(part.of, part.by, graph) else ZERO

    return exchange(tree, nothing)


def _depends(of: str, by: str, graph: Graph) -> bool:
    behind = {of}
    for node in reversed(graph.nodes):
        if not behind.isdisjoint(node.outputs):
            behind.update(node.inputs)
    return by in behind


def too_early(unknown: str, name: str, formulas: Derivations) -> str:
    """Why a formula is no answer to ``name`` that is written in itself, or in what comes after it."""
    if unknown == name:
        return "the very quantity that is to be found stands in this answer: write it in what stands before"
    whole, asked = quantity(unknown), quantity(name)
    if isinstance(whole, Derivative) and isinstance(asked, Derivative) and whole.by == asked.by:
        arriving = gradient(whole.of, asked.of)
        if whole.of != asked.of and arriving in formulas:
            multiplied = f"{unknown} is the whole gradient, with {arriving} multiplied in"
            return f"{multiplied}: asked is the slope of this line alone"
    return f"{unknown} is not known yet at this step: write it in what stands before"


def _rounded(setting: Setting, answers: Mapping[str, Answer]) -> list[tuple[str, Answer]]:
    """The answers that may have been rounded: 0.24 for exactly 0.24 tells nothing of the learner's digits."""
    return [(name, answer) for name, answer in answers.items() if answer.number != setting.truth.get(name)]


def _of_whole(answer: Answer, value: Fraction, kept: Precision, shown: Precision | None) -> Fraction:
    """Half a unit of a whole number, which may have been rounded like the rest: 660, or 1 for 0.99998."""
    is_whole = isinstance(answer.formula, Number | Negative) and value.denominator == 1 and "/" not in answer.written
    if not is_whole:
        return Fraction(0)
    # With as many digits as are asked for on a screen, nobody writes any behind the point: 1927 for 1926.8.
    is_asked = shown is not None and shown.half_unit(value) >= HALF
    return max(kept.half_unit(value), _half_unit_of_zeros(str(abs(value))), HALF if is_asked else Fraction(0))


def _half_unit_of_zeros(digits: str) -> Fraction:
    """Zeros behind three digits or more may stand for digits that were rounded away: 2190 for 2187."""
    significant = digits.rstrip("0")
    zeros = len(digits) - len(significant)
    return Fraction(10**zeros, 2) if zeros and len(significant) >= ROUNDED_DIGITS else Fraction(0)
