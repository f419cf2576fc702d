"""Formula answers: equal forms are the same, near misses are different, and nothing hangs or breaks."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from marking.pairs import DIFFERENT, SAME
from support import BUNDLED, ends, exact, from_text, lesson, problem, solutions
from test_hostile import LINES

from backprop_tutor.cli import session
from backprop_tutor.engine.derivations import derivations, leaves
from backprop_tutor.engine.plan import plan
from backprop_tutor.engine.precise import Precise
from backprop_tutor.engine.rules import Rules, Wiring
from backprop_tutor.marking import equality
from backprop_tutor.marking.equality import Equality, compare
from backprop_tutor.marking.form import check_names, letters_given, may_use, remark
from backprop_tutor.marking.rounded import right_when_rounded
from backprop_tutor.marking.sampling import Sampler, local_slope
from backprop_tutor.model.formula import (
    ONE,
    ZERO,
    Call,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    call,
    greater,
    names_in,
    replace,
    walk,
    when,
)
from backprop_tutor.model.graph import Graph
from backprop_tutor.model.vocabulary import FunctionEntry
from backprop_tutor.ops import vocabulary
from backprop_tutor.reading.formulas import FormulaError, read_formula

FUNCTIONS = {**vocabulary(()).functions, "sign": FunctionEntry(1, 1), "erf": FunctionEntry(1, 1)}
LETTERS = ("x", "y", "z", "t", "p", "q")


def read(text: str, names: tuple[str, ...] = LETTERS) -> Formula:
    """The formula of a text; ``d(f)/d(x)`` is written ``df_dx`` there."""
    gradients = {word: word[1:].split("_d") for word in re.findall(r"\bd[a-z]\d*_d[a-z]\d*\b", text)}
    tree = read_formula(text, FUNCTIONS, {*names, *gradients})

    def change(part: Formula) -> Formula | None:
        return Derivative(*gradients[part.name]) if isinstance(part, Name) and part.name in gradients else None

    return replace(tree, change)


@cache
def expressions(
    *lines: str, letters: str = ", ".join(LETTERS), constants: str = ""
) -> tuple[dict[str, Formula], Graph]:
    """The formulas and the graph of an expression problem with symbols only."""
    text = f"inputs: [{letters}]\n{constants}expressions:\n" + "".join(f"  {line}\n" for line in lines)
    return formulas_of(text)


@cache
def formulas_of(text: str, shortcut: bool = False) -> tuple[dict[str, Formula], Graph]:
    found = from_text(text)
    solution = session.solve(found, shortcut=shortcut)[0]
    return derivations(found, Wiring(solution.plan), Rules()), solution.graph


def judged(right: str | Formula, theirs: str | Formula) -> Equality:
    """The verdict on a formula of the six letters."""
    formulas, graph = expressions("f: x*y + z*t + p*q")
    tree = read(right) if isinstance(right, str) else right
    return compare(read(theirs) if isinstance(theirs, str) else theirs, "f", {**formulas, "f": tree}, graph)


def network(inputs: str, target: str, loss: str, *layers: str) -> str:
    rows = "".join(
        f"  - {{weights: symbols, units: {layer.split()[0]}, bias: symbols, activation: {layer.split()[1]}}}\n"
        for layer in layers
    )
    return f"inputs: {inputs}\ntarget: {target}\nlayers:\n{rows}loss: {loss}\n"


NETWORKS = {
    "sigmoid": network("[x1, x2]", "y", "half_squared_error", "2 sigmoid", "1 sigmoid"),
    "probability": network("[x1, x2]", "y", "binary_cross_entropy", "2 tanh", "1 sigmoid"),
    "classes": network("[x1, x2]", "[y1, y2, y3]", "cross_entropy", "2 relu", "3 softmax"),
    "margin": network("[x1, x2]", "y", "hinge", "2 relu", "1 identity"),
    "margins": network("[x1, x2]", "[y1, y2, y3, y4, y5]", "multiclass_hinge", "2 leaky_relu", "5 identity"),
    "robust": network("[x1, x2]", "y", "huber", "2 gelu", "2 elu", "1 identity"),
}


# Pairs


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: f"{pair[0]} = {pair[1]}")
def test_forms_of_one_formula_are_the_same(pair: tuple[str, ...]) -> None:
    found = judged(pair[0], pair[1])
    assert found.verdict == "same"
    if "perhaps" not in pair:
        assert found.partial == ("partial" in pair)


@pytest.mark.parametrize("pair", [pair for pair in SAME if len(pair) == 2], ids=lambda pair: f"{pair[1]} = {pair[0]}")
def test_the_other_way_round_too(pair: tuple[str, str]) -> None:
    assert judged(pair[1], pair[0]).verdict == "same"


@pytest.mark.parametrize(("right", "theirs"), DIFFERENT)
def test_a_near_miss_is_different_at_a_witness(right: str, theirs: str) -> None:
    found = judged(right, theirs)
    assert found.verdict == "different"
    assert set(found.witness) == set(names_in(read(right))) | set(names_in(read(theirs)))
    arithmetic = Precise(100)
    if found.theirs is not None:
        assert arithmetic.compare(arithmetic.at(read(theirs), found.witness), found.right) != 0
        assert arithmetic.compare(arithmetic.at(read(right), found.witness), found.right) == 0


def test_cases_and_a_step_are_one_slope() -> None:
    z, t = Name("z"), Name("t")
    slope = when(greater(z, 0), ONE, ZERO)
    assert judged(slope, "step(z)").verdict == "same"
    assert judged(Product((t, slope)), "t*(z + |z|)/(2*z)").verdict == "same"
    assert judged(Product((t, slope)), "t*z").verdict == "different"
    assert judged(when(greater(z, 0), ONE, Number(Fraction(1, 10))), "0.1 + 0.9*step(z)").verdict == "same"
    assert judged("step(z)", when(greater(0, z), ONE, ZERO)).verdict == "different"


def test_a_kink_far_out_is_seen_from_both_sides() -> None:
    formulas, graph = expressions("u: x + 9", "r: relu(u)", "f: r*y")
    for answer in ("x + 9", "(x + 9)*y"):
        assert compare(read(answer, ("x", "y")), "f", formulas, graph).verdict == "different"
    assert compare(read("y", LETTERS), "df/dr", formulas, graph).verdict == "same"
    assert compare(read("y"), "df/du", formulas, graph).verdict == "different"
    assert compare(read("y*step(x + 9)"), "df/dx", formulas, graph).verdict == "same"


def test_at_the_kink_itself_no_convention_is_judged() -> None:
    for letter in (f"z{i}" for i in range(1, 25)):
        formulas, graph = expressions(f"r: relu({letter})", "f: r*y", letters=f"{letter}, y")
        for answer in ("y*(1 + sign({}))/2", "y*step({})", "y*(1 - step(-{}))"):
            tree = read(answer.format(letter), (letter, "y"))
            assert compare(tree, f"df/d{letter}", formulas, graph).verdict == "same"
        formulas, graph = expressions(f"r: max({letter}, y, 1)", "f: r*x", letters=f"{letter}, y, x")
        tree = read(f"x*step({letter} - y)*step({letter} - 1)", (letter, "y", "x"))
        assert compare(tree, f"df/d{letter}", formulas, graph).verdict == "same"


# Decimals


@pytest.mark.parametrize(
    ("right", "theirs"),
    [
        ("x*tanh(1)", "0.7616*x"),
        ("x*tanh(1)", "0.76*x"),
        ("x*tanh(1) - 1", "7.616e-1*x - 1"),
        ("x*(1 - tanh(1)^2)*tanh(1)", "0.41997*0.76159*x"),
        ("x/3 + y/7", "0.333*x + 0.143*y"),
        ("x/2", "0.50*x"),
    ],
)
def test_a_formula_with_rounded_decimals(right: str, theirs: str) -> None:
    assert rounded(right, theirs)
    assert rounded(right, theirs.replace("*x", "*y", 1)) is False


@pytest.mark.parametrize(
    ("right", "theirs"),
    [
        ("x*tanh(1)", "0.7617*x"),
        ("x*tanh(1)", "7.620e-1*x"),
        ("x*tanh(1)", "0.77*x"),
        ("x*tanh(1)", "0.8*x"),
        ("x*tanh(1)", "-0.7616*x"),
        ("x*tanh(1)", "0.7616*x + 1/1000"),
        ("x*tanh(1)", "0.7616*x + 0.00*x"),
        ("x", "x + 1"),
        ("x + 0.01*y", "x + 0.0*y"),
        ("sqrt(x)", "0.50/0"),
    ],
)
def test_decimals_that_are_off(right: str, theirs: str) -> None:
    assert not rounded(right, theirs)


def rounded(right: str, theirs: str) -> bool:
    formulas, graph = expressions("f: x*y + z*t + p*q")
    return right_when_rounded(read(theirs), "f", {**formulas, "f": read(right)}, graph)


# What is known, and what is given


def test_answers_in_the_names_of_quantities() -> None:
    formulas, graph = expressions("u: x^2", "v: u*y", "f: v + sin(u)")
    for answer in ("2*x*y + 2*x*cos(x^2)", "df_du*2*x", "df_du*du_dx", "(y + cos(u))*2*x", "(v/u + cos(u))*2*u/x"):
        assert compare(read(answer, ("x", "y", "u", "v")), "df/dx", formulas, graph).verdict == "same", answer
    for answer in ("2*x*y + cos(x^2)", "df_du", "df_du*du_dx*2", "(y + cos(u))*x", "2*x*y - 2*x*cos(u)"):
        assert compare(read(answer, ("x", "y", "u", "v")), "df/dx", formulas, graph).verdict == "different", answer


def test_a_slope_that_no_step_tells_may_be_used() -> None:
    formulas, graph = expressions("s: x + y", "f: s*z")
    assert "ds/dx" not in formulas
    assert compare(read("df_ds*ds_dx"), "df/dx", formulas, graph).verdict == "same"
    assert compare(read("df_ds*ds_dx*2"), "df/dx", formulas, graph).verdict == "different"
    assert check_names(read("df_ds*ds_dx"), "df/dx", formulas) is None
    assert check_names(read("ds_dx*x"), "s", formulas) == "ds/dx"
    assert local_slope(graph, "ds/dz") is None
    assert local_slope(graph, "s") is None
    assert local_slope(formulas_of(NETWORKS["sigmoid"])[1], "dL/dy") is None


def test_a_weight_given_by_a_letter_is_that_letter() -> None:
    formulas, graph = derived("unknown-weight")
    assert compare(read("k*tanh(1)", ("k",)), "yhat", formulas, graph).verdict == "same"
    assert compare(read("w2_11*a1_1", ("w2_11", "a1_1")), "yhat", formulas, graph).verdict == "same"
    off = compare(read("k*tanh(2)", ("k",)), "yhat", formulas, graph)
    assert (off.verdict, list(off.witness)) == ("different", ["k"])
    assert check_names(read("k*tanh(1)", ("k",)), "yhat", formulas) is None
    assert letters_given(graph) == {"w2_11": "k"}


def test_given_numbers_are_held_or_free() -> None:
    text = "inputs: {a: 2, b: 4}\nexpressions:\n  f: a*b\n"
    formulas, graph = formulas_of(text)
    for answer in ("a^3", "b + 4", "8"):
        tree = read(answer, ("a", "b"))
        assert compare(tree, "f", formulas, graph).verdict == "same"
        assert compare(tree, "f", formulas, graph, free_givens=True).verdict == "different"
    assert compare(read("b*a", ("a", "b")), "f", formulas, graph, free_givens=True).verdict == "same"
    assert compare(read("a*b + 1", ("a", "b")), "f", formulas, graph).verdict == "different"


def test_what_formulas_take_for_granted_is_never_free() -> None:
    """Targets of 0 and 1 leave terms out of the formulas, and the unit that is always 1 is no number at all."""
    text = """inputs: [x1, 3]
