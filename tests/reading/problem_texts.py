"""What the tests of problem files share: reading a good or a bad one, and writing a small network."""

from known_words import VOCABULARY

from backprop_tutor.model.formula import Name
from backprop_tutor.reading.findings import render
from backprop_tutor.reading.problems import read_problem


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
