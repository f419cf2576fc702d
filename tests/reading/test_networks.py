"""Networks: every form of inputs, targets, layers and losses, and the names of symbols and parameters."""

from fractions import Fraction

import pytest
from problem_texts import bad, good, names, network, numbers

from backprop_tutor.model.formula import Name, names_in
from backprop_tutor.model.problem import Network

CONTRACT_NETWORK = """title: One hidden layer, tanh
notation: cmu
inputs: [1, 2]
target: 3
layers:
  - weights: [[0, 1, 2], [2, 1, 0], [0, 2, 0]]   # row: the unit led into; column: the unit it comes from
    bias: first_column                           # or last_column, or a list, or left out: no bias
    activation: tanh
  - weights: [[0, 1, 2, 2]]
    bias: first_column
    activation: identity
loss: half_squared_error
learning_rate: 1/10
"""


def test_the_network_of_the_readme():
    problem = good(CONTRACT_NETWORK)
    assert (problem.id, problem.title, problem.notation) == ("some/id", "One hidden layer, tanh", "cmu")
    assert problem.text == CONTRACT_NETWORK
    assert problem.learning_rate.number == Fraction(1, 10)
    assert problem.learning_rate.written == "1/10"
    body = problem.body
    assert isinstance(body, Network)
    assert numbers(body.inputs) == [1, 2]
    assert numbers(body.targets) == [3]
    first, second = body.layers
    assert [numbers(row) for row in first.weights] == [[0, 1, 2], [2, 1, 0], [0, 2, 0]]
    assert (first.bias, first.biases) == ("first_column", ())
    assert [spec.name for spec in first.activations] == ["tanh"]
    assert [numbers(row) for row in second.weights] == [[0, 1, 2, 2]]
    assert body.loss.name == "half_squared_error"
    assert [body.symbolic_inputs, body.symbolic_targets, first.symbolic_weights] == [False] * 3
    place = second.weights[0][3].where
    assert (place.source, place.line, place.column, place.end) == ("f.yaml", 9, 25, 26)


def test_symbols_named_by_the_notation():
    body = good(
        network(
            "x",
            "y",
            (
                "weights: [[1, 2, 3], [4, 5, 6]]\nbias: last_column",
                "weights: w\nunits: 3\nbias: b",
                "weights: symbols\nunits: 1\nbias: first_column",
            ),
        )
    ).body
    assert names(body.inputs) == ["x1", "x2"]
    assert names(body.targets) == ["y"]
    assert body.symbolic_inputs
    assert body.symbolic_targets
    _, second, third = body.layers
    assert [names(row) for row in second.weights] == [["w2_11", "w2_12"], ["w2_21", "w2_22"], ["w2_31", "w2_32"]]
    assert names(second.biases) == ["b2_1", "b2_2", "b2_3"]
    assert second.symbolic_weights
    assert second.symbolic_biases
    assert [names(row) for row in third.weights] == [["w3_10", "w3_11", "w3_12", "w3_13"]]
    assert not third.symbolic_biases


@pytest.mark.parametrize(
    ("inputs", "units", "bias", "first", "last"),
    [
        (9, 9, "none", "w1_11", "w1_99"),
        (9, 9, "last_column", "w1_1_1", "w1_9_10"),
        (10, 1, "none", "w1_1_1", "w1_1_10"),
        (2, 10, "first_column", "w1_1_0", "w1_10_2"),
        (3, 2, "last_column", "w1_11", "w1_24"),
    ],
)
def test_plain_names_with_ten_units_or_more(inputs, units, bias, first, last):
    layer = f"weights: w\nunits: {units}\nbias: {bias}"
    rows = good(network(str(list(range(inputs))), "", (layer,), "none")).body.layers[0].weights
    assert (rows[0][0].written, rows[-1][-1].written) == (first, last)


def test_symbols_of_ones_own():
    body = good(network("[p, q]", "t")).body
    assert names(body.inputs) == ["p", "q"]
    assert names(body.targets) == ["t"]
    assert [body.symbolic_inputs, body.symbolic_targets] == [False, False]
    assert good(network("[x1, x2]", "y1")).body.symbolic_inputs
    two = good(network("[1, 2]", "y", ("weights: [[1, 2], [3, 4]]",))).body
    assert names(two.targets) == ["y1", "y2"]


def test_one_input_and_one_output_need_no_list():
    body = good(network("0.5", "[1]", ("weights: [[2]]\nbias: 3",))).body
    assert numbers(body.inputs) == [Fraction(1, 2)]
    assert numbers(body.layers[0].biases) == [3]
    assert (
        good(network("x", "1", ("weights: w\nunits: 1",)).replace("inputs: x", "inputs: u")).body.inputs[0].written
        == "u"
    )


def test_a_class_counts_from_one():
    body = good(network(target="{class: 2}", layers=("weights: [[1, 2], [3, 4], [5, 6]]",))).body
    assert numbers(body.targets) == [0, 1, 0]
    assert body.target_class == 2