target: 1
layers:
  - {weights: symbols, units: 1, bias: first_column, activation: sigmoid}
loss: binary_cross_entropy
"""
    formulas, graph = formulas_of(text)
    names = ("x1", "x2", "y", "yhat", "w1_10", "w1_11", "w1_12")
    for plain, answer in {
        "L": "-(y*ln(yhat) + (1 - y)*ln(1 - yhat))",
        "dL/dyhat": "-y/yhat + (1 - y)/(1 - yhat)",
        "z1_1": "w1_10 + w1_11*x1 + w1_12*x2",
    }.items():
        assert compare(read(answer, names), plain, formulas, graph, free_givens=True).verdict == "same", plain
    assert compare(read("w1_10 + w1_11*x1 + w1_12*3", names), "z1_1", formulas, graph).verdict == "same"
    off = compare(read("w1_10 + w1_11*x1 + w1_12*3", names), "z1_1", formulas, graph, free_givens=True)
    assert off.verdict == "different"
    assert set(off.witness) == {"w1_10", "w1_11", "w1_12", "x1", "x2"}


def test_constants_are_held() -> None:
    text = NETWORKS["sigmoid"] + "learning_rate: 0.1\n"
    formulas, graph = formulas_of(text)
    answer = Name("w1_11") - Number(Fraction(1, 10)) * Derivative("L", "w1_11")
    assert compare(answer, "new_w1_11", formulas, graph).verdict == "different"
    held = {"learning_rate": Fraction(1, 10)}
    assert compare(answer, "new_w1_11", formulas, graph, held).verdict == "same"
    ascent = Name("w1_11") + Number(Fraction(1, 10)) * Derivative("L", "w1_11")
    assert compare(ascent, "new_w1_11", formulas, graph, held).verdict == "different"


def test_names_that_may_be_used() -> None:
    formulas, _ = expressions("u: x^2", "v: u*y", "f: v + sin(u)")
    assert check_names(Name("v"), "u", formulas) == "v"
    assert check_names(Name("u"), "u", formulas) == "u"
    assert check_names(read("x*df_du", LETTERS), "df/du", formulas) == "df/du"
    assert check_names(read("y + x + df_dx", LETTERS), "df/du", formulas) == "df/dx"
    assert check_names(read("df_du", LETTERS), "f", formulas) == "df/du"
    for answer in ("x", "u", "v", "f", "du_dx", "df_dv", "df_dy", "2"):
        assert check_names(read(answer, (*LETTERS, "u", "v", "f")), "df/dx", formulas) is None, answer
    assert may_use("v", formulas) == {"x", "y", "u", "learning_rate"}
    assert "df/dy" not in may_use("df/dx", formulas, ("df/dx", "df/dy"))
    assert "df/dy" in may_use("df/dx", formulas, ("df/dy", "df/dx"))


@pytest.mark.parametrize("name", BUNDLED)
def test_every_step_may_use_the_steps_before_it_and_no_later_one(name: str) -> None:
    formulas, _ = derived(name)
    order = tuple(step.name for step in lesson(name, False).steps)
    for position, step in enumerate(order):
        allowed = may_use(step, formulas, order)
        assert allowed.isdisjoint(order[position:])
        assert allowed.issuperset(order[:position])


# Domains


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("shortcut", [False, True])
def test_every_quantity_of_a_network_of_symbols(name: str, shortcut: bool) -> None:
    formulas, graph = formulas_of(NETWORKS[name], shortcut)
    for plain, right in formulas.items():
        assert compare(right + Product((Name("x1"), ZERO)), plain, formulas, graph).verdict == "same", plain
        off = compare(right + Number(Fraction(1, 10**9)), plain, formulas, graph)
        assert off.verdict == "different", plain


@pytest.mark.parametrize("name", ["probability", "classes"])
def test_the_shortcut_and_the_long_way_are_the_same_for_targets_that_may_be(name: str) -> None:
    """ŷ − y is the slope by z only where the targets of the classes add up to 1."""
    long, graph = formulas_of(NETWORKS[name], False)
    short, _ = formulas_of(NETWORKS[name], True)
    for plain in long.keys() & short.keys():
        assert compare(short[plain], plain, long, graph).verdict == "same", plain
        assert compare(long[plain], plain, short, graph).verdict == "same", plain


def test_points_fit_the_domain() -> None:
    for name, holds in {
        "probability": lambda point: 0 <= point["y"] <= 1,
        "classes": lambda point: sum(point[f"y{i}"] for i in (1, 2, 3)) == 1,
        "margin": lambda point: point["y"] in (-1, 1),
        "margins": lambda point: sorted(point[f"y{i}"] for i in range(1, 6)) == [0, 0, 0, 0, 1],
    }.items():
        formulas, graph = formulas_of(NETWORKS[name])
        gradient = next(plain for plain in formulas if plain.startswith("dL/dw1"))
        sampler = Sampler((gradient,), formulas, graph, {})
        valid = [
            point
            for point, _ in zip(sampler.points(), range(40), strict=False)
            if sampler.sides(sampler.reckoning(point, 50)) is not None
        ]
        assert len(valid) >= 12, name
        assert all(map(holds, valid)), name
        assert name != "margin" or 8 <= sum(point["y"] == -1 for point in valid) <= len(valid) - 8
        assert name != "classes" or any(0 < point["y1"] < 1 for point in valid)
        assert any(value < 0 for point in valid for value in point.values())
        assert any(abs(value) > 10 for point in valid for value in point.values())


def test_domains_of_formulas() -> None:
    eight = ", ".join(f"a{i}" for i in range(1, 9))
    logs = " + ".join(f"ln(a{i})" for i in range(1, 9))
    formulas, graph = expressions(f"f: {logs}", letters=eight)
    names = tuple(eight.split(", "))
    assert compare(read(f"ln({'*'.join(names)})", names), "f", formulas, graph).verdict == "same"
    assert compare(read(f"ln({'*'.join(names[1:])})", names), "f", formulas, graph).verdict == "different"
    formulas, graph = expressions("f: sqrt(1 - x^2 - y^2)")
    assert compare(read("sqrt(1 - y^2 - x^2)*z/z"), "f", formulas, graph).verdict == "same"
    assert compare(read("sqrt(1 - y^2) - x^2"), "f", formulas, graph).verdict == "different"


def test_nothing_can_be_decided_where_the_right_formula_has_no_value() -> None:
    formulas, graph = expressions("f: x + 1")
    formulas = {**formulas, "f": read("sqrt(-1 - x^2)")}
    assert compare(read("x"), "f", formulas, graph).verdict == "undecided"
    assert compare(read("x"), "g", formulas, graph).verdict == "undecided"
    assert compare(Name("nobody"), "f", formulas, graph).verdict == "undecided"
    assert compare(Derivative("f", "nobody"), "f", formulas, graph).verdict == "undecided"
    assert judged("x", Call("dot", (Name("x"), Name("y")))).verdict == "undecided"
    assert judged("x", Call("nothing", (Name("x"),))).verdict == "undecided"
    assert judged("x", "x*tan(pi/2)").verdict == "undecided"
    assert judged("x", "x + 1/(sin(x)^2 + cos(x)^2 - 1)").verdict == "undecided"
    drowned = "0.001 + (sin(y^2 + 1)^2 + cos(y^2 + 1)^2 - 1)*10^60*10^60*10^60*10^19"
    assert judged("sin(x)", f"sin(x) + {drowned}").verdict == "undecided"


def test_given_numbers_at_the_end_of_precision() -> None:
    for name in ("saturated-logistic", "kink-at-zero"):
        formulas, graph = derived(name)
        for plain, right in formulas.items():
            assert compare(right * ONE, plain, formulas, graph).verdict == "same", plain
            assert compare(right + Number(Fraction(1, 10**9)), plain, formulas, graph).verdict == "different", plain


# Always the same, and always soon


SCRIPT = """
import sys; sys.path[:0] = {path!r}
from marking.test_equality import judged
for pair in (("sin(x)*y", "cos(x)*y"), ("sqrt(x)", "sqrt(x*x)/sqrt(x)*1.01"), ("x", "sqrt(x)^2")):
    print(judged(*pair))
