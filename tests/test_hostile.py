"""Every hostile line at every place where a stranger's text comes in: an answer or a refusal, nothing else."""

from __future__ import annotations

import ast
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from support import run

LINES = [
    ast.literal_eval(line[3:]) if line.startswith("PY:") else line
    for line in (Path(__file__).parent / "data" / "hostile_expressions.txt").read_bytes().decode().split("\n")
]

NETWORK = """title: {title}
inputs: [2]
target: 1
layers:
  - {{weights: [[{number}]], activation: {activation}}}
loss: {loss}
"""


def assert_harmless(text: str) -> None:
    """No control characters, no characters that turn the direction round, nothing that hides."""
    for char in set(text) - {"\n", "\t"}:
        category = unicodedata.category(char)
        assert category not in {"Cc", "Cs"}, f"{char!a} in the output"
        assert char not in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", f"{char!a}"
        assert char not in "\u200b\u200c\u200d\u2060\ufeff\u00ad", f"{char!a} in the output"
    assert "Traceback" not in text


def expression(line: str, folder: Path) -> list[str]:
    return ["solve", f"--expr={line}"]


def second_line(line: str, folder: Path) -> list[str]:
    return ["solve", "--expr=p = a*b", f"--expr=q = p + ({line})", "--at=a=2,b=3"]


def number_at(line: str, folder: Path) -> list[str]:
    return ["solve", "--expr=a*b", f"--at=a={line},b=2"]


def whole_at(line: str, folder: Path) -> list[str]:
    return ["solve", "--expr=a*b", f"--at={line}"]


def only(line: str, folder: Path) -> list[str]:
    return ["solve", "slides-sigmoid-chain", f"--only={line}"]


def closed_form(line: str, folder: Path) -> list[str]:
    return ["solve", "--expr=a*b", f"--closed-form={line}"]


def notation(line: str, folder: Path) -> list[str]:
    return ["show", "slides-sigmoid-chain", f"--notation={line}"]


def problem_name(line: str, folder: Path) -> list[str]:
    return ["show", "--", line]


def validated_name(line: str, folder: Path) -> list[str]:
    return ["validate", "--", line]


def topic(line: str, folder: Path) -> list[str]:
    return ["problems", "--", line]


def export_format(line: str, folder: Path) -> list[str]:
    return ["export", "slides-sigmoid-chain", f"--to={line}"]


def file_of(text: str, folder: Path) -> list[str]:
    path = folder / "hostile.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return ["solve", str(path)]


def quoted(line: str) -> str:
    """The line as a YAML text that stands for exactly these characters."""
    return json.dumps(line)


def weight(line: str, folder: Path) -> list[str]:
    return file_of(NETWORK.format(title="a", number=quoted(line), activation="tanh", loss="squared_error"), folder)


def bare_weight(line: str, folder: Path) -> list[str]:
    return file_of(NETWORK.format(title="a", number=line, activation="tanh", loss="squared_error"), folder)


def title(line: str, folder: Path) -> list[str]:
    return file_of(NETWORK.format(title=quoted(line), number=1, activation="tanh", loss="squared_error"), folder)


def statement(line: str, folder: Path) -> list[str]:
    text = NETWORK.format(title="a", number=1, activation="tanh", loss="squared_error")
    return ["show", *file_of(f"{text}statement: {quoted(line)}\nsource: {quoted(line)}\n", folder)[1:]]


def exported(line: str, folder: Path) -> list[str]:
    return [
        "export",
        *file_of(NETWORK.format(title=quoted(line), number=1, activation="tanh", loss="none"), folder)[1:],
    ]


def own_activation(line: str, folder: Path) -> list[str]:
    activation = f"{{formula: {quoted(line)}}}"
    return file_of(NETWORK.format(title="a", number=1, activation=activation, loss="squared_error"), folder)


def own_loss(line: str, folder: Path) -> list[str]:
    loss = f"{{formula: {quoted(line)}}}"
    return file_of(NETWORK.format(title="a", number=1, activation="tanh", loss=loss), folder)


def input_name(line: str, folder: Path) -> list[str]:
    return file_of(f"inputs: {{{quoted(line)}: 2}}\nexpressions:\n  f: 3*{line}\n", folder)


def line_name(line: str, folder: Path) -> list[str]:
    return file_of(f"inputs: {{a: 2}}\nexpressions:\n  {quoted(line)}: 3*a\n", folder)


def weight_name(line: str, folder: Path) -> list[str]:
    layers = f"  - {{weights: [[1]], weight_names: [[{quoted(line)}]], activation: tanh}}"
    return file_of(f"inputs: [1]\ntarget: 1\nlayers:\n{layers}\nloss: squared_error\n", folder)


def key(line: str, folder: Path) -> list[str]:
    return file_of(f"inputs: [1]\n{quoted(line)}: 1\n", folder)


def whole_file(line: str, folder: Path) -> list[str]:
    return ["validate", *file_of(line, folder)[1:]]


PLACES: list[Callable[[str, Path], list[str]]] = [
    expression, second_line, number_at, whole_at, only, closed_form, notation, problem_name, validated_name, topic,
    export_format, weight, bare_weight, title,
    statement, exported, own_activation, own_loss, input_name, line_name, weight_name, key, whole_file,
]  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def everything_is_imported() -> None:
    """SymPy's import is not what is measured."""
    import sympy  # noqa: F401

    from backprop_tutor.cli import session

    session.lesson(session.read("slides-sigmoid-chain"))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_hostile_lines(
    place: Callable[[str, Path], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    failed = []
    for number, line in enumerate(LINES, start=1):
        monkeypatch.chdir(tmp_path)
        try:
            code, out, error = run(monkeypatch, *place(line, tmp_path))
            assert code in {0, 1, 2}
            assert_harmless(out)
            assert_harmless(error)
            assert out or error
            assert code == 0 or error or out
        except Exception as problem:
            failed.append(f"line {number} {line[:60]!a}: {type(problem).__name__}: {str(problem)[:200]}")
    assert not failed, "\n" + "\n".join(failed)
    assert {path.name for path in tmp_path.iterdir()} <= {"hostile.yaml"}, "a line wrote a file"


MARKUP = ["[bold red]boo[/]", "[/]", "[link=http://example.org]here[/link]", ":smile:", "\x1b[31mred", "<b>bold</b>"]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_title_is_printed_as_it_stands(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = run(monkeypatch, *title(text, tmp_path))
    assert code == 0
    assert text.replace("\x1b", "") in out


def test_the_test_sees_harm() -> None:
    for harm in ("\x1b[2J", "a\u202eb", "\x00", "\x9b31m", "Traceback (most recent call last)", "a\rb"):
        with pytest.raises(AssertionError):
            assert_harmless(harm)
