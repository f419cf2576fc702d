"""What right files say: every key of the format, exact numbers, names of symbols, and what may be left out."""

from fractions import Fraction

import pytest
from known_words import VOCABULARY

from backprop_tutor.model.formula import Call, Name, Number, Product, names_in
from backprop_tutor.model.problem import Expressions, FunctionSpec, Network, Rounding
from backprop_tutor.reading.findings import render
from backprop_tutor.reading.problems import problem_from_lines, read_problem


def good(text):
    problem, findings = read_problem(text, "f.yaml", VOCABULARY, id="some/id")
    assert findings == (), render(findings, text)
    return problem


def bad(text):
    problem, findings = read_problem(text, "f.yaml", VOCABULARY)
    assert problem is None
    return [f"{f.message} / {f.repair}" for f in findings]


def network(inputs="[1, 2]", target="3", layers=("weights: [[1, 2]]",), loss="squared_error", more=""):
    listed = "".join("  - " + layer.replace("\n", "\n    ") + "\n" for layer in layers)
    target_line = f"target: {target}\n" if target else ""
    return f"inputs: {inputs}\n{target_line}layers:\n{listed}loss: {loss}\n{more}"


def numbers(givens):
    return [given.number for given in givens]


def names(givens):
    return [given.formula.name if isinstance(given.formula, Name) else None for given in givens]


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


def test_expressions_of_the_readme():
    problem = good(
        "title: Chain rule warm-up\n"
        "inputs: {c: 2, w: 1, x: -1, y: 3, z: 2}     # or [c, w, x, y, z]: all symbols\n"
        "expressions:\n  a: (w + x + y)^2\n  b: (x - y - z)^2\n  v: c*(a - b)^2\n"
    )
    body = problem.body
    assert isinstance(body, Expressions)
    assert [(v.name, numbers(v.givens)) for v in body.variables][2] == ("x", [-1])
    assert [(line.name, line.written) for line in body.lines][2] == ("v", "c*(a - b)^2")
    assert names_in(body.lines[2].formula) == ("c", "a", "b")
    assert (body.output, body.constants, body.split) == (None, (), False)
    assert body.lines[0].where.line == 4


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.20", "1/5"),
        ("3/20", "3/20"),
        ("1e-3", "1/1000"),
        ("-2.5", "-5/2"),
        ('"1/3"', "1/3"),
        ("- 4", None),
        (".5", "1/2"),
    ],
)
def test_numbers_are_exact_as_written(written, value):
    if value is None:
        assert bad(network(inputs=f"[1, {written}]"))
        return
    given = good(network(inputs=f"[1, {written}]")).body.inputs[1]
    assert given.number == Fraction(value)
    assert given.written == written.strip('"')


def test_formulas_of_constants_and_symbols_stand_for_numbers():
    body = good(network(layers=("weights: [[sqrt(2), 2*w]]\nbias: [pi/4]",))).body
    first, second = body.layers[0].weights[0]
    assert first.formula == Call("sqrt", (Number(Fraction(2), "2"),))
    assert isinstance(second.formula, Product)
    assert names_in(second.formula) == ("w",)
    assert body.layers[0].biases[0].number is None


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


COMMON = """inputs: [a]
expressions: {c: a^2, d: c + 1}
title: "A \u202etitle  [bold]x[/bold]"
statement: |
  First line.
  Second \u2066line.
source: page 4
optimizer: {momentum: {beta: 0.9, nesterov: true, dampening: 0}}
rounding: {digits: 4}
differentiate: [c, d]
questions:
  - ask: c
    hints: [one, two]
tags: [chain rule, warm-up]
difficulty: easy
"""


def test_the_keys_of_every_kind():
    problem = good(COMMON)
    assert problem.title == "A title [bold]x[/bold]"
    assert problem.statement == "First line.\nSecond line."
    assert (problem.source, problem.difficulty) == ("page 4", "easy")
    assert problem.tags == ("chain rule", "warm-up")
    assert problem.questions == ({"ask": "c", "hints": ("one", "two")},)
    assert problem.differentiate == ("c", "d")
    assert problem.rounding == Rounding(digits=4)
    assert problem.optimizer.name == "momentum"
    assert problem.optimizer.parameters["nesterov"] is True
    assert problem.optimizer.parameters["beta"].number == Fraction(9, 10)
    assert good("inputs: [a]\nexpressions: {c: a}\nrounding: {decimals: 0}\n").rounding == Rounding(decimals=0)