"""


def test_verdicts_and_witnesses_are_the_same_in_every_process() -> None:
    path = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT.format(path=path)],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "different" in runs[0]


def test_hostile_lines_get_a_verdict_soon() -> None:
    formulas, graph = expressions("u: x*y + sin(z)", "f: u*exp(t) + p*q")
    names = (*LETTERS, "u", "f")
    verdicts = []
    for line in LINES:
        try:
            tree = read_formula(line, FUNCTIONS, names)
        except FormulaError:
            continue
        for name in ("f", "df/dx"):
            with ends(line):
                verdicts.append(compare(tree, name, formulas, graph).verdict)
    assert len(verdicts) > 40


HEAVY = [
    "+".join(f"1/(x+{i}/7)^9" for i in range(44)),
    "+".join(f"(x+{i}/97)^9/(y+{i}/89)^9-(x+{i}/97)^9/(y+{i}/89)^9" for i in range(1, 12)),
    "+".join(["gelu(x*y)-gelu(y*x)"] * 30),
    "+".join(f"(sin({i}x)^2+cos({i}*x)^2-1)" for i in range(1, 24)),
    "exp(" * 60 + "x" + ")" * 60,
    "tan(" * 60 + "x" + ")" * 60,
    "erf(" * 60 + "x" + ")" * 60,
    "(" * 3 + "x" + "^60)" * 2 + "^25)",
    "+".join(["(x^y)^z"] * 60),
    "1/(sin(x)^2+cos(x)^2-1)",
    "*".join(["exp(1000*x)"] * 60),
]


@pytest.mark.parametrize("text", HEAVY, ids=lambda text: text[:30])
def test_heavy_answers_are_judged_soon(text: str) -> None:
    formulas, graph = expressions("u: x*y + sin(z)", "f: u*exp(t) + p*q")
    for tree in (read(text), read("f", ("f",)) + ZERO * read(text), formulas["f"] + read(text)):
        with ends():
            compare(tree, "f", formulas, graph)


def test_large_formulas_are_looked_at_in_fewer_points(monkeypatch: pytest.MonkeyPatch) -> None:
    formulas, graph = formulas_of(NETWORKS["classes"])
    answer = formulas["L"] * ONE
    points: list[int] = []
    for most in (10**9, 2000, 1):
        monkeypatch.setattr(equality, "MOST_WORK", most)
        comparison = equality._Comparison(answer, Sampler(("L", *leaves(answer)), formulas, graph, {}))
        assert comparison.result().verdict == ("same" if most > 1 else "undecided")
        points.append(len(comparison.equal))
    assert points[0] > points[1] >= 3 > points[2]


def test_a_large_network_is_judged_soon() -> None:
    text = network(f"[{', '.join(f'x{i}' for i in range(1, 13))}]", "y", "huber", "20 sigmoid", "20 gelu", "1 tanh")
    formulas, graph = formulas_of(text)
    for plain in ("L", next(name for name in formulas if name.startswith("dL/dw1"))):
        for tree, verdict in ((formulas[plain] * ONE, "same"), (call("sqrt", Number(Fraction(-1))), "different")):
            with ends():
                assert compare(tree, plain, formulas, graph).verdict == verdict


# Every step of the bundled problems that stay symbolic


@cache
def derived(name: str, shortcut: bool = False) -> tuple[dict[str, Formula], Graph]:
    every = solutions(name, shortcut)
    found: dict[str, Formula] = {}
    for solution in every:
        for quantity, tree in derivations(problem(name), Wiring(solution.plan), Rules()).items():
            found.setdefault(quantity, tree)
    return found, every[0].graph


SYMBOLIC = [name for name in BUNDLED if any(step.figure is None for step in lesson(name, False).steps)]


def test_there_are_symbolic_problems() -> None:
    assert {"uw-chain-rule", "olin-cos-sqrt", "week05-polar", "unknown-weight", "gaussian-loss"} <= set(SYMBOLIC)


@pytest.mark.parametrize("shortcut", [False, True])
@pytest.mark.parametrize("name", SYMBOLIC)
def test_every_form_of_every_step_is_the_same(name: str, shortcut: bool) -> None:
    formulas, graph = derived(name, shortcut)
    solution = solutions(name, shortcut)[0]
    gradients = {f"d{graph.objective}/d{by}": by for by in solution.plan.order}
    for step in lesson(name, shortcut).steps:
        closed = solution.closed_form(gradients[step.name], 500) if step.name in gradients else None
        for form in (*step.equation.symbols, step.exact, step.equation.exact, closed):
            if form is None or check_names(form, step.name, formulas) is not None:
                continue
            assert compare(form, step.name, formulas, graph).verdict == "same", (step.name, form)
            for wrong in mutations(form):
                found = compare(wrong, step.name, formulas, graph)
                assert found.verdict == "different" or provably_same(wrong, step.name, formulas, graph), (
                    step.name,
                    wrong,
                )
        assert check_names(step.equation.symbols[-1], step.name, formulas) is None, step.name


@pytest.mark.parametrize("name", SYMBOLIC)
def test_the_authors_own_formulas_are_the_same(name: str) -> None:
    formulas, graph = derived(name)
    checked = 0
    for expected in problem(name).expected:
        if expected.name in formulas and names_in(expected.value.formula):
            found = compare(expected.value.formula, expected.name, formulas, graph)
            assert found.verdict == "same", expected
            checked += 1
    assert checked >= 3


def mutations(tree: Formula) -> list[Formula]:
    """The formula with one thing wrong, in several ways."""
    found: list[Formula] = [Negative(tree), tree + Number(Fraction(1, 10**9)), tree * Number(Fraction(2))]
    parts = [part for part in walk(tree) if part is not tree]
    for part in parts[:8]:
        found.append(_exchanged(tree, part, Negative(part)))
        found.append(_exchanged(tree, part, Number(Fraction(1))))
    return found


def _exchanged(tree: Formula, part: Formula, other: Formula) -> Formula:
    """The formula with the first occurrence of this part exchanged."""
    done = False

    def change(each: Formula) -> Formula | None:
        nonlocal done
        if each is part and not done:
            done = True
            return other
        return None

    return replace(tree, change)


def provably_same(tree: Formula, name: str, formulas: Mapping[str, Formula], graph: Graph) -> bool:
    """Whether the two differ nowhere, as far as 60 digits at 40 other points tell."""
    sampler = Sampler((name, *leaves(tree)), formulas, graph, {"learning_rate": Fraction(1, 10)})
    points = sampler.points()
    for _ in range(12):
        next(points)
    arithmetic = Precise(60)
    seen = 0
    for _ in range(40):
        point = {letter: value * Fraction(9, 7) for letter, value in next(points).items()}
        reckoning = sampler.reckoning(point, 60)
        try:
            right, theirs = reckoning.value(name), reckoning.at(tree)
        except (ArithmeticError, LookupError):
            continue
        seen += 1
        if arithmetic.compare(right, theirs) != 0:
            return False
    return seen >= 3


# Random formulas


def small() -> st.SearchStrategy[Formula]:
    return st.sampled_from([Number(Fraction(n), str(n)) for n in (1, 2, 3)] + [Number(Fraction(1, 2), "0.5")])


def formulas_of_letters(depth: int) -> st.SearchStrategy[Formula]:
    letters: st.SearchStrategy[Formula] = st.sampled_from("xyz").map(Name)
    if depth == 0:
        return st.one_of(letters, letters, small())
    below = formulas_of_letters(depth - 1)
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    names = ["sigmoid", "tanh", "sin", "exp", "relu", "softplus", "abs", "silu"]
    return st.one_of(
        letters,
        several.map(Sum),
        several.map(Product),
        st.builds(Quotient, below, below),
        below.map(Negative),
        st.builds(Power, below, st.sampled_from([Number(Fraction(2)), Number(Fraction(3))])),
        st.builds(lambda name, x: Call(name, (x,)), st.sampled_from(names), below),
    )


def rewritten(tree: Formula, choose: int) -> Formula:
    """Another form of the same formula, rewritten all the way down."""
    two = Number(Fraction(2))

    def again(part: Formula) -> Formula:
        return rewritten(part, choose * 7 // 3 + 1)

    match tree:
        case Sum(terms):
            return Sum(tuple(again(term) for term in reversed(terms)))
        case Product((Sum(terms), *others)) if choose % 2:
            return Sum(tuple(Product((again(term), *map(again, others))) for term in terms))
        case Product(factors):
            return Product(tuple(again(factor) for factor in reversed(factors)))
        case Quotient(numerator, denominator):
            return Product((again(numerator), Power(again(denominator), Number(Fraction(-1)))))
        case Negative(operand):
            return Product((Number(Fraction(-1)), again(operand)))
        case Power(base, Number(exponent)):
            return Product(tuple(again(base) for _ in range(int(exponent))))
        case Call("sigmoid", (x,)):
            return (1 + call("tanh", again(x) / 2)) / 2 if choose % 2 else ONE / (1 + call("exp", -again(x)))
        case Call("tanh", (x,)):
            return two * call("sigmoid", two * again(x)) - 1
        case Call("sin", (x,)):
            return two * call("sin", again(x) / 2) * call("cos", again(x) / 2)
        case Call("exp", (x,)):
            return ONE / call("exp", -again(x))
        case Call("relu", (x,)):
            return (again(x) + call("abs", again(x))) / 2
        case Call("softplus", (x,)):
            return again(x) + call("softplus", -again(x))
        case Call("silu", (x,)):
            return again(x) * call("sigmoid", again(x))
        case Call("abs", (x,)):
            return call("max", again(x), -again(x))
    return tree


def at_three_points(tree: Formula) -> bool:
    """Whether a formula has values of an everyday size."""
    arithmetic = Precise()
    try:
        for point in ({"x": 1, "y": 2, "z": -1}, {"x": -1, "y": 1, "z": 3}, {"x": 2, "y": -2, "z": 1}):
            value = arithmetic.at(tree, {name: Fraction(number, 2) for name, number in point.items()})
            if abs(exact(value)) > 10**6:
                return False
    except ArithmeticError:
        return False
    return True


@settings(max_examples=300, deadline=None)
@given(formulas_of_letters(3), st.integers(0, 50))
def test_a_rewritten_formula_is_never_different(tree: Formula, choose: int) -> None:
    assume(at_three_points(tree))
    found = judged(tree, rewritten(tree, choose))
    assert found.verdict != "different"
    assert found.verdict == "same"


@settings(max_examples=300, deadline=None)
@given(formulas_of_letters(3), st.data())
def test_a_mutated_formula_is_different_or_no_mutation(tree: Formula, data: st.DataObject) -> None:
    assume(at_three_points(tree))
    wrong = data.draw(st.sampled_from(mutations(tree)))
    found = judged(tree, wrong)
    formulas, graph = expressions("f: x*y + z*t + p*q")
    if found.verdict == "same":
        assert provably_same(wrong, "f", {**formulas, "f": tree}, graph)


# The remark on the form


def test_a_remark_on_the_form() -> None:
    z, a = Name("z1_1"), Name("a1_1")
    asked = a * (1 - a)
    said = remark(call("sigmoid", z) * (1 - call("sigmoid", z)), asked)
    assert said == ("The formula is equal, but written in ", z, "; the step asks for it in ", a, ".")
    assert remark(a - a * a, asked) == ()
    assert remark(Number(Fraction(0)), asked) == ()
    assert remark(a * z / z, asked) == ()
    assert remark(call("sigmoid", z), asked, call("tanh", z)) == ()
    product = Derivative("L", "a1_1") * a
    many = remark(Name("x") * Name("y") * Name("t"), product)
    assert many == (
        "The formula is equal, but written in ",
        Name("x"), ", ", Name("y"), " and ", Name("t"),
        "; the step asks for it in ",
        Derivative("L", "a1_1"), " and ", a, ".",
    )  # fmt: skip
    assert remark(Name("k") * a, Name("w2_11") * a, letters={"w2_11": "k"}) == ()


def test_a_plan_without_numbers_needs_no_letters() -> None:
    """A constant right answer is decided at one point, whatever the domain of the rest."""
    formulas, graph = expressions("h: x^2", "k: ln(y)", "f: h + k")
    assert formulas["df/dh"] == ONE
    assert plan(graph).objective == "f"
    assert compare(read("2 - 1"), "df/dh", formulas, graph).verdict == "same"
    assert compare(read("1.000000001"), "df/dh", formulas, graph).verdict == "different"
    assert compare(read("x/x"), "df/dh", formulas, graph).verdict == "same"
    assert compare(read("x"), "df/dh", formulas, graph).verdict == "different"
