"""Names of vectors and matrices: which there are, what may be typed for them, and that one quantity goes first."""

from __future__ import annotations

import pytest
from support import BUNDLED, ends, from_text, lesson, solutions
from test_hostile import LINES

from backprop_tutor.graphs.build import build_graph
from backprop_tutor.lessons.groups import Group, Groups
from backprop_tutor.lessons.notation import NameReader, load_notation, notation_names

NETWORK = """
inputs: [1, 2, 3]
target: [1, 0]
layers:
  - {weights: [[1, 2, 3], [4, 5, 6]], bias: [7, 8], activation: sigmoid}
  - {weights: [[1, 2], [3, 4]], bias: [5, 6], activation: OUTPUT}
loss: LOSS
learning_rate: 1
"""
ELEMENTWISE = NETWORK.replace("OUTPUT", "sigmoid").replace("LOSS", "half_squared_error")
SOFTMAX = NETWORK.replace("OUTPUT", "softmax").replace("LOSS", "cross_entropy")
FOLDED = """
inputs: [1, 2]
target: 3
layers:
  - {weights: [[1, 2, 3], [4, 5, 6]], bias: first_column, activation: tanh}
  - {weights: [[1, 2, 3]], bias: last_column}
loss: squared_error
"""


def groups(text: str, notation: str = "slides") -> Groups:
    return Groups(build_graph(from_text(text)), load_notation(notation))


def cells(text: str, typed: str, notation: str = "slides") -> tuple[tuple[str, ...], ...]:
    found = groups(text, notation).find(typed)
    assert found is not None, typed
    return found.cells


def test_the_groups_of_a_network() -> None:
    assert groups(ELEMENTWISE).names() == (
        "x", "W1", "b1", "z1", "a1", "W2", "b2", "z2", "yhat", "y",
        "dL/dx", "dL/dW1", "dL/db1", "dL/dz1", "dL/da1", "dL/dW2", "dL/db2", "dL/dz2", "dL/dyhat",
        "da1/dz1", "dyhat/dz2",
        "new_W1", "new_b1", "new_W2", "new_b2",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", "x1|x2|x3"),
        ("W1", "w1_11 w1_12 w1_13|w1_21 w1_22 w1_23"),
        ("w1", "w1_11 w1_12 w1_13|w1_21 w1_22 w1_23"),
        ("b2", "b2_1|b2_2"),
        ("z2", "z2_1|z2_2"),
        ("a1", "a1_1|a1_2"),
        ("yhat", "yhat1|yhat2"),
        ("y", "y1|y2"),
        ("dL/dW2", "dL/dw2_11 dL/dw2_12|dL/dw2_21 dL/dw2_22"),
        ("dL/db1", "dL/db1_1|dL/db1_2"),
        ("dL/dz1", "dL/dz1_1|dL/dz1_2"),
        ("delta1", "dL/dz1_1|dL/dz1_2"),
        ("dL/da1", "dL/da1_1|dL/da1_2"),
        ("dL/dx", "dL/dx1|dL/dx2|dL/dx3"),
        ("dL/dyhat", "dL/dyhat1|dL/dyhat2"),
        ("da1/dz1", "da1_1/dz1_1|da1_2/dz1_2"),
        ("dyhat/dz2", "dyhat1/dz2_1|dyhat2/dz2_2"),
        ("new_W1", "new_w1_11 new_w1_12 new_w1_13|new_w1_21 new_w1_22 new_w1_23"),
        ("new_b2", "new_b2_1|new_b2_2"),
    ],
)
def test_the_cells_of_a_group(name: str, expected: str) -> None:
    found = groups(ELEMENTWISE).find(name, several=True)
    assert found is not None
    assert found.cells == tuple(tuple(row.split()) for row in expected.split("|"))
    assert found.is_vector == ("W" not in name.upper().removeprefix("NEW"))


def test_slopes_of_softmax_are_a_matrix() -> None:
    found = groups(SOFTMAX).find("dyhat/dz2")
    assert found == Group(
        "dyhat/dz2", (("dyhat1/dz2_1", "dyhat1/dz2_2"), ("dyhat2/dz2_1", "dyhat2/dz2_2")), is_vector=False
    )


