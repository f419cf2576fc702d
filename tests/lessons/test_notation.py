"""The presets, written out for a 2-3-1 network and for deeper ones, and what may be typed in each of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import lesson

from backprop_tutor.errors import TutorError
from backprop_tutor.lessons.notation import NameReader, load_notation, nearest, notation_names, resolve, typed_names
from backprop_tutor.lessons.symbols import Symbols
from backprop_tutor.model.graph import Graph, Label, Role, Value
from backprop_tutor.model.notation import Letter, Notation, Pattern
from backprop_tutor.writers.maths import Maths


def network(*widths: int, bias: str = "list") -> Graph:
    """A network of these widths, inputs first, with the labels that a network has; ``bias``: list, first, last."""
    values: list[Value] = []

    def add(name: str, role: Role, layer: int, *indices: int) -> None:
        values.append(Value(name, Label(role, layer, indices)))

    def numbered(letter: str, index: int, count: int) -> str:
        return letter if count == 1 else f"{letter}{index}"

    last = len(widths) - 1
    wide = max(widths) > 9
    for i in range(1, widths[0] + 1):
        add(f"x{i}", Role.INPUT, 0, i)
    for layer in range(1, last + 1):
        sources = list(range(1, widths[layer - 1] + 1))
        if bias != "list":
            constant = 0 if bias == "first" else len(sources) + 1
            add(f"x{constant}" if layer == 1 else f"a{layer - 1}_{constant}", Role.CONSTANT, layer - 1, constant)
            sources.append(constant)
        for j in range(1, widths[layer] + 1):
            for i in sources:
                add(f"w{layer}_{j}_{i}" if wide else f"w{layer}_{j}{i}", Role.WEIGHT, layer, j, i)
            if bias == "list":
                add(f"b{layer}_{j}", Role.BIAS, layer, j)
            add(f"z{layer}_{j}", Role.PREACTIVATION, layer, j)
            if layer < last:
                add(f"a{layer}_{j}", Role.ACTIVATION, layer, j)
    for k in range(1, widths[-1] + 1):
        index = (k,) if widths[-1] > 1 else ()
        add(numbered("yhat", k, widths[-1]), Role.OUTPUT, last, *index)
        add(numbered("y", k, widths[-1]), Role.TARGET, last, *index)
    add("L", Role.LOSS, 0)
    return Graph({value.name: value for value in values}, (), "L")


SMALL = network(2, 3, 1)
FOLDED = network(2, 3, 1, bias="first")
LAST_COLUMN = network(2, 3, 1, bias="last")
ONE_INPUT = network(1, 2, 1)
DEEP = network(2, 3, 2, 2)
DEEP_SINGLE = network(2, 2, 2, 1, bias="first")
WIDE = network(2, 11, 1)

PRINTED = [
    ("slides", SMALL, "x1 w1_21 b1_3 z1_2 a1_2", "x₁ w₂₁⁽¹⁾ b₃⁽¹⁾ z₂⁽¹⁾ a₂⁽¹⁾"),
    ("slides", SMALL, "w2_13 b2_1 z2_1 yhat y L", "w₁₃⁽²⁾ b₁⁽²⁾ z₁⁽²⁾ ŷ y L"),
    ("slides", SMALL, "dL/dz1_2 dL/dz2_1 dL/dw1_21", "δ₂⁽¹⁾ δ⁽²⁾ ∂L/∂w₂₁⁽¹⁾"),
    ("slides", DEEP, "w3_21 z3_2 yhat2 y1 dL/dz3_1", "w₂₁⁽³⁾ z₂⁽³⁾ ŷ₂ y₁ δ₁⁽³⁾"),
    ("slides", FOLDED, "x0 a1_0 w1_20", "x₀ a₀⁽¹⁾ w₂₀⁽¹⁾"),
    ("slides", LAST_COLUMN, "x3 a1_4 w1_23", "x₃ a₄⁽¹⁾ w₂₃⁽¹⁾"),
    ("slides", WIDE, "w1_2_1 w1_11_2 w2_1_11 z1_11", "w₂,₁⁽¹⁾ w₁₁,₂⁽¹⁾ w₁,₁₁⁽²⁾ z₁₁⁽¹⁾"),
    ("cmu", FOLDED, "x0 x1 w1_20 w1_12 z1_3 a1_0 a1_3", "x₀ x₁ α₂,₀ α₁,₂ a₃ z₀ z₃"),
    ("cmu", FOLDED, "w2_10 w2_13 z2_1 yhat y L", "β₀ β₃ b₁ ŷ y ℓ"),
    ("cmu", FOLDED, "dL/dz1_2 dL/dz2_1 dL/dw2_11", "∂ℓ/∂a₂ ∂ℓ/∂b₁ ∂ℓ/∂β₁"),
    ("cmu", SMALL, "b1_2 b2_1", "α₂,₀ β₀"),
    ("cmu", DEEP, "w1_12 w2_21 w3_21 b3_1 z1_2 a2_1 z3_1", "α₁,₂⁽¹⁾ β₂,₁⁽²⁾ γ₂,₁⁽³⁾ γ₁,₀⁽³⁾ a₂⁽¹⁾ z₁⁽²⁾ b₁"),
    ("cmu", DEEP_SINGLE, "w3_10 w3_12 a1_0 a2_0 z3_1", "γ₀⁽³⁾ γ₂⁽³⁾ z₀⁽¹⁾ z₀⁽²⁾ b₁"),
    ("week05", ONE_INPUT, "x1 w1_21 b1_2 z1_1 a1_2", "x w₂₁² b₂² z₁² a₂²"),
    ("week05", ONE_INPUT, "w2_12 b2_1 z2_1 yhat y L", "w₁₂³ b₁³ z³ ŷ y e"),
    ("week05", ONE_INPUT, "dL/dz1_2 dL/dz2_1 dL/db2_1", "δ₂² δ³ ∂e/∂b₁³"),
    ("week05", DEEP, "x2 z3_2 yhat2 y1 dL/dz3_2", "x₂ z₂⁴ ŷ₂ y₁ δ₂⁴"),
    ("uw", SMALL, "x2 w1_31 b1_3 a1_3 w2_12 b2_1 yhat", "x₂ W₃₁⁽⁰⁾ b₃⁽⁰⁾ z₃ W₂⁽¹⁾ b⁽¹⁾ y"),
    ("olin", LAST_COLUMN, "x2 x3 w1_23 z1_2 a1_2 a1_4", "x₂⁽¹⁾ x₃⁽¹⁾ w₂,₃⁽¹⁾ s₂⁽²⁾ x₂⁽²⁾ x₄⁽²⁾"),
    ("olin", LAST_COLUMN, "w2_14 z2_1 yhat y L", "w₁,₄⁽²⁾ s₁⁽³⁾ x₁⁽³⁾ y l"),
]


@pytest.mark.parametrize(("notation", "graph", "plain", "printed"), PRINTED)
def test_names_in_print(notation: str, graph: Graph, plain: str, printed: str) -> None:
    maths = Maths(load_notation(notation), graph, "text")
    assert " ".join(maths.name(name) for name in plain.split()) == printed


@pytest.mark.parametrize("notation", notation_names())
@pytest.mark.parametrize("graph", [SMALL, FOLDED, LAST_COLUMN, ONE_INPUT, DEEP, DEEP_SINGLE, WIDE])
def test_no_two_quantities_print_alike_and_everything_typed_as_printed_is_understood(
    notation: str, graph: Graph
) -> None:
    preset = load_notation(notation)
    reader = NameReader(graph, preset)
    targets = {name for name, value in graph.values.items() if value.label.role is Role.TARGET}
    for style in ("text", "ascii", "latex"):
        maths = Maths(preset, graph, style)
        seen: set[str] = set()
        for name in [*graph.values, *(f"dL/d{value}" for value in graph.values)]:
            printed = maths.name(name)
            assert printed not in seen
            assert style == "text" or printed.isascii()
            seen.add(printed)
            if printed not in graph.values:
                assert reader.resolve(printed) == name or name in targets, (printed, name)


@pytest.mark.parametrize(
    ("notation", "graph", "typed", "plain"),
    [
        ("slides", SMALL, "w1_21", "w1_21"),
        ("slides", SMALL, " yhat ", "yhat"),
        ("slides", SMALL, "w_12^(1)", "w1_12"),
        ("slides", SMALL, "w_12^1", "w1_12"),
        ("slides", SMALL, "w12^(2)", "w2_12"),
        ("slides", SMALL, "w^(2)_12", "w2_12"),
        ("slides", SMALL, "w_{12}^{(2)}", "w2_12"),
        ("slides", SMALL, "w₁₂⁽²⁾", "w2_12"),
        ("slides", SMALL, "w_12", None),
        ("slides", SMALL, "w_32", "w1_32"),
        ("slides", SMALL, "delta1_2", "dL/dz1_2"),
        ("slides", SMALL, "delta_1^(1)", "dL/dz1_1"),
        ("slides", SMALL, "delta_1", "dL/dz1_1"),
        ("slides", SMALL, "delta^(2)", "dL/dz2_1"),
        ("slides", SMALL, "δ⁽²⁾", "dL/dz2_1"),
        ("slides", SMALL, "dL/dw_12^(1)", "dL/dw1_12"),
        ("slides", SMALL, "da1_2/dz1_2", "da1_2/dz1_2"),
        ("slides", SMALL, "∂a₂⁽¹⁾/∂z₂⁽¹⁾", "da1_2/dz1_2"),
        ("slides", SMALL, "new_w1_21", "new_w1_21"),
        ("slides", SMALL, "new w_21^(1)", "new_w1_21"),
        ("slides", SMALL, "w_{21,\\text{new}}^{(1)}", "new_w1_21"),
        ("slides", SMALL, "\\hat{y}", "yhat"),
        ("slides", WIDE, "w1_2_1", "w1_2_1"),
        ("slides", WIDE, "w_11,2^(1)", "w1_11_2"),
        ("slides", WIDE, "w_112^(1)", "w1_11_2"),
        ("slides", SMALL, "w1_99", None),
        ("slides", SMALL, "dL/dq", None),
        ("slides", SMALL, "new_q", None),
        ("slides", SMALL, "alpha_2,1", None),
        ("slides", SMALL, "", None),
        ("slides", SMALL, "w" * 100_000, None),
        ("cmu", FOLDED, "alpha_2,1", "w1_21"),
        ("cmu", FOLDED, "alpha21", "w1_21"),
        ("cmu", FOLDED, "alpha_21", "w1_21"),
        ("cmu", FOLDED, "alpha_2_1", "w1_21"),
        ("cmu", FOLDED, "α₂,₁", "w1_21"),
        ("cmu", FOLDED, "beta_1", "w2_11"),
        ("cmu", FOLDED, "b_1", "z2_1"),
        ("cmu", FOLDED, "a_1", "z1_1"),
        ("cmu", FOLDED, "a1_1", "a1_1"),
        ("cmu", FOLDED, "z_1", "a1_1"),
        ("cmu", FOLDED, "dell/dalpha_1,2", "dL/dw1_12"),
        ("cmu", FOLDED, "\\frac{\\partial \\ell}{\\partial \\alpha_{1,2}}", "dL/dw1_12"),
        ("cmu", FOLDED, "dL/dw1_12", "dL/dw1_12"),
        ("cmu", FOLDED, "dz_1/da_1", "da1_1/dz1_1"),
        ("cmu", FOLDED, "delta1_2", "dL/dz1_2"),
        ("cmu", FOLDED, "new_alpha_2,1", "new_w1_21"),
        ("cmu", FOLDED, "ell", "L"),
        ("week05", ONE_INPUT, "e", "L"),
        ("week05", ONE_INPUT, "de/dw_21^2", "dL/dw1_21"),
        ("week05", ONE_INPUT, "delta^3", "dL/dz2_1"),
        ("week05", ONE_INPUT, "x", "x1"),
        ("olin", LAST_COLUMN, "x_1^(2)", "a1_1"),
        ("uw", SMALL, "W^(0)_2_1", "w1_21"),
    ],
)
def test_what_is_typed(notation: str, graph: Graph, typed: str, plain: str | None) -> None:
    assert resolve(typed, graph, load_notation(notation)) == plain


def test_plain_names_win_over_names_of_the_notation() -> None:
    # In this notation y is the prediction, but the plain name y is the target.
    assert resolve("y", SMALL, load_notation("uw")) == "y"
    assert resolve("t", SMALL, load_notation("uw")) == "y"


def test_names_that_mean_two_things_are_not_understood() -> None:
    assert "w_12" not in typed_names(SMALL, load_notation("slides"))
    assert typed_names(SMALL, load_notation("slides"))["w_12^1"] == "w1_12"


@pytest.mark.parametrize("typed", ["L", "l", "ell", "loss", "ℓ"])
def test_the_loss_is_understood_whatever_its_letter(typed: str) -> None:
    told = lesson("cmu-tanh")
    assert resolve(typed, told.graph, told.notation) == "L"
    assert resolve(f"d{typed}/dalpha_21", told.graph, told.notation) == "dL/dw1_21"


@pytest.mark.parametrize(
    ("widths", "typed", "plain"),
    [
        ((3, 1), "delta1", "dL/dz1_1"),
        ((3, 1), "δ1", "dL/dz1_1"),
        ((3, 1), "delta_1", "dL/dz1_1"),
        ((3, 1), "z1", "z1_1"),
        ((3, 1), "b1", "b1_1"),
        ((3, 1), "w1_2", "w1_12"),
        ((2, 2, 2, 1), "delta3", "dL/dz3_1"),
        ((2, 2, 2, 1), "b3", "b3_1"),
        ((2, 2, 2, 1), "delta2", None),  # the layer has two units
        ((2, 2, 1), "w2_1", None),  # may be the weight of layer 1 into unit 2
    ],
)
def test_the_one_unit_of_a_layer_needs_no_number(widths: tuple[int, ...], typed: str, plain: str | None) -> None:
    assert resolve(typed, network(*widths), load_notation("slides")) == plain


def test_full_names_win_over_short_ones() -> None:
    x = (Letter("x", "x", "x"),)
    patterns = {"input": Pattern(x, "{unit}"), "activation": Pattern(x, "{unit}", "{layer}")}
    notation = Notation("own", "every unit is x", patterns)
    graph = Graph({name: SMALL.values[name] for name in ("a1_1", "a1_3", "x2", "x1")}, (), "L")
    renamed = Graph({name.replace("x", "in"): value for name, value in graph.values.items()}, (), "L")
    assert resolve("x_1", renamed, notation) == "in1"
    assert resolve("x_1^1", renamed, notation) == "a1_1"
    assert resolve("x_3", renamed, notation) == "a1_3"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("w1_212", "w1_21"),
        ("dL/dw1_212", "dL/dw1_21"),
        ("new_w1_212", "new_w1_21"),
        ("yhatt", "yhat"),
        ("del1_2", "dL/dz1_2"),
        ("completely different", None),
        ("", None),
    ],
)
def test_nearest_name(typed: str, plain: str | None) -> None:
    assert nearest(typed, SMALL, load_notation("slides")) == plain


OWN = Graph(
    {
        value.name: value
        for value in [
            Value("theta", Label(Role.VARIABLE, own="theta")),
            Value("x1", Label(Role.VARIABLE, own="x1")),
            Value("x_1", Label(Role.VARIABLE, own="x_1")),
            Value("w_in", Label(Role.WEIGHT, 1, (1, 1), own="w_in")),
            Value("d", Label(Role.VARIABLE, own="d")),
        ]
    },
    (),
    "d",
)


@pytest.mark.parametrize("notation", notation_names())
def test_authors_names_are_kept_in_every_notation(notation: str) -> None:
    maths = Maths(load_notation(notation), OWN, "text")
    assert [maths.name(name) for name in OWN.values] == ["θ", "x₁", "x_1", "w_in", "d"]
    assert maths.name("dd/dw_in") == "∂d/∂w_in"
    assert resolve("dd/dtheta", OWN, load_notation(notation)) == "dd/dtheta"
    assert resolve("θ", OWN, load_notation(notation)) == "theta"
    assert resolve("dx_1/dx1", OWN, load_notation(notation)) == "dx_1/dx1"


@given(st.text(max_size=30) | st.text("dLw₁^_(){}/\\new αδ,12", max_size=30))
def test_anything_may_be_typed(typed: str) -> None:
    reader = NameReader(FOLDED, load_notation("cmu"))
    for found in (reader.resolve(typed), reader.nearest(typed)):
        assert found is None or found.isascii()


def test_presets_are_listed_and_complete() -> None:
    assert {"slides", "cmu", "week05", "uw", "olin"} <= set(notation_names())
    needed = {role.value for role in Role} - {"constant", "variable"} | {"rate"}
    for name in notation_names():
        notation = load_notation(name)
        assert notation.name == name
        assert notation.title
        assert needed <= set(notation.patterns)
        assert notation.delta == (name in {"slides", "week05"})
        for case in notation.patterns:
            assert set(case.split(":")[1:]) <= {"first", "last", "only", "deep"}
            assert case.split(":")[0] in needed | {"delta"}


@pytest.mark.parametrize("name", ["nosuch", "../slides", "", "slides.toml"])
def test_unknown_notation_is_refused_with_the_choice_there_is(name: str) -> None:
    with pytest.raises(TutorError, match="cmu, olin, slides, uw, week05"):
        load_notation(name)


def test_special_cases_are_chosen_by_what_fits_most() -> None:
    symbols = Symbols(load_notation("cmu"), DEEP_SINGLE)
    assert symbols.name("w3_12").below == "2"
    assert symbols.name("w2_12").below == "1,2"
    assert symbols.rate().letter.text == "η"


@pytest.mark.parametrize("name", notation_names())
def test_what_a_keyboard_writes_is_read_as_the_quantity(name: str) -> None:
    for graph in (network(2, 3, 1), network(2, 2, 2, 1), network(3, 11, 2), network(2, 3, 1, bias="first")):
        reader = NameReader(graph, load_notation(name))
        values = list(graph.values)
        for plain in (*values, *(f"d{values[-1]}/d{by}" for by in values), *(f"new_{value}" for value in values)):
            typed = reader.typed(plain)
            assert typed == plain or reader.resolve(typed) == plain


def test_a_keyboard_writes_the_letters_of_the_notation() -> None:
    graph = network(2, 3, 1)
    cmu, slides = (NameReader(graph, load_notation(name)) for name in ("cmu", "slides"))
    assert [cmu.typed(name) for name in ("z1_1", "a1_1", "da1_1/dz1_1")] == ["a1", "z1", "dz1/da1"]
    assert [slides.typed(name) for name in ("z1_1", "a1_1", "da1_1/dz1_1")] == ["z1_1", "a1_1", "da1_1/dz1_1"]
    assert cmu.typed("new_w1_12") == "new_alpha_1,2"
    assert cmu.nearest("a_9") != cmu.suggestion("a_9") == "a3"
    assert cmu.suggestion("dL/dw1_2l") == cmu.nearest("dL/dw1_2l")
