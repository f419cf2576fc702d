"""The laws that every operation keeps, present and future.  A law raises AssertionError and names no operation."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from random import Random

from law_numbers import Point, evaluate, holds, real, smooth_piece
from law_places import POINTS, STEP, Place, places
from law_symbols import is_derivative
from mpmath import mpf

from backprop_tutor.model.formula import Formula, Name, Number, replace
from backprop_tutor.model.op import Kink, Loss, Op, Words

HEADINGS = ("Why we use it:", "Slope:", "Watch out:")


def close(a: mpf | float, b: mpf | float, tolerance: float) -> bool:
    """Whether two numbers agree, relatively where they are large."""
    return bool(abs(a - b) <= tolerance * (1 + abs(b)))


def formula_and_kernel_agree(op: Op) -> None:
    """The two roads to a value, written independently, give the same."""
    for place in places(op):
        point = place.point()
        kernel = op.kernel([float(number) for number in place.numbers])
        assert len(kernel) == len(place.y), "the kernel has another number of outputs"
        for value, output in zip(kernel, place.y, strict=True):
            expected = float(evaluate(output, point))
            assert math.isclose(value, expected, rel_tol=1e-12, abs_tol=1e-13), f"{value} != {expected} at {place}"


def short_form_agrees(op: Op) -> None:
    """σ(z) and the formula written out are the same number."""
    for place in places(op):
        called = op.called(place.x)
        if called is not None:
            point = place.point()
            assert len(called) == len(place.y)
            for short, output in zip(called, place.y, strict=True):
                assert close(evaluate(short, point), evaluate(output, point), 1e-40), f"at {place}"


def slope_is_difference_of_formula(op: Op) -> None:
    """The taught slope is the central difference of the formula, in 50 digits."""
    for place in places(op):
        for i, k in place.edges():
            rise = place.output(k, i, STEP) - place.output(k, i, -STEP)
            assert close(place.slope(i, k), rise / (2 * STEP), 1e-20), f"slope of output {k} by input {i} at {place}"


def slope_is_difference_of_kernel(op: Op) -> None:
    """The taught slope is the central difference of the kernel, as far as floating point goes."""
    step = 1e-6
    for place in places(op):
        x = [float(number) for number in place.numbers]
        for i, k in place.edges():
            up, down = (op.kernel([*x[:i], x[i] + shift, *x[i + 1 :]])[k] for shift in (step, -step))
            assert close((up - down) / (2 * step), place.slope(i, k), 1e-6), f"output {k} by input {i} at {place}"


def no_slope_is_left_out(op: Op) -> None:
    """Where an output is said not to depend on an input, it does not move with it."""
    for place in places(op):
        count = len(place.numbers)
        for i, k in itertools.product(range(count), range(len(place.y))):
            if not op.depends(i, k, count):
                still = place.output(k, i, STEP) == place.output(k, i, -STEP)
                assert still, f"left out: output {k} moves with input {i} at {place}"


def slope_is_proved(op: Op) -> bool:
    """Whether SymPy proves every taught slope, on every smooth piece that the points fall into."""
    pieces: set[tuple[Formula, Formula, str]] = set()
    for place in places(op):
        for i, k in place.edges():
            pieces.add(_on_smooth_piece(place, i, k))
    return all(is_derivative(slope, of, by) for of, slope, by in pieces)


def _on_smooth_piece(place: Place, i: int, k: int) -> tuple[Formula, Formula, str]:
    """Formula and slope around the point; what is not differentiated by (a target) is put in as a number."""
    point = place.point()
    numbers = {
        f"x{j}": Number(number)
        for j, number in enumerate(place.numbers)
        if not place.op.differentiable(j, len(place.numbers))
    }
    outputs = {f"y{n}": tree for n, tree in enumerate(place.op.formula(place.x))}

    def put_in(tree: Formula) -> Formula:
        written = replace(tree, lambda part: outputs.get(part.name) if isinstance(part, Name) else None)
        smooth = smooth_piece(written, point)
        return replace(smooth, lambda part: numbers.get(part.name) if isinstance(part, Name) else None)

    slope = place.op.slope(i, k, place.x, place.y)
    return put_in(outputs[f"y{k}"]), put_in(slope), f"x{i}"


def slips_differ_from_the_truth(op: Op) -> None:
    """A slip that cannot be told from the truth is not a slip; one of the operation's own says what was done."""
    differs: dict[tuple[int, int, int, str], bool] = {}
    for place in places(op, 3 * POINTS):
        for i, k in place.edges():
            truth = place.slope(i, k)
            for slip in op.slips(i, k, place.x, place.y):
                assert slip.repair.endswith("."), f"no sentence: {slip.repair!r}"
                assert slip.title or slip.idea, f"no headline: {slip.repair!r}"
                key = (len(place.x), i, k, slip.repair)
                differs[key] = differs.get(key, False) or _tells(slip.wrong, place.point(), truth)
    alike = [key for key, value in differs.items() if not value]
    assert not alike, f"equal to the truth: {alike}"


def _tells(wrong: Formula, point: Point, truth: mpf) -> bool:
    try:
        return not close(evaluate(wrong, point), truth, 1e-9)
    except (ZeroDivisionError, ValueError):
        return False


def samples_keep_the_requirements(op: Op) -> None:
    """Random points lie where the operation makes sense, and every requirement says what it wants."""
    for place in places(op):
        for requirement in op.requirements(place.x):
            assert requirement.says
            assert holds(requirement.condition, place.point()), f"{requirement.says}: {place}"