def test_what_is_left_out_has_its_default():
    problem = good("inputs: [a]\nexpressions: {c: a}\n")
    assert (problem.notation, problem.title, problem.learning_rate) == ("slides", "", None)
    assert problem.optimizer == FunctionSpec("sgd")
    assert (problem.expected, problem.questions, problem.tags, problem.differentiate) == ((), (), (), ())
    assert good("inputs: [a]\nexpressions: {c: a}\noptimizer: sgd\n").optimizer.name == "sgd"
    assert good("inputs: [a]\nexpressions: {c: a}\noptimizer: {adam: {}}\n").optimizer.name == "adam"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("{d: 6, dd/da: 2*a}", [("d", "6", ""), ("dd/da", "2*a", "")]),
        (
            "{source: page 4, values: {dL/dw1_21: 0.20, new_w1_11: 1/3}}",
            [("dL/dw1_21", "0.20", "page 4"), ("new_w1_11", "1/3", "page 4")],
        ),
        ("[{source: one, values: {d: 1}}, {source: two, values: {c: 2}}]", [("d", "1", "one"), ("c", "2", "two")]),
        ("{source: one, d: 1}", [("d", "1", "one")]),
    ],
)
def test_published_numbers(written, found):
    problem = good(f"inputs: [a]\nexpressions: {{c: a^2, d: c + 1}}\nexpected: {written}\n")
    assert [(e.name, e.value.written, e.source) for e in problem.expected] == found


def test_variables_in_every_form():
    body = good(
        "inputs: {a: 2, b: , c: null, d: d, e: t, x: [3, 1/2, s]}\nexpressions: {y: 'a*dot(x, x)'}\nconstants: a\n"
    ).body
    by_name = {variable.name: variable for variable in body.variables}
    assert numbers(by_name["a"].givens) == [2]
    assert [by_name[name].givens for name in "bcd"] == [(), (), ()]
    assert names(by_name["e"].givens) == ["t"]
    assert by_name["x"].vector
    assert numbers(by_name["x"].givens) == [3, Fraction(1, 2), None]
    assert body.constants == ("a",)
    assert [v.name for v in good("inputs: [a, θ, x₁]\nexpressions: {y: a*θ + x₁}\n").body.variables] == [
        "a",
        "theta",
        "x1",
    ]


def test_a_line_may_use_a_later_line():
    body = good("inputs: [a]\nexpressions: {y: u + a, u: a^2}\noutput: y\n").body
    assert names_in(body.lines[0].formula) == ("u", "a")
    assert body.output == "y"


def test_a_misspelt_key_is_read_as_what_was_meant_so_that_nothing_else_is_missed():
    found = bad("input: [1, 2]\ntarget: 1\nlayer:\n  - {weight: [[1, 2, 3]], activation: tahn}\nlos: squared_error\n")
    assert len(found) == 6
    assert sum("Did you mean" in finding for finding in found) == 5
    assert any("3 columns" in finding for finding in found)


def test_nothing_is_said_about_what_follows_from_a_finding():
    assert len(bad(network(layers=("weights: [[1..2, 2]]", "weights: [[1]]")))) == 1
    assert len(bad(network(inputs="[1, 2..3]", layers=("weights: w\nunits: 1",)))) == 1
    assert len(bad(network(inputs="{x: 1}", layers=("weights: w\nunits: 1",)))) == 1
    assert len(bad("inputs: {a: 1}\nexpressions: {2c: a, d: c2 + a}\n")) == 1
    assert len(bad("inputs: {a: 1}\nexpressions: {<<: {c: 1}, d: c + a}\n")) == 1
    assert len(bad(network(inputs="*x", layers=("weights: w\nunits: 1",)))) == 1
    assert len(bad("inputs: {a: 1, 2b: 3}\nexpressions: {c: 2b2 + d}\n".replace("2b2", "b"))) == 1
    assert len(bad(network(layers=("weights: {a: 1}\nbias: b", "weights: w\nunits: 1")))) == 1


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


