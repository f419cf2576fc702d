"""Expressions, in a file and on the command line."""

from fractions import Fraction

import pytest
from known_words import VOCABULARY
from problem_texts import bad, good, names, numbers

from backprop_tutor.model.formula import names_in
from backprop_tutor.model.problem import Expressions
from backprop_tutor.reading.problems import problem_from_lines


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


def test_what_is_behind_a_broken_formula():
    (found,) = bad("inputs: [a]\nexpressions:\n  c: (a # + 1)\n")
    assert 'From " #" on, the line is a comment' in found
    (found,) = bad("inputs: [a]\nexpressions:\n  c: '(a'\n")
    assert "comment" not in found


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