def kinks_have_a_fair_slope(op: Op) -> None:
    """At a kink the slope in force is one of the slopes beside it, or between them; and it is a kink indeed."""
    felt: dict[tuple[int, int], bool] = {}
    for place in places(op):
        for position, kink in enumerate(op.kinks(place.x)):
            assert kink.says.endswith("."), "a kink needs a sentence that says the convention"
            there = _at_kink(place, kink)
            bends = [_fair(there, i, k) for i, k in there.edges()] if there else []
            key = (len(place.x), position)
            felt[key] = felt.get(key, False) or any(bends)
    nowhere = [key for key, value in felt.items() if not value]
    assert not nowhere, f"nothing bends where these kinks are said to be: {nowhere}"


def _fair(place: Place, i: int, k: int) -> bool:
    """Checks one slope at a kink; whether input i feels the kink at all."""
    below, above = (
        (place.output(k, i, 2 * side * STEP) - place.output(k, i, side * STEP)) / (side * STEP) for side in (-1, 1)
    )
    slope = place.slope(i, k)
    low, high = min(below, above), max(below, above)
    assert low - 1e-9 <= slope <= high + 1e-9, f"{slope} is not from {low} to {high} at {place}"
    jump = abs(place.output(k, i, STEP) - place.output(k, i, -STEP))
    return bool(high - low > 1e-6 or jump > 1e-6)


def _at_kink(place: Place, kink: Kink) -> Place | None:
    """The place with one input moved to where the kink's condition holds."""
    differentiable = [i for i, _ in enumerate(place.x) if place.op.differentiable(i, len(place.x))]
    for i in differentiable:
        moved = [Fraction(0), *place.numbers, *_roots(place, kink, i)]
        for value in moved:
            candidate = Place(place.op, (*place.numbers[:i], value, *place.numbers[i + 1 :]))
            if holds(kink.at, candidate.point()):
                return candidate
    return None


def _roots(place: Place, kink: Kink, i: int) -> list[Fraction]:
    """Where left = right if both are straight lines in input i around the point."""

    def gap(value: Fraction) -> Fraction:
        point = {**place.point(), f"x{i}": real(value)}
        exact = evaluate(kink.at.left, point) - evaluate(kink.at.right, point)
        return Fraction(str(exact)).limit_denominator(10**12)

    here = place.numbers[i]
    first, second = gap(here), gap(here + Fraction(1, 10**6))
    return [here - first * Fraction(1, 10**6) / (second - first)] if first != second else []


def page_has_headings(page: type[Op]) -> None:
    """The page opens with a sentence and says why, what the slope is, and what to watch out for."""
    text = vars(page).get("__doc__") or ""
    lines = [line.strip() for line in text.splitlines()]
    assert lines, "no page"
    assert lines[0].endswith("."), "the page does not open with a sentence"
    for heading in HEADINGS:
        said = [line.removeprefix(heading).strip() for line in lines if line.startswith(heading)]
        assert len(said) == 1, f"the page needs one line {heading!r}"
        assert said[0], f"nothing stands behind {heading!r}"
    assert page.title, "no title"


def words_teach(op: Op) -> None:
    """There are words for the value and for every slope, in whole sentences."""
    for place in places(op, 3):
        _sentence(op.explain_value(place.x, place.y))
        for i, k in place.edges():
            _sentence(op.explain_slope(i, k, place.x, place.y))
    if isinstance(op, Loss):
        _sentence(op.convention())


def _sentence(words: Words) -> None:
    assert isinstance(words, tuple), "words are a tuple"
    assert words, "no words"
    text = "".join(part if isinstance(part, str) else "□" for part in words)
    assert text[0].isupper() or text[0] == "□", f"no beginning: {text}"
    assert text.rstrip(")").endswith("."), f"no end: {text}"
    assert "  " not in text, f"two spaces: {text}"
    assert "{" not in text, f"an empty place: {text}"
    assert not {"simply", "obviously"} & set(text.casefold().replace(",", " ").split()), f"scolds: {text}"


def shortcut_is_the_chain_rule(loss: Loss, activation: Op) -> bool:
    """Where a loss and an activation melt into one, that is what the chain rule gives; whether they do."""
    melted = False
    random = Random(f"{loss.name} after {activation.name}")
    for place in places(loss):
        count = len(place.numbers) // 2
        scores = tuple(Fraction(random.randint(-3000, 3000), 1000) for _ in range(count))
        melted = _melts_at(loss, activation, scores, place.numbers[count:]) or melted
    return melted


def _melts_at(loss: Loss, activation: Op, scores: tuple[Fraction, ...], targets: tuple[Fraction, ...]) -> bool:
    count = len(scores)
    groups = [scores] if activation.layer_wide else [(score,) for score in scores]
    activated = [Place(activation, group) for group in groups]
    outputs = [value for place in activated for name, value in place.point().items() if name.startswith("y")]
    point = {f"x{k}": value for k, value in enumerate([*outputs, *map(real, targets)])}
    names = tuple(Name(f"x{k}") for k in range(2 * count))
    for k in range(count):
        slope = loss.shortcut(activation.name, k, names[:count], names[count:])
        if slope is None:
            return False
        _sentence(loss.explain_shortcut(activation.name, k, names[:count], names[count:]))
        by_output = [evaluate(loss.slope(j, 0, names, ()), point) for j in range(count)]
        if activation.layer_wide:
            paths = [by_output[j] * activated[0].slope(k, j) for j in range(count)]
        else:
            paths = [by_output[k] * activated[k].slope(0, 0)]
        assert close(evaluate(slope, point), sum(paths), 1e-40), f"output {k} at {scores}, {targets}"
    return True
