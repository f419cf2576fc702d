"""The learner's line and the right line, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..engine.derivations import key, leaves
from ..lessons.figures import FULL, SHOWN, digits, figure, fixed
from ..model.formula import Formula
from ..model.formula import replace as change_parts
from ..model.lesson import Figure, StepKind
from ..model.marking import Entry, Line
from ..model.sheet import Answer
from .fits import at, derived, is_written
from .formulas import FormulaJudge
from .judging import Judge
from .setting import WrongWay
from .this_line import is_of_one_line


def as_fine(value: Fraction, answer: Answer | None) -> Figure:
    """The figure of a number with a digit more than the learner wrote, where that is more than usual."""
    shown = figure(value)
    written = answer.digits if answer is not None else None
    if not written or written < SHOWN or not shown.rounded:
        return shown
    return Figure(digits(value, min(written + 1, FULL)), shown.full, rounded=True)


class Lines:
    """Writes out the lines of one judged sheet, with the learner's own numbers put in."""

    def __init__(self, judge: Judge, formulas: FormulaJudge) -> None:
        self.judge = judge
        self.setting = judge.setting
        self.sheet = judge.sheet
        self.formulas = formulas

    def right(self, entry: Entry, ways: Sequence[WrongWay]) -> Line:
        """The right formula with the learner's own values: along the way of the idea, if there is one."""
        if entry.name in self.formulas.found:
            return Line(self.setting.formulas[ways[0].way if ways else 0][entry.name], {})
        step = self.setting.steps[entry.name]
        # Without an idea the last way is shown: the shortcut, where there is one.
        way = ways[0].way if ways else len(self.setting.ways) - 1
        tree = self.setting.formulas[way][entry.name]
        value = derived(self.judge.own[way], entry.name)
        if entry.kind is StepKind.FORWARD:
            tree = step.equation.symbols[0]
        result = (
            as_fine(value, self.sheet.answers.get(entry.name))
            if value is not None
            else entry.from_yours or entry.expected
        )
        return Line(tree, self._figures(tree, way), result)

    def yours(self, name: str, ways: Sequence[WrongWay]) -> Line | None:
        """The formula that was typed, or that the learner must have used; None where that is not known."""
        typed = self._typed_out(name)
        if typed is not None and (leaves(typed) or len(ways) != 1):
            return Line(typed, self._figures(typed, 0), self._worked_out(name))
        if len(ways) != 1:
            return None
        tree = ways[0].formulas[name]
        if typed is not None:
            # Beside the right line itself numbers would tell nothing of what was done.
            right = self.setting.formulas[ways[0].way].get(name)
            tree = self._with_slopes(tree, ways[0]) if tree == right else tree
            if tree == right:
                return Line(typed, {}, self._worked_out(name))
            return Line(tree, {}, self._worked_out(name), typed)
        if name in self.formulas.found:
            # The idea may be at work in what this line is written in, and leave the line itself as it should be.
            is_right = any(tree == formulas.get(name) for formulas in self.setting.formulas)
            return Line(self.formulas.answers[name] if is_right else tree, {})
        if tree == self.setting.formulas[ways[0].way].get(name):
            tree, right = self._with_slopes(tree, ways[0]), tree
            if tree == right or not is_written(self.sheet, name, at(self.judge.own[ways[0].way], tree)):
                return None
        is_nothing = self.sheet.values[name] == 0 == at(self.judge.own[ways[0].way], tree)
        result = figure(Fraction(0)) if is_nothing else self._written(name)
        return Line(tree, self._figures(tree, ways[0].way), result)

    def _with_slopes(self, tree: Formula, way: WrongWay) -> Formula:
        """A line with the idea's formula for every slope in it that was worked out once more.

        On a sheet it went wrong where the slope stands, and the line is as it should be.
        """
        if not self.judge.on_screen:
            return tree
        local = (used for used in leaves(tree) if is_of_one_line(used, self.setting))
        wrong = {slope: way.formulas[slope] for slope in local if slope in way.touched}
        return change_parts(tree, lambda part: wrong.get(key(part) or ""))

    def _typed_out(self, name: str) -> Formula | None:
        """What was typed, where it is a formula that comes to a number."""
        answer = self.sheet.answers.get(name)
        is_number = answer is None or answer.number is not None or name not in self.sheet.values
        return None if is_number or answer is None else answer.formula

    def _worked_out(self, name: str) -> Figure:
        """What a formula comes to: it has as many digits as one cares to look at."""
        return figure(self.sheet.values[name])

    def _figures(self, tree: Formula, way: int) -> dict[str, Figure]:
        """The learner's own numbers, and what follows from them where nothing is written."""
        found = {}
        for name in leaves(tree):
            written = self._written(name)
            if written is not None:
                found[name] = written
                continue
            value = None if name in self.setting.base else derived(self.judge.own[way], name)
            shown = figure(value) if value is not None else self.setting.lesson.figures.get(name)
            if shown is not None:
                found[name] = shown
        return found

    def _written(self, name: str) -> Figure | None:
        value = self.sheet.values.get(name)
        if value is None:
            return None
        half_unit = self.sheet.half_units[name]
        answer = self.sheet.answers.get(name)
        if answer is not None and answer.digits is None and half_unit:
            return replace(self._worked_out(name), rounded=True)
        places = 0
        while half_unit and places < 40 and (2 * half_unit * 10**places).denominator != 1:
            places += 1
        shown = fixed(value, places) if half_unit else figure(value).shown
        return Figure(shown, digits(value, 17), rounded=bool(half_unit))
