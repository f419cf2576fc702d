"""The numbers that the answers of a sheet stand for."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..engine.derivations import leaves
from ..engine.reckoning import Reckoning
from ..errors import UndefinedValueError
from ..model.formula import ZERO, Derivative, Formula, Negative, Number
from ..model.formula import replace as exchange
from ..model.graph import Graph
from ..model.sheet import Answer
from .form import check_names
from .judging import Sheet
from .precision import Precision, precision
from .sampling import local_slope
from .setting import Setting, rational

EXACT_DIGITS = 12
"""A number that agrees with the right one to so many digits was not rounded by hand."""

ROUNDED_DIGITS = 3


def numbers(setting: Setting, answers: Mapping[str, Answer]) -> tuple[Sheet, dict[str, str]]:
    """The number of every readable answer to a step that has one, and why the others have none.

    A formula is taken at the learner's own earlier numbers, in the order of the solution.
    """
    kept = precision(answers.items())
    values: dict[str, Fraction] = {}
    half_units: dict[str, Fraction] = {}
    troubles: dict[str, str] = {}
    for name in setting.steps:
        answer = answers.get(name)
        if answer is None or answer.formula is None or name not in setting.truth:
            continue
        value = answer.number
        if value is None:
            tree = without_paths(answer.formula, setting.graph)
            unknown = check_names(tree, name, setting.formulas[0], tuple(setting.steps))
            found = _at(setting, tree, {**setting.base, **values}) if unknown is None else None
            if found is None:
                troubles[name] = too_early(unknown) if unknown else "it has no value with the numbers of this sheet"
                continue
            value = found
        values[name] = value
        truth = setting.truth[name]
        is_exact = abs(value - truth) <= abs(truth) / 10**EXACT_DIGITS
        half_units[name] = Fraction(0) if is_exact else _half_unit(answer, value, kept)
    return Sheet(values, half_units, kept, answers), troubles


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


def too_early(unknown: str) -> str:
    """Why a formula is no answer that is written in what is asked for, or in what comes after it."""
    return f"{unknown} is not known yet at this step: write it in what stands before"


def _half_unit(answer: Answer, value: Fraction, kept: Precision) -> Fraction:
    """Half a unit of the last place; a whole number may have been rounded like the rest: 660, or 1 for 0.99998."""
    is_whole = isinstance(answer.formula, Number | Negative) and value.denominator == 1 and "/" not in answer.written
    if not is_whole or answer.half_unit:
        return answer.half_unit
    return max(kept.half_unit(value), _half_unit_of_zeros(str(abs(value))))


def _half_unit_of_zeros(digits: str) -> Fraction:
    """Zeros behind three digits or more may stand for digits that were rounded away: 2190 for 2187."""
    significant = digits.rstrip("0")
    zeros = len(digits) - len(significant)
    return Fraction(10**zeros, 2) if zeros and len(significant) >= ROUNDED_DIGITS else Fraction(0)


def _at(setting: Setting, tree: Formula, held: dict[str, object]) -> Fraction | None:
    """The value of a formula from the numbers that are held; None where it has none."""
    formulas = dict(setting.formulas[0])
    for name in leaves(tree):
        if name not in held and name not in formulas:
            slope = local_slope(setting.graph, name)
            if slope is None:
                return None
            formulas[name] = slope
    try:
        return rational(Reckoning(formulas, setting.arithmetic, held).at(tree))
    except (LookupError, UndefinedValueError):
        return None
