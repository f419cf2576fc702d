"""The commands as they are typed: exit codes, what goes to which output, and what is told."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from support import SIMPLE, out, refusal, run

BROKEN = "inputs: {a: 2}\nexpressions:\n  y: a*bb\n"


# Exit codes.


def test_what_works_ends_with_0(monkeypatch: pytest.MonkeyPatch, simple: str) -> None:
    for arguments in (["solve", simple], ["show", simple], ["export", simple], ["problems"], ["--help"], ["--version"]):
        out(monkeypatch, *arguments)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["solve", "cmu-tahn"], "Did you mean cmu-tanh"),
        (["show", "nosuch"], "There is no problem or file called nosuch"),
        (["solve"], "Name a problem or a file"),
        (["solve", "/"], "is a folder"),
        (["solve", "cmu-tanh", "--round", "2", "--digits", "3"], "Choose one of"),
        (["solve", "cmu-tanh", "--round", "31"], "--round"),
        (["solve", "cmu-tanh", "--digits", "0"], "--digits"),
        (["solve", "cmu-tanh", "--notation", "greek"], "choose one of cmu, olin, slides, uw, week05"),
        (["solve", "cmu-tanh", "--form", "matrix"], "--form takes scalar or delta"),
        (["solve", "cmu-tanh", "--nosuch"], "No such option"),
        (["nosuch"], "No such command"),
        (["solve", "cmu-tanh", "--only", "w1_21"], "Its gradient is dL/dw1_21"),
        (["solve", "cmu-tanh", "--only", "dL/dw1_2l"], "Did you mean dL/dw1_2"),
        (["solve", "cmu-tanh", "--only", "\x1b[31mred"], "There is no quantity called '[31mred'"),
        (["export", "cmu-tanh", "--math", "mathml"], "--math takes github or dollars"),
        (["export", "cmu-tanh", "-o", "x.pdf"], "There is no format pdf"),
        (["export", "cmu-tanh", "--to", "docx"], "There is no format docx"),
        (["export", "cmu-tanh", "-o", "/nonexistent/x.md"], "cannot be written"),
        (["validate", "/nonexistent"], "There is no problem or file"),
        (["validate"], "Missing argument"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_a_reason(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    error = refusal(monkeypatch, *arguments)
    assert says in error
    assert "\x1b" not in error


def test_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    latin, large, bad = tmp_path / "latin.yaml", tmp_path / "large.yaml", tmp_path / "bad.yaml"
    latin.write_bytes(b"title: caf\xe9\n")
    large.write_bytes(b"#" * 1_048_577)
    bad.write_text(BROKEN, encoding="utf-8")
    assert "no UTF-8 text (byte 10)" in refusal(monkeypatch, "solve", str(latin))
    assert "larger than 1 MiB" in refusal(monkeypatch, "solve", str(large))
    error = refusal(monkeypatch, "solve", str(bad))
    assert f"{bad}:3:" in error
    assert "^" in error
    assert "bb is not a known name" in error


def test_a_problem_from_standard_input(monkeypatch: pytest.MonkeyPatch, simple: str) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(SIMPLE.encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert json.loads(out(monkeypatch, "solve", "-", "--json"))["output"] == [8]


# What is told.


def names(text: str) -> list[str]:
    return [step["name"] for step in json.loads(text)["steps"]]


def test_only_tells_a_quantity_with_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = names(out(monkeypatch, "solve", "cmu-tanh", "--json"))
    some = names(out(monkeypatch, "solve", "cmu-tanh", "--json", "--only", "a1_2"))
    assert some == ["z1_2", "a1_2"]
    assert set(some) < set(whole)
    two = names(out(monkeypatch, "solve", "cmu-tanh", "--json", "--only", "a1_2", "--only", "z1_1"))
    assert two == ["z1_1", "z1_2", "a1_2"]


@pytest.mark.parametrize(
    ("name", "notation", "typed", "plain"),
    [
        ("cmu-tanh", "cmu", "z_2", "a1_2"),
        ("cmu-tanh", "cmu", "a_2", "z1_2"),
        ("cmu-tanh", "cmu", "a2", "z1_2"),
        ("cmu-tanh", "cmu", "dL/dalpha_2,1", "dL/dw1_21"),
        ("cmu-tanh", "cmu", "dL/dalpha21", "dL/dw1_21"),
        ("cmu-tanh", "cmu", "dL/dbeta_0", "dL/dw2_10"),
        ("cmu-tanh", "slides", "delta1_2", "dL/dz1_2"),
        ("slides-example-3", "slides", "delta_1", "dL/dz1_1"),
        ("slides-example-3", "cmu", "z_1", "a1_1"),
    ],
)
def test_names_of_the_notation_are_understood(
    monkeypatch: pytest.MonkeyPatch, name: str, notation: str, typed: str, plain: str
) -> None:
    told = names(out(monkeypatch, "solve", name, "--notation", notation, "--json", "--only", typed))
    assert told[-1] == plain


def test_parts_of_the_solution(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.loads(out(monkeypatch, "solve", "slides-example-3", "--json"))["steps"]
    kinds = {step["kind"] for step in whole}
    for kind in kinds:
        part = json.loads(out(monkeypatch, "solve", "slides-example-3", "--json", f"--{kind}"))["steps"]
        assert part == [step for step in whole if step["kind"] == kind]
    assert {"forward", "backward"} <= kinds


def test_the_long_way_round_gives_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (
        json.loads(out(monkeypatch, "solve", "logistic-regression", "--json", *more))
        for more in ([], ["--no-shortcut"])
    )
    assert short["gradients"] == long["gradients"]
    assert len(short["steps"]) < len(long["steps"])


def test_rounding_as_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    found = json.loads(out(monkeypatch, "solve", "--expr", "y = (a/3)*3", "--expr", "q = y/7", "--at", "a=1", "--json"))
    assert found["values"]["q"] == pytest.approx(1 / 7, rel=1e-15)
    rounded = ["solve", "--expr", "p = a/3; y = p*3", "--at", "a=1", "--json"]
    assert json.loads(out(monkeypatch, *rounded, "--round", "2"))["values"] == {"a": 1, "p": 0.33, "y": 0.99}
    assert json.loads(out(monkeypatch, *rounded, "--digits", "4"))["values"] == {"a": 1, "p": 0.3333, "y": 0.9999}


# One formula.


def test_a_closed_form(monkeypatch: pytest.MonkeyPatch, simple: str) -> None:
    for typed in ("a", "dy/da"):
        shown, plain = out(monkeypatch, "solve", simple, "--closed-form", typed).splitlines()
        assert plain == "dy/da = b + 1"
        assert shown == "∂y/∂a = b + 1"
    ascii_only = out(monkeypatch, "solve", simple, "--closed-form", "a", "--ascii")
    assert ascii_only.isascii()


def test_a_closed_form_of_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    error = refusal(monkeypatch, "solve", "deep-network", "--closed-form", "w1_11")
    assert "more than 150 operations" in error
    assert len(error) < 400
    assert "There is no quantity" in refusal(monkeypatch, "solve", "deep-network", "--closed-form", "nosuch")


def test_the_way_out_that_a_refusal_names_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    error = refusal(monkeypatch, "solve", "deep-network", "--closed-form", "w1_11")
    out(monkeypatch, "solve", "deep-network", *error.split("`solve ")[1].partition("`")[0].split())


# Formulas on the command line.


def test_a_formula_needs_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    found = json.loads(out(monkeypatch, "solve", "--expr", "(a+b)*(b+1)", "--at", "a=2, b=1", "--json"))
    assert found["output"] == [6]
    assert (found["gradients"]["a"], found["gradients"]["b"]) == (2, 5)
    several = json.loads(out(monkeypatch, "solve", "--expr", "c = a+b; e = c*b", "--at", "a=1/2,b=2", "--json"))
    assert several["values"] == {"a": 0.5, "b": 2, "c": 2.5, "e": 5}
    symbolic = json.loads(out(monkeypatch, "solve", "--expr", "a*b", "--at", "a=3", "--json"))
    assert symbolic["gradients"]["b"] == 3
    assert symbolic["gradients"]["a"] == "b"


@pytest.mark.parametrize(
    ("expr", "at", "says"),
    [
        ("a+", "a=1", "the formula ends with +"),
        ("a+b", "a", "--at takes names and numbers"),
        ("a+b", "a=", "--at takes names and numbers"),
        ("a+b", "=1", "--at takes names and numbers"),
        ("a+b", "a=1,,b=2", "--at takes names and numbers"),
        ("a+b", "a=1,a=2", "the same name twice"),
        ("a+b", "a=1,c=2", "no formula uses 'c'"),
        ("a+b", "a=x y", "--at a=x y: "),
        ("foo(a)", "a=1", "foo is "),
        ("c = a; c = 2*a", "a=1", "'c' is bound twice"),
        (";", "", "formula"),
        ("ln(a)", "a=-1", "ln takes positive numbers only"),
        ("1/a", "a=0", "division by zero"),
    ],
)
def test_mistakes_on_the_command_line_are_told(monkeypatch: pytest.MonkeyPatch, expr: str, at: str, says: str) -> None:
    assert says in refusal(monkeypatch, "solve", "--expr", expr, "--at", at)


def test_a_file_and_a_formula_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "not both" in refusal(monkeypatch, "solve", "cmu-tanh", "--expr", "a")


# Step by step.


def step_by_step(monkeypatch: pytest.MonkeyPatch, simple: str, typed: str) -> tuple[int, int, int]:
    """How many steps were told and how many times was asked, when this is typed; and the exit code."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    code, text, error = run(monkeypatch, "solve", simple, "--steps")
    assert "Enter" not in text
    return text.count("\nStep ") + text.startswith("Step "), error.count("-- Enter: next step, q: stop --"), code


def test_enter_goes_on_and_q_stops(monkeypatch: pytest.MonkeyPatch, simple: str) -> None:
    whole = len(names(out(monkeypatch, "solve", simple, "--json")))
    assert whole >= 4
    assert step_by_step(monkeypatch, simple, "\n" * 20) == (whole, whole - 1, 0)
    assert step_by_step(monkeypatch, simple, "q\n") == (1, 1, 0)
    assert step_by_step(monkeypatch, simple, "\n Q \n\n\n") == (2, 2, 0)
    assert step_by_step(monkeypatch, simple, "\n\n") == (3, 3, 0)
    assert step_by_step(monkeypatch, simple, "") == (1, 1, 0)


def test_the_list_goes_by_its_other_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert out(monkeypatch, "list", "uw") == out(monkeypatch, "problems", "uw")
    assert "\n  list" not in out(monkeypatch, "--help")