def test_a_folded_bias_stays_in_its_column() -> None:
    assert cells(FOLDED, "W1") == (("w1_10", "w1_11", "w1_12"), ("w1_20", "w1_21", "w1_22"))
    assert cells(FOLDED, "dL/dW2") == (("dL/dw2_11", "dL/dw2_12", "dL/dw2_13"),)
    assert cells(FOLDED, "x") == (("x1",), ("x2",))
    assert cells(FOLDED, "dL/dx") == (("dL/dx1",), ("dL/dx2",))
    assert groups(FOLDED).find("b1") is None


@pytest.mark.parametrize(
    ("notation", "typed", "first"),
    [
        ("slides", "W^(1)", "w1_11"),
        ("slides", "w^{(1)}", "w1_11"),
        ("slides", "W^1", "w1_11"),
        ("slides", "W_1", "w1_11"),
        ("slides", "W₁", "w1_11"),
        ("slides", " W1 ", "w1_11"),
        ("slides", "∂L/∂W¹", "dL/dw1_11"),
        ("slides", "∂L/∂W⁽²⁾", "dL/dw2_11"),
        ("slides", "dL/dW^(2)", "dL/dw2_11"),
        ("slides", "\\frac{\\partial L}{\\partial W^{(2)}}", "dL/dw2_11"),
        ("slides", "δ^(2)", "dL/dz2_1"),
        ("slides", "\\delta^{(1)}", "dL/dz1_1"),
        ("slides", "delta_1", "dL/dz1_1"),
        ("slides", "ŷ", "yhat1"),
        ("slides", "∂L/∂ŷ", "dL/dyhat1"),
        ("slides", "new W^(1)", "new_w1_11"),
        ("slides", "W^(1)_{new}", "new_w1_11"),
        ("slides", "dloss/dW1", "dL/dw1_11"),
        ("cmu", "alpha", "w1_11"),
        ("cmu", "α", "w1_11"),
        ("cmu", "beta", "w2_11"),
        ("cmu", "dl/dalpha", "dL/dw1_11"),
        ("cmu", "∂ℓ/∂β", "dL/dw2_11"),
        ("cmu", "new_alpha", "new_w1_11"),
        ("cmu", "z", "a1_1"),
        ("cmu", "dl/da", "dL/dz1_1"),
        ("cmu", "delta1", "dL/dz1_1"),
        ("uw", "W^(0)", "w1_11"),
        ("uw", "W^(1)", "w2_11"),
        ("uw", "W1", "w1_11"),
        ("uw", "dL/dy", "dL/dyhat1"),
        ("uw", "t", "y1"),
        ("olin", "s^(2)", "z1_1"),
        ("olin", "x^(2)", "a1_1"),
        ("olin", "x^(1)", "x1"),
        ("olin", "dl/dx^(1)", "dL/dx1"),
        ("week05", "W^2", "w1_11"),
        ("week05", "δ^3", "dL/dz2_1"),
        ("week05", "de/dW^3", "dL/dw2_11"),
        ("week05", "W2", "w2_11"),
    ],
)
def test_what_may_be_typed(notation: str, typed: str, first: str) -> None:
    assert cells(ELEMENTWISE, typed, notation)[0][0] == first


@pytest.mark.parametrize(
    "typed",
    ["", "W", "W3", "W1_11", "w1_11", "L", "dL/dL", "dL/dy", "dL/dW3", "delta3", "new_x", "new_z1", "d/d", "W1 " * 100,
     "dW1/dx", "dL/dW1/dx", "q", "new_"],
)  # fmt: skip
def test_what_is_no_group(typed: str) -> None:
    assert groups(ELEMENTWISE).find(typed) is None
    assert groups(ELEMENTWISE).find(typed, several=True) is None


def test_one_quantity_goes_first() -> None:
    # In the slides' letters z2 is short for the one unit that it can mean; for a list it is the layer.
    one = groups(FOLDED)
    for typed in ("z2", "dL/dz2"):
        assert one.find(typed) is None
    for typed in ("z2", "z^(2)"):
        found = one.find(typed, several=True)
        assert found is not None
        assert found.cells == (("z2_1",),)
    # In the letters of CMU a1 is the first sum; the plain name of the layer is understood all the same.
    assert groups(FOLDED, "cmu").find("a1") is None
    named = groups(FOLDED, "cmu").find("a1", several=True)
    assert named is not None
    assert named.cells == (("a1_1",), ("a1_2",))


