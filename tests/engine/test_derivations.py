"""Formulas for every quantity, run from anybody's numbers: the same numbers as the passes, and only what follows."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import BUNDLED, exact, from_text, solutions

from backprop_tutor.engine.derivations import derivations, key, leaves
from backprop_tutor.engine.precise import Precise
from backprop_tutor.engine.reckoning import Reckoning
from backprop_tutor.engine.rules import Rules, Wiring
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.engine.update import RATE
from backprop_tutor.model.formula import Derivative, Formula, Name
from backprop_tutor.model.graph import Edge

NEGLIGIBLE = Fraction(1, 10**600)


def given(solution: Solution) -> dict[str, object]:
    values = solution.graph.values
    found = {name: number for name, number in solution.trace.values.items() if values[name].given is not None}
    rate = solution.problem.learning_rate
    return found if rate is None or rate.number is None else {**found, RATE: rate.number}


def reckoning(solution: Solution, rules: Rules | None = None, **held: Fraction) -> Reckoning:
    formulas = derivations(solution.problem, Wiring(solution.plan), rules or Rules())
    return Reckoning(formulas, Precise(max(50, solution.trace.digits)), {**given(solution), **held})


def numbers(solution: Solution) -> dict[str, object]:
    """What the passes found, by plain name."""
    trace, objective = solution.trace, solution.plan.objective
    found = {name: number for name, number in trace.values.items() if solution.graph.values[name].given is None}
    found |= {f"d{objective}/d{name}": number for name, number in trace.gradients.items() if name != objective}
    found |= {f"new_{name}": number for name, number in trace.updated.items()}
    return found


@pytest.mark.parametrize("shortcut", [True, False])
@pytest.mark.parametrize("name", BUNDLED)
def test_the_formulas_give_what_the_passes_give(name: str, shortcut: bool) -> None:
    for solution in solutions(name, shortcut):
        reckoned = reckoning(solution)
        passes = numbers(solution)
        assert passes.keys() <= reckoned.formulas.keys()
        for quantity, number in passes.items():
            found = exact(reckoned.value(quantity))
            # A pass puts to 0 what is below 10^-600.
            assert abs(found - exact(number)) <= abs(exact(number)) / 10**18 + NEGLIGIBLE, quantity


@pytest.mark.parametrize("name", BUNDLED)
def test_every_leaf_is_a_quantity_or_given(name: str) -> None:
    for solution in solutions(name, False):
        formulas = reckoning(solution).formulas
        for tree in formulas.values():
            for used in leaves(tree):
                assert used in formulas or used in solution.graph.values or used == RATE


def test_what_is_held_is_used_and_what_is_asked_is_derived() -> None:
    (solution,) = solutions("slides-example-3")
    reckoned = reckoning(solution, z1_1=Fraction(1, 4))
    assert reckoned.value("z1_1") == Fraction(1, 4)
    assert reckoned.derived("z1_1") == Fraction(24, 100)
    assert float(exact(reckoned.value("a1_1"))) == pytest.approx(0.5621765008857981, rel=1e-15)
    assert float(exact(reckoned.changed({"z1_1": Fraction(0)}).value("a1_1"))) == 0.5
    assert reckoned.value("z1_1") == Fraction(1, 4)


def test_sources_are_the_nearest_held_quantities() -> None:
    (solution,) = solutions("slides-example-3")
    assert set(reckoning(solution).sources("a1_1")) == {"w1_11", "x1", "w1_12", "x2", "b1_1"}
    assert reckoning(solution, z1_1=Fraction(1, 4)).sources("a1_1") == ("z1_1",)
    assert reckoning(solution, z1_1=Fraction(1, 4)).sources("z1_1") == ("w1_11", "x1", "w1_12", "x2", "b1_1")


def test_formulas_are_evaluated_with_everything_they_use() -> None:
    (solution,) = solutions("slides-example-3")
    found = reckoning(solution).at(Derivative("L", "z2_1") * Name("a1_1"))
    assert float(exact(found)) == pytest.approx(-0.131666301282251, rel=1e-14)
    with pytest.raises(LookupError):
        reckoning(solution).at(Name("nothing"))


def test_a_quantity_that_rests_on_itself_is_an_error_and_not_a_loop() -> None:
    formulas = {"a": Name("b") + 1, "b": Name("c") * 2, "c": Name("a") + Name("b")}
    with pytest.raises(LookupError, match="itself"):
        Reckoning(formulas, Precise(), {}).value("a")


def test_a_deep_chain_does_not_exhaust_the_stack() -> None:
    formulas: dict[str, Formula] = {f"v{i}": Name(f"v{i + 1}") + 1 for i in range(20_000)}
    assert Reckoning(formulas, Precise(), {"v20000": Fraction(0)}).value("v0") == 20_000


def test_a_diamond_is_no_cycle() -> None:
    formulas = {"a": Name("b") + Name("c"), "b": Name("c") + Name("d"), "c": Name("d") + 1, "d": Name("x") + 1}
    assert Reckoning(formulas, Precise(), {"x": Fraction(0)}).value("a") == 5


def test_a_rule_changes_what_its_hook_says_and_nothing_else() -> None:
    class Silent(Rules):
        def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
            return Name(edge.source) if edge.name == "da1_1/dz1_1" else right

    (solution,) = solutions("slides-example-3", False)
    right, wrong = reckoning(solution).formulas, reckoning(solution, Silent()).formulas
    assert [name for name in right if right[name] != wrong[name]] == ["da1_1/dz1_1"]


def test_a_weight_used_twice_by_one_unit_keeps_both_slopes() -> None:
    text = """
inputs: [2, 3]
target: 1
layers:
  - {weights: [[0.5, 0.5]], weight_names: [[w, w]], activation: sigmoid}
loss: half_squared_error
"""
    (solution,) = solve(from_text(text), shortcut=False)
    reckoned = reckoning(solution)
    assert exact(reckoned.value("dL/dw")) == pytest.approx(exact(reckoned.value("dL/dz1_1")) * 5)


def test_only_leaves_have_keys() -> None:
    assert key(Name("a")) == "a"
    assert key(Derivative("L", "w")) == "dL/dw"
    assert key(Name("a") + 1) is None
