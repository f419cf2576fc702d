"""``export --worksheet`` and ``--key``: what is written, and that ``check`` reads it back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import BUNDLED, out, problem, refusal, run
from test_startup import imported_by

from backprop_tutor.model.problem import Network

BLANK = re.compile(r"\| `([^`|]+)` \| _+ \|$", re.MULTILINE)
FILLED = re.compile(r"^\| \d+ \|.*\| `([^`|]+)` \| (.+) \|$", re.MULTILINE)
STEPS = ["p", "y", "dy/dp", "dy/da", "dy/db"]


def marks(text: str) -> dict[str, int]:
    found: dict[str, int] = json.loads(text)["marks"]
    return found


def test_a_worksheet_asks_for_every_step(monkeypatch: pytest.MonkeyPatch, simple: str) -> None:
    text = out(monkeypatch, "export", simple, "--worksheet")
    assert BLANK.findall(text) == STEPS
    assert not FILLED.findall(BLANK.sub("", text))
    key = out(monkeypatch, "export", simple, "--key")
    assert [name for name, _ in FILLED.findall(key)] == STEPS
    assert not BLANK.search(key)


def test_what_is_asked_for(monkeypatch: pytest.MonkeyPatch, simple: str) -> None:
    text = out(monkeypatch, "export", simple, "--worksheet", "--ask", "dy/da", "--ask", "y", "--ask", "y")
    assert BLANK.findall(text) == ["y", "dy/da"]
    key = out(monkeypatch, "export", simple, "--key", "--ask", "dy/da")
    assert [name for name, _ in FILLED.findall(key)] == ["dy/da"]
    layer = out(monkeypatch, "export", "slides-example-3", "--worksheet", "--ask", "dL/dW1")
    assert BLANK.findall(layer) == ["dL/dw1_11", "dL/dw1_12", "dL/dw1_21", "dL/dw1_22"]


def test_the_options_of_export_count(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (
        BLANK.findall(out(monkeypatch, "export", "slides-example-3", "--worksheet", *more))
        for more in ([], ["--no-shortcut"])
    )
    assert set(short) < set(long)
    rounded = out(monkeypatch, "export", "slides-example-3", "--key", "--digits", "3")
    assert dict(FILLED.findall(rounded))["L"] in {"0.268", "$`0.268`$"}
    assert "α" in out(
        monkeypatch, "export", "slides-example-3", "--worksheet", "--notation", "cmu"
    ) or "\\alpha" in out(monkeypatch, "export", "slides-example-3", "--worksheet", "--notation", "cmu")
    dollars = out(monkeypatch, "export", "slides-example-3", "--worksheet", "--math", "dollars")
    assert "$`" not in dollars
    assert "$`" in out(monkeypatch, "export", "slides-example-3", "--worksheet")


def test_the_key_stands_beside_the_worksheet(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    sheet, key = tmp_path / "sheet.md", tmp_path / "sheet-key.md"
    arguments = ["export", simple, "--worksheet", "--key", "-o", str(sheet)]
    code, text, error = run(monkeypatch, *arguments)
    assert (code, text, error) == (0, "", f"Wrote {sheet}.\nWrote {key}.\n")
    assert sheet.read_text(encoding="utf-8") == out(monkeypatch, "export", simple, "--worksheet")
    assert key.read_text(encoding="utf-8") == out(monkeypatch, "export", simple, "--key")
    # When one of the two is there, neither is written.
    for there, other in ((sheet, key), (key, sheet)):
        there.write_text("mine", encoding="utf-8")
        other.unlink()
        assert "add --force" in refusal(monkeypatch, *arguments)
        assert there.read_text(encoding="utf-8") == "mine"
        assert not other.exists()
        assert run(monkeypatch, *arguments, "--force")[0] == 0
        assert BLANK.search(sheet.read_text(encoding="utf-8"))
    key.unlink()
    run(monkeypatch, "export", simple, "--key", "-o", str(sheet), "--force")
    assert FILLED.search(sheet.read_text(encoding="utf-8"))
    assert not key.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--worksheet", "--key"], "are two files"),
        (["--worksheet", "-o", "x.json"], "A worksheet is Markdown"),
        (["--worksheet", "--to", "json"], "A worksheet is Markdown"),
        (["--key", "-o", "x.pdf"], "There is no format pdf"),
        (["--worksheet", "--math", "mathml"], "--math takes"),
        (["--worksheet", "-o", ""], "Name the file to write"),
        (["--worksheet", "--key", "-o", "."], "cannot be written"),
        (["--worksheet", "--key", "-o", "/nonexistent/x.md"], "there is no folder"),
        (["--worksheet", "--ask", "zz\x1b"], "There is no quantity called 'zz'"),
        (["--worksheet", "--ask", "dy/dpp"], "Did you mean dy/dp?"),
        (["--worksheet", "--ask", "a"], "a is given"),
        (["--ask", "y"], "add --worksheet or --key"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_a_reason(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path, arguments: list[str], says: str
) -> None:
    error = refusal(monkeypatch, "export", simple, *arguments)
    assert says in error
    assert "\x1b" not in error


def test_a_worksheet_that_is_filled_in_is_marked(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.md"
    run(monkeypatch, "export", simple, "--worksheet", "-o", str(sheet))
    blank = sheet.read_text(encoding="utf-8")
    code, text, error = run(monkeypatch, "check", simple, str(sheet), "--json")
    assert (code, error) == (1, "")
    assert marks(text) == {"strict": 0, "carried": 0, "out_of": 5}
    right = {"p": "6", "y": "8", "dy/dp": "1", "dy/da": "4", "dy/db": "2"}
    sheet.write_text(BLANK.sub(lambda row: f"| `{row[1]}` | {right[row[1]]} |", blank), encoding="utf-8")
    assert marks(out(monkeypatch, "check", simple, str(sheet), "--json")) == {"strict": 5, "carried": 5, "out_of": 5}
    wrong = right | {"p": "5", "y": "7"}
    sheet.write_text(BLANK.sub(lambda row: f"| `{row[1]}` | {wrong[row[1]]} |", blank), encoding="utf-8")
    code, text, error = run(monkeypatch, "check", simple, str(sheet), "--json")
    assert (code, error) == (1, "")
    assert marks(text) == {"strict": 3, "carried": 4, "out_of": 5}
    assert json.loads(text)["first_error"] == "p"


def with_numbers(name: str) -> bool:
    """Whether everything is given, and no number is beyond what a sheet may hold."""
    body = problem(name).body
    symbols = body.symbolic_inputs or body.symbolic_targets if isinstance(body, Network) else False
    return not symbols and name not in {"saturated-logistic", "unknown-weight"}


@pytest.mark.parametrize("name", [name for name in BUNDLED if with_numbers(name)])
def test_every_key_is_marked_right(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    key = tmp_path / "key.md"
    for more in ([], ["--no-shortcut"]):
        assert run(monkeypatch, "export", name, "--key", "-o", str(key), "--force", *more)[0] == 0
        found = marks(out(monkeypatch, "check", name, str(key), "--json"))
        assert found["strict"] == found["carried"] == found["out_of"] > 0


def test_a_worksheet_needs_no_sympy() -> None:
    assert not imported_by("export", "slides-example-3", "--worksheet") & {"sympy", "rich", "numpy"}