OWN = """
inputs: [1, 2]
target: [1, 2]
layers:
  - {weights: [[1, 2], [3, 4]], weight_names: [[w1, w2], [w3, w4]], bias: [5, 5], bias_names: [b1, b1]}
loss: squared_error
frozen: [b1]
learning_rate: 1
"""


def test_an_authors_names_go_first_and_frozen_parameters_are_not_updated() -> None:
    own = groups(OWN)
    assert own.find("w1") is None
    assert own.find("w1", several=True) is None
    found = own.find("W1")
    assert found is not None
    assert found.cells == (("w1", "w2"), ("w3", "w4"))
    assert own.find("b1", several=True) is None
    assert "b1" not in own.names()
    assert "new_W1" in own.names()
    assert not any(name.startswith("new_b") for name in own.names())


EXPRESSION = """
inputs: {c: [1, 2, 3], x: [3, 1, -4], k: 2, w0: 1, w1: 2, m1: 1, m3: 1, n1: 5}
constants: [c]
expressions:
  z: x*k
  h: sigmoid(z)
  f: dot(c, h) + w0*w1 + m1*m3 + n1
"""


def test_vectors_of_an_expression() -> None:
    found = groups(EXPRESSION)
    assert set(found.names()) == {
        "c", "x", "w", "z", "h", "df/dx", "df/dw", "df/dz", "df/dh", "dz/dx", "dh/dz", "new_x", "new_w",
    }  # fmt: skip
    assert cells(EXPRESSION, "x") == (("x1",), ("x2",), ("x3",))
    assert cells(EXPRESSION, "df/dx") == (("df/dx1",), ("df/dx2",), ("df/dx3",))
    assert cells(EXPRESSION, "∂f/∂w") == (("df/dw0",), ("df/dw1",))
    assert cells(EXPRESSION, "dh/dz") == (("dh1/dz1",), ("dh2/dz2",), ("dh3/dz3",))
    assert found.find("k") is None
    # Only a network has a loss that everybody calls L.
    assert found.find("dL/dx") is None


def test_nobody_differentiates_by_what_comes_after() -> None:
    found = groups("inputs: {x: [1, 2]}\nexpressions:\n  f: dot(x, x)\n  g: x*f\ndifferentiate: f\n")
    assert "df/dx" in found.names()
    assert "g" in found.names()
    assert "df/dg" not in found.names()


def test_a_chain_is_no_vector() -> None:
    chain = groups("inputs: {x: 1}\nexpressions:\n  a1: sigmoid(x)\n  a2: sigmoid(a1)\n  a3: sigmoid(a2)\n")
    assert chain.names() == ()


@pytest.mark.parametrize("name", BUNDLED)
def test_every_group_of_every_problem(name: str) -> None:
    """Found by its name in every notation; members are quantities, and the solution knows them where it can."""
    graph = lesson(name).graph
    told = lesson(name)
    solved = {*told.figures, *told.symbolic, *(step.name for step in told.steps)}
    for notation in notation_names():
        groups = Groups(graph, load_notation(notation))
        reader = NameReader(graph, load_notation("slides"))
        for plain in groups.names():
            found = groups.find(plain, several=True)
            assert found is not None
            assert found.name == plain
            assert not found.is_vector or all(len(row) == 1 for row in found.cells)
            members = [member for row in found.cells for member in row]
            assert all(reader.resolve(member) == member for member in members)
            if plain.startswith(f"d{graph.objective}/d"):
                gradients = {f"d{graph.objective}/d{value}" for value in solutions(name)[0].trace.gradients}
                assert set(members) <= solved | gradients, plain


@pytest.mark.parametrize("notation", notation_names())
def test_hostile_names_are_no_groups(notation: str) -> None:
    found = groups(ELEMENTWISE, notation)
    with ends():
        for line in LINES:
            group = found.find(line, several=True)
            assert group is None or line.strip(" \\") in {"x", "y", "beta"}


def test_groups_of_a_large_network_are_made_in_time() -> None:
    row = ", ".join(["1"] * 40)
    layer = "  - {weights: [" + ", ".join([f"[{row}]"] * 40) + "], activation: tanh}\n"
    text = f"inputs: [{row}]\ntarget: [{row}]\nlayers:\n{layer * 3}loss: squared_error\n"
    graph = build_graph(from_text(text))
    with ends():
        assert len(Groups(graph, load_notation("slides")).names()) > 10
