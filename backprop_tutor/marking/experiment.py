"""The counter-experiment: what a wrong gradient predicts, and what happens when the quantity is really moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from ..engine.by_hand import leading_place
from ..engine.run import forward
from ..errors import ProblemError
from ..lessons.figures import digits, figure
from ..model.formula import Derivative, Formula, Name
from ..model.marking import Experiment
from ..model.op import Words
from .setting import Setting, rational

SIZES = (Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000), Fraction(1, 10_000))
TIMES = (1, 2, 3, 5, 7)
"""By a step of one in its first digit the prediction has the digits of the claim; by these others it has not."""

CLOSE = 20
"""A claim that is off by less than this part of the right gradient is a matter of digits, not of slopes."""
MOST_DIGITS = 8
"""So many digits are shown at most, where the two changes are alike."""


def counter_experiment(
    setting: Setting, name: str, claimed: Fraction, written: str = "", answers: Iterable[Fraction] = ()
) -> Experiment | None:
    """What lets the problem itself answer; None where the experiment would show nothing.

    What is ``claimed`` is told as it was ``written``, which stands so on the screen, or else as numbers are shown.
    The step is the first of 0.1, 0.2, …, 0.01, 0.02, … for which the right gradient predicts the change to a tenth of
    what separates it from the claim, and from which neither the right gradient nor any other of the ``answers`` that
    would be accepted can be read off.
    """
    found = _gradient(setting, name)
    truth = setting.truth.get(name)
    if found is None or truth is None or abs(claimed - truth) * CLOSE <= abs(truth):
        return None
    objective, by = found
    here = setting.truth.get(by)
    before = setting.truth.get(objective)
    if here is None or before is None:
        return None
    # What was typed with the other sign alone has the digits of the answer itself: there is nothing to hide.
    hidden = [answer for answer in (truth, *answers) if abs(claimed + answer) * CLOSE > abs(answer)]
    for step in _steps():
        try:
            values = forward(setting.graph, setting.arithmetic, {by: here + step})
        except ProblemError:
            continue
        change = rational(values[objective]) - before
        if abs(change - truth * step) <= abs(claimed - truth) * step / 10:
            told = _told((objective, by), claimed, written or figure(claimed).shown, step, change)
            if not any(tells(shown, answer) for shown in (step, Fraction(told.predicted)) for answer in hidden):
                return replace(told, asked=_asked(setting))
    return None


def _steps() -> Iterator[Fraction]:
    return (times * size for size in SIZES for times in TIMES)


def tells(shown: Fraction, answer: Fraction) -> bool:
    """Whether an answer can be read off from a number that is shown, wherever the decimal point stands in it.

    What differs only by a few hundredths from the answer would be accepted for it, as rounded too early.
    """
    if shown == 0 or answer == 0:
        return False
    ratio = abs(shown / answer)
    ratio *= Fraction(10) ** -leading_place(ratio)
    return ratio - 1 < Fraction(1, CLOSE) or 1 - ratio / 10 < Fraction(1, CLOSE)


def _asked(setting: Setting) -> str:
    return "the network" if setting.graph.layers else "the graph"


def _gradient(setting: Setting, name: str) -> tuple[str, str] | None:
    for objective in setting.objectives:
        start = f"d{objective}/d"
        if name.startswith(start) and name.removeprefix(start) in setting.graph.values:
            return objective, name.removeprefix(start)
    return None


def _told(
    gradient_of: tuple[str, str], claimed: Fraction, written: str, step: Fraction, change: Fraction
) -> Experiment:
    objective, by = gradient_of
    gradient: Formula = Derivative(objective, by)
    count = 3
    while count < MOST_DIGITS and digits(claimed * step, count) == digits(change, count):
        count += 1
    start: Words = (
        "If ",
        gradient,
        f" were {written}, moving ",
        Name(by),
        f" by {digits(step, 1)} would {'change' if claimed else 'not change'} ",
        Name(objective),
    )
    return Experiment(start, digits(claimed * step, count), digits(change, count))