def test_names_of_published_numbers_hold_nothing_hidden():
    (found,) = bad('inputs: [a]\nexpressions: {c: a}\nexpected: {"c\\u202e": 1}\n')
    assert "'c' is no name of a quantity" in found


def test_what_is_behind_a_broken_formula():
    (found,) = bad("inputs: [a]\nexpressions:\n  c: (a # + 1)\n")
    assert 'From " #" on, the line is a comment' in found
    (found,) = bad("inputs: [a]\nexpressions:\n  c: '(a'\n")
    assert "comment" not in found


@pytest.mark.parametrize("word", ["true", "False", "none", "null"])
def test_words_of_other_formats_are_no_symbols(word):
    assert len(bad(network(inputs=f"[1, {word}]"))) == 1


def test_a_fraction_needs_a_denominator():
    (found,) = bad(network(inputs="[1, 1/0]"))
    assert "denominator is 0" in found


def test_a_transposed_matrix():
    layers = ("weights: [[1, 2], [3, 4], [5, 6]]\nbias: [1, 2]", "weights: [[1, 2]]")
    (found,) = bad(network("[1, 2, 3]", layers=layers))
    assert "look transposed" in found
    (found,) = bad(network("[1, 2, 3]", layers=("weights: [[1, 2]]\nbias: [1]",)))
    assert "Add 1 number to each row" in found


def test_too_many_weights_are_refused_before_they_are_made():
    layers = ("weights: w\nunits: 1000", "weights: w\nunits: 1000", "weights: w\nunits: 1000")
    assert any("more than 50,000 weights" in finding for finding in bad(network(layers=layers)))


def test_a_bare_formula_on_the_command_line():
    problem, findings = problem_from_lines(["(a + b)*(b + 1)"], {"a": "2", "b": "1/3"}, VOCABULARY)
    assert findings == ()
    body = problem.body
    assert body.split
    assert [(v.name, numbers(v.givens)) for v in body.variables] == [("a", [2]), ("b", [Fraction(1, 3)])]
    assert [(line.name, line.written) for line in body.lines] == [("f", "(a + b)*(b + 1)")]


def test_lines_on_the_command_line():
    problem, _ = problem_from_lines(["c = a+b", "e=c*(b+1)"], {"b": "1"}, VOCABULARY)
    body = problem.body
    assert not body.split
    assert [(v.name, numbers(v.givens)) for v in body.variables] == [("a", []), ("b", [1])]
    assert [(line.name, line.where.line, line.where.column) for line in body.lines] == [("c", 1, 5), ("e", 2, 3)]
    single, _ = problem_from_lines(["c = a*b + 1"], {}, VOCABULARY)
    assert not single.body.split
    named, _ = problem_from_lines(["f*2"], {}, VOCABULARY)
    assert named.body.lines[0].name == "f1"
    vector, _ = problem_from_lines(["dot(c, x)"], {"c": "[1, 2]", "x": "[3, t]"}, VOCABULARY)
    assert [v.vector for v in vector.body.variables] == [True, True]


@pytest.mark.parametrize(
    ("lines", "at", "message", "place"),
    [
        (["c = a +"], {}, "ends with +", (1, 7)),
        (["  c = a b"], {}, "", (1, 7)),
        (["c = a", "c = b"], {}, "bound twice", (2, 5)),
        (["exp = a"], {}, "name of a function", (1, 1)),
        (["a + b"], {"x": "1"}, "no formula uses 'x'", None),
        (["c = a", "d = c"], {"c": "1"}, "computed by a line", None),
        (["a + b"], {"a": "1..2"}, "--at a=1..2", None),
        ([], {}, "there is no formula", None),
        (["  "], {}, "there is no formula", None),
        (["a = b = c"], {}, "", (1, 7)),
    ],
)
def test_what_is_wrong_on_the_command_line(lines, at, message, place):
    problem, findings = problem_from_lines(lines, at, VOCABULARY)
    assert problem is None
    assert message in findings[0].message
    where = findings[0].where
    assert (where and (where.line, where.column)) == place
