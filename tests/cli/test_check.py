"""``check`` of one sheet: what is marked, where the report goes, and how it ends."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from support import SIMPLE, out, refusal, run
from test_startup import imported_by

RIGHT = {"p": "6", "y": "8", "dy/dp": "1", "dy/da": "4", "dy/db": "2"}
"""Every step of the simple problem."""

UNUSABLE = "there is no colon on this line\n"


def sheet(folder: Path, name: str = "ann.yaml", text: str = "", **answers: str) -> str:
    """The path of a sheet with this text, or with these answers in place of the right ones."""
    path = folder / name
    lines = [f"{step}: {answer}" for step, answer in {**RIGHT, **answers}.items() if answer]
    path.write_text(text or "\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put this on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def verdicts(text: str) -> dict[str, str]:
    """The verdict on each step that counts."""
    return {entry["name"]: entry["verdict"] for entry in json.loads(text)["entries"] if entry["asked"]}


# What is marked, and the exit code.


def test_a_right_sheet_ends_with_0(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    text = out(monkeypatch, "check", simple, sheet(tmp_path))
    assert "ann.yaml" in text
    assert "5" in text


@pytest.mark.parametrize("answers", [{"p": "5", "y": "7"}, {"p": "six"}], ids=["wrong", "unreadable"])
def test_a_sheet_that_is_not_right_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path, answers: dict[str, str]
) -> None:
    code, text, error = run(monkeypatch, "check", simple, sheet(tmp_path, **answers))
    assert (code, error) == (1, "")
    assert answers["p"] in text


def test_what_counts_is_what_the_sheet_names_or_what_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path
) -> None:
    some = sheet(tmp_path, text="p: 6\n")
    assert verdicts(out(monkeypatch, "check", simple, some, "--json")) == {"p": "correct"}
    code, text, error = run(monkeypatch, "check", simple, some, "--json", "--ask", "y", "--ask", "dy/da")
    assert (code, error) == (1, "")
    assert verdicts(text) == {"y": "missing", "dy/da": "missing"}
    wrong = sheet(tmp_path, p="5", y="7")
    assert verdicts(out(monkeypatch, "check", simple, wrong, "--json", "--ask", "dy/dp")) == {"dy/dp": "correct"}


def test_a_whole_matrix_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    some = sheet(tmp_path, text="L: 0.268\n")
    code, text, _ = run(monkeypatch, "check", "slides-example-3", some, "--json", "--ask", "dL/dW1")
    assert code == 1
    assert set(verdicts(text)) == {"dL/dw1_11", "dL/dw1_12", "dL/dw1_21", "dL/dw1_22"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ann.yml", "p: 6\ny: 8\n"),
        ("ann.json", '{"p": 6, "y": 8}'),
        ("ann.csv", "name,value\np,6\ny,8\n"),
        ("ann.txt", "p = 6\ny = 8\n"),
        ("ann", '{"p": 6, "y": 8}'),
    ],
)
def test_every_kind_of_sheet_from_a_file_and_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path, name: str, text: str
) -> None:
    expected = {"p": "correct", "y": "correct"}
    assert verdicts(out(monkeypatch, "check", simple, sheet(tmp_path, name, text), "--json")) == expected
    give(monkeypatch, text.encode())
    assert verdicts(out(monkeypatch, "check", simple, "-", "--json")) == expected


def test_the_problem_from_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    give(monkeypatch, SIMPLE.encode())
    assert "ann.yaml" in out(monkeypatch, "check", "-", sheet(tmp_path))


def test_a_sheet_of_formulas(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    problem = tmp_path / "symbols.yaml"
    problem.write_text("inputs: [a, b]\nexpressions:\n  p: a*b\n  y: p^2\n", encoding="utf-8")
    right = sheet(tmp_path, text="y: (a*b)^2\ndy/da: b*2*p\n")
    assert set(verdicts(out(monkeypatch, "check", str(problem), right, "--json")).values()) == {"correct"}
    wrong = sheet(tmp_path, text="y: a*b\ndy/da: 2*p*b\n")
    code, text, _ = run(monkeypatch, "check", str(problem), wrong, "--json")
    assert code == 1
    assert verdicts(text) == {"y": "wrong", "dy/da": "correct"}


# Where the report goes.


def test_what_the_sheet_calls_by_an_unknown_name_is_told(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path
) -> None:
    strange = sheet(tmp_path, zzz9="4")
    for arguments in ([], ["--markdown"], ["--json"]):
        # What is not understood may be wrong, so the sheet is not right.
        code, text, error = run(monkeypatch, "check", simple, strange, *arguments)
        assert (code, error) == (1, "")
        assert "zzz9" in text
        assert arguments == ["--json"] or "1 line was not understood" in text
    assert "zzz9" in str(json.loads(text)["unknown"])


def test_a_sheet_on_which_most_names_are_unknown(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    names = "".join(f"q{i}x: 4\n" for i in range(20))
    text = run(monkeypatch, "check", simple, sheet(tmp_path, text=f"p: 6\n{names}"))[1]
    says = "? This sheet seems to be for another problem: 20 of its lines name nothing of this one."
    assert says in " ".join(text.split())
    assert "Not counted: 20 lines that were not understood." in text
    assert "'q0x', 'q1x', 'q2x' and 17 more" in " ".join(text.split())
    assert text.count("q3x") == 0
    error = refusal(monkeypatch, "check", simple, sheet(tmp_path, text=names))
    assert "it seems to be for another problem: no line of it is about a quantity" in error
    assert "'q0x', 'q1x', 'q2x' and 17 more" in error
    assert len(error.splitlines()) == 1


def test_a_matrix_of_the_wrong_shape_is_told_of_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ann = sheet(tmp_path, text="z1_1: 0.24\nL: [77, 2]\ndL/dW1: [[77, 2, 3], [1, 2, 3], [1, 2, 3]]\n")
    text = " ".join(run(monkeypatch, "check", "slides-example-3", ann)[1].split())
    assert text.count("dL/dW1 is a 2×2 matrix, and this is a 3×3 matrix") == 1
    assert text.count("L is one number, and this is a list of 2") == 1
    assert "2 answers could not be read" in text
    assert "77" not in text


WORKSHEET = "<!-- backprop-tutor: {} for {} -->\n\n| `p` | 6 |\n| `y` | 8 |\n"


@pytest.mark.parametrize("what", ["worksheet", "key"])
def test_a_worksheet_for_another_problem(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path, what: str
) -> None:
    for id, says in (
        ("cmu-tanh", "this worksheet is for cmu-tanh: check it with `backprop-tutor check cmu-tanh FILE`."),
        ("week-9", "this worksheet is for the problem week-9: check it with the file of that problem."),
    ):
        other = sheet(tmp_path, "ann.md", WORKSHEET.format(what, id))
        assert f"ann.md: {says}" in refusal(monkeypatch, "check", simple, other)
        give(monkeypatch, Path(other).read_bytes())
        assert says in refusal(monkeypatch, "check", simple, "-", "--json")
    for id in ("simple", "Simple", "stdin"):
        own = sheet(tmp_path, "ann.md", WORKSHEET.format(what, id))
        assert verdicts(out(monkeypatch, "check", simple, own, "--json")) == {"p": "correct", "y": "correct"}
    give(monkeypatch, SIMPLE.encode())
    other = sheet(tmp_path, "ann.md", WORKSHEET.format(what, "week-9"))
    assert "ann.md" in out(monkeypatch, "check", "-", other)


def test_problem_and_sheet_in_the_wrong_order(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    ann = sheet(tmp_path)
    error = refusal(monkeypatch, "check", ann, "cmu-tanh")
    assert error == f"cmu-tanh is a problem, and the problem comes first: backprop-tutor check cmu-tanh {ann}.\n"
    assert "what is missing is the sheet" in refusal(monkeypatch, "check", "cmu-tanh", "cmu-tanh")


def test_a_mistyped_file(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    ann = sheet(tmp_path, "ann-sheet.yaml")
    for name in ("picture.png", ".ann-sheet.yaml"):
        (tmp_path / name).touch()
    for typed in ("an-sheet.yaml", "ann-sheet.md", "Ann-sheet.yaml"):
        error = refusal(monkeypatch, "check", simple, str(tmp_path / typed))
        assert error.endswith(f"called {tmp_path / typed}. Did you mean {ann}?\n")
    short = sheet(tmp_path, "b.md", "| `p` | 6 |\n")
    assert f"Did you mean {short}?" in refusal(monkeypatch, "check", simple, str(tmp_path / "b.json"))
    for typed in ("pictures.png", "nothing.like.it", "gone/ann-sheet.yaml", "x" * 5000):
        assert "Did you mean" not in refusal(monkeypatch, "check", simple, str(tmp_path / typed))


def test_markdown_and_json_go_to_a_file_whose_ending_picks_the_format(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path
) -> None:
    ann = sheet(tmp_path)
    for name, option in (("a.md", "--markdown"), ("a.json", "--json")):
        path = tmp_path / name
        assert run(monkeypatch, "check", simple, ann, "-o", str(path))[:3] == (0, "", f"Wrote {path}.\n")
        assert path.read_text(encoding="utf-8") == out(monkeypatch, "check", simple, ann, option)
        assert "is there already" in refusal(monkeypatch, "check", simple, ann, "-o", str(path))
        path.write_text("old", encoding="utf-8")
        assert run(monkeypatch, "check", simple, ann, "-o", str(path), "--force")[0] == 0
        assert path.read_text(encoding="utf-8") != "old"


def test_poor_terminals(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    ann = sheet(tmp_path, p="5", y="7")
    for arguments, variable in ((["--ascii"], "NO_COLOR"), ([], "TERM")):
        monkeypatch.setenv(variable, "dumb")
        code, text, error = run(monkeypatch, "check", simple, ann, *arguments)
        assert (code, error) == (1, "")
        assert text.isascii()
        assert "\x1b" not in text


def test_the_notation_is_the_one_that_was_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ann = sheet(tmp_path, text="alpha_2,1: 7\nz_1: 0.560\n")
    text = out(monkeypatch, "check", "slides-example-3", sheet(tmp_path, "b.yaml", "z1_1: 0.24\n"), "--notation", "cmu")
    assert "α" in text or "a₁" in text
    text = run(monkeypatch, "check", "slides-example-3", ann, "--notation", "cmu", "--json")[1]
    assert verdicts(text) == {"a1_1": "correct"}


# What cannot be used.


def test_a_sheet_on_which_nothing_can_be_read(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    for arguments in ([], ["--json"], ["--markdown"]):
        error = refusal(monkeypatch, "check", simple, sheet(tmp_path, text=UNUSABLE), *arguments)
        assert "nothing on it could be read" in error
        assert f"{tmp_path}/ann.yaml:1:1: " in error
        assert UNUSABLE.strip() in error
        assert "^" in error


def test_a_sheet_of_another_problem(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    error = refusal(monkeypatch, "check", simple, sheet(tmp_path, text="z1_1: 0.24\nL: 3\n"))
    assert "no line of it is about a quantity" in error
    assert "z1_1" in error
    # One on which nothing is filled in yet is none of another problem.
    code, text, _ = run(monkeypatch, "check", simple, sheet(tmp_path, text="p:\ny:\n"), "--json")
    assert code == 1
    assert verdicts(text) == {"p": "missing", "y": "missing"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-", "-"], "cannot both be standard input"),
        (["cmu-tahn", "SHEET"], "Did you mean cmu-tanh"),
        (["SIMPLE", "nosuch\x1b[0m"], "There is no sheet or folder called nosuch?[0m"),
        (["SIMPLE", "SHEET", "--ask", "yy\x1b"], "There is no quantity called 'yy'"),
        (["SIMPLE", "SHEET", "--ask", "a"], "a is given"),
        (["SIMPLE", "SHEET", "--notation", "greek"], "choose one of cmu"),
        (["SIMPLE", "SHEET", "--json", "--markdown"], "Choose one of --json and --markdown"),
        (["SIMPLE", "SHEET", "-o", "x.pdf"], "add --markdown or --json"),
        (["SIMPLE", "SHEET", "-o", ""], "Name the file to write"),
        (["SIMPLE", "SHEET", "-o", "/nonexistent/x.md"], "there is no folder /nonexistent"),
        (["SIMPLE", "SHEET", "-o", "SHEET", "--json", "--force"], "it is read here"),
        (["SIMPLE", "SHEET", "-o", "SIMPLE", "--json", "--force"], "it is read here"),
        (["SIMPLE", "SHEET", "--shard", "0/4"], "--shard takes part/parts"),
        (["SIMPLE", "SHEET", "--shard", "5/4"], "--shard takes part/parts"),
        (["SIMPLE", "SHEET", "--shard", "½"], "--shard takes part/parts"),
        (["SIMPLE", "SHEET", "--jobs", "0"], "--jobs"),
        (["SIMPLE", "SHEET", "--report", "-", "--json"], "Only one thing can go to standard output"),
        (["SIMPLE"], "Missing argument"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_a_reason(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path, arguments: list[str], says: str
) -> None:
    names = {"SIMPLE": simple, "SHEET": sheet(tmp_path)}
    error = refusal(monkeypatch, "check", *(names.get(word, word) for word in arguments))
    assert says in error
    assert "\x1b" not in error
    assert Path(simple).read_text(encoding="utf-8") == SIMPLE


def test_a_sheet_that_is_no_text(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    latin, large = tmp_path / "latin.yaml", tmp_path / "large.yaml"
    latin.write_bytes(b"p: caf\xe9\n")
    large.write_bytes(b"#" * ((1 << 20) + 1))
    assert "no UTF-8 text (byte 6)" in refusal(monkeypatch, "check", simple, str(latin))
    assert "larger than 1 MiB" in refusal(monkeypatch, "check", simple, str(large))
    give(monkeypatch, b"p: caf\xe9\n")
    assert "standard input: is no UTF-8 text" in refusal(monkeypatch, "check", simple, "-")


def test_a_problem_at_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("inputs: {a: 0}\nexpressions:\n  y: 1/a\n", encoding="utf-8")
    error = refusal(monkeypatch, "check", str(bad), sheet(tmp_path))
    assert f"{bad}:3:" in error


def test_what_check_does_not_import(tmp_path: Path) -> None:
    ann = sheet(tmp_path, text="z1_1: 0.24\nL: 0.268\n")
    found = imported_by("check", "slides-example-3", ann, "--json")
    assert {"mpmath", "yaml"} <= found
    assert not found & {"sympy", "rich", "numpy", "multiprocessing", "concurrent"}