def test_activations_in_every_form():
    def specs(written, rows="[[1, 2], [3, 4]]"):
        layer = f"weights: {rows}\nactivation: {written}"
        return good(network(target="[1, 2]", layers=(layer,))).body.layers[0].activations

    assert [spec.name for spec in specs("[relu, tanh]")] == ["relu", "tanh"]
    assert [spec.name for spec in good(network()).body.layers[0].activations] == ["identity"]
    (leaky,) = specs("{leaky_relu: {slope: 1/100}}")
    assert leaky.parameters["slope"].number == Fraction(1, 100)
    assert specs("{leaky_relu: }")[0].parameters == {}
    (own,) = specs('{formula: "z*sigmoid(z)"}')
    assert own.name == "formula"
    assert names_in(own.formula) == ("z",)
    assert specs("z*sigmoid(z)")[0].formula == own.formula
    assert specs("softmax")[0].where.line == 5


def test_losses_in_every_form():
    def loss(written):
        return good(network(loss=written)).body.loss

    huber = loss("{huber: {delta: 1/2, outputs: mean}}")
    assert huber.name == "huber"
    assert huber.parameters["delta"].number == Fraction(1, 2)
    assert huber.parameters["outputs"] == "mean"
    assert loss("{cross_entropy: {logits: true}}").parameters == {"logits": True}
    assert loss("none").name == "none"
    for written in ("(yhat1 - y1)^2", "(yhat - y)^2", '{formula: "(yhat - y)^2"}', "yhat1 - y1"):
        own = loss(written)
        assert own.name == "formula"
        assert len(names_in(own.formula)) == 2
    assert good(network(target="", loss="none")).body.targets == ()


def test_an_own_loss_may_name_every_output_and_no_other():
    rows = ("weights: [[1, 2], [3, 4]]",)
    assert good(network(target="[1, 2]", layers=rows, loss="(yhat2 - y1)^2")).body.loss.formula
    assert "yhat3" in bad(network(target="[1, 2]", layers=rows, loss="(yhat3 - y1)^2"))[0]
    assert bad(network(target="[1, 2]", layers=rows, loss="(yhat - y1)^2"))


def test_names_of_parameters_shared_and_frozen():
    layers = (
        "weights: [[1, 2], [3, 4]]\nweight_names: [[w1, w2], [w3, w4]]\nbias: [5, 5.0]\nbias_names: [b1, b1]",
        "weights: [[7, 1]]\nweight_names: [[c, w1]]\nbias: last_column".replace("[[7, 1]]", "[[7, 8, 1]]").replace(
            "[[c, w1]]", "[[c, d, w1]]"
        ),
    )
    body = good(network(layers=layers, more="frozen: [b1, w1]\n")).body
    assert body.layers[0].weight_names == (("w1", "w2"), ("w3", "w4"))
    assert body.layers[0].bias_names == ("b1", "b1")
    assert body.layers[1].weight_names == (("c", "d", "w1"),)
    assert body.frozen == ("b1", "w1")
    assert "'b1' is 6 here and 5 at line" in bad(network(layers=(layers[0].replace("5.0", "6"), layers[1])))[0]
    assert good(network(layers=("weights: [[1, 2]]\nbias: [1]",), more="frozen: [b1_1, w1_12]\n")).body.frozen


def test_symbolic_weights_take_the_names_of_the_handout():
    layer = "weights: w\nunits: 1\nweight_names: [[u, v]]\nbias: b\nbias_names: [c]"
    read = good(network(layers=(layer,))).body.layers[0]
    assert names(read.weights[0]) == ["u", "v"]
    assert names(read.biases) == ["c"]
    assert read.symbolic_weights
    assert read.symbolic_biases


def test_regularization():
    penalty = good(network(more="regularization: {l2: 0.01, half: true}\n")).body.regularization
    assert penalty.coefficient.number == Fraction(1, 100)
    assert penalty.half
    assert good(network(more="regularization: {l2: lambda}\n")).body.regularization.coefficient.formula == Name(
        "lambda"
    )
    assert good(network()).body.regularization is None


def test_a_symbol_may_not_be_the_plain_name_of_another_quantity():
    for inputs, target in (
        ("[x2, 1]", "1"),
        ("[1, y]", "1"),
        ("[1, 2]", "yhat"),
        ("[1, L]", "t"),
        ("[1, 2*x2 + x1]", "1"),
    ):
        (found,) = bad(network(inputs, target))
        assert "is the plain name of another quantity" in found


def test_a_transposed_matrix():
    layers = ("weights: [[1, 2], [3, 4], [5, 6]]\nbias: [1, 2]", "weights: [[1, 2]]")
    (found,) = bad(network("[1, 2, 3]", layers=layers))
    assert "look transposed" in found
    (found,) = bad(network("[1, 2, 3]", layers=("weights: [[1, 2]]\nbias: [1]",)))
    assert "Add 1 number to each row" in found


def test_too_many_weights_are_refused_before_they_are_made():
    layers = ("weights: w\nunits: 1000", "weights: w\nunits: 1000", "weights: w\nunits: 1000")
    assert any("more than 50,000 weights" in finding for finding in bad(network(layers=layers)))
