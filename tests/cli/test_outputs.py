"""What the commands leave on the disk, what they check, and what they print on poor terminals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import BUNDLED, SIMPLE, out, refusal, run

BROKEN = "inputs: {a: 2}\nexpressions:\n  y: a*bb\n"
WRONG = SIMPLE + "expected:\n  - values: {y: 9}\n"


# Files.


def test_export_does_not_write_over_a_file(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    target = tmp_path / "out" / "a.md"
    target.parent.mkdir()
    code, text, error = run(monkeypatch, "export", simple, "-o", str(target))
    assert (code, text, error) == (0, "", f"Wrote {target}.\n")
    written = target.read_text(encoding="utf-8")
    assert written == out(monkeypatch, "export", simple)
    target.write_text("mine", encoding="utf-8")
    assert "add --force" in refusal(monkeypatch, "export", simple, "-o", str(target))
    assert target.read_text(encoding="utf-8") == "mine"
    assert run(monkeypatch, "export", simple, "-o", str(target), "--force")[0] == 0
    assert target.read_text(encoding="utf-8") == written
    assert [path.name for path in target.parent.iterdir()] == ["a.md"]


def test_a_failed_export_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "a.md"
    target.write_text("mine", encoding="utf-8")

    def fail(self: Path, target: Path) -> Path:
        assert self.read_text(encoding="utf-8")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        # (run() undoes what its own monkeypatch set.)
        error = refusal(pytest.MonkeyPatch(), "export", simple, "-o", str(target), "--force")
    assert "No space left on device" in error
    assert target.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in folder.iterdir()] == ["a.md"]
    assert "cannot be written" in refusal(monkeypatch, "export", simple, "-o", str(folder), "--to", "md", "--force")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "simple.yaml"]


def test_the_ending_picks_the_format_and_to_overrides(
    monkeypatch: pytest.MonkeyPatch, simple: str, tmp_path: Path
) -> None:
    markdown, data = out(monkeypatch, "export", simple), out(monkeypatch, "export", simple, "--to", "json")
    assert json.loads(data) == json.loads(out(monkeypatch, "solve", simple, "--json"))
    assert "```" in markdown
    for name, options, wanted in (
        ("a.md", [], markdown),
        ("a.json", [], data),
        ("a", [], markdown),
        ("b.md", ["--to", "json"], data),
        ("b.txt", ["--to", "Markdown"], markdown),
        ("A.JSON", [], data),
    ):
        path = tmp_path / name
        assert run(monkeypatch, "export", simple, "-o", str(path), *options)[0] == 0
        assert path.read_text(encoding="utf-8") == wanted, name
        path.unlink()
    assert "$$" in out(monkeypatch, "export", simple, "--math", "dollars")


# The author's checker.


def test_validate_goes_on_after_a_bad_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, text in (("a.yaml", SIMPLE), ("b.yaml", BROKEN), ("sub/c.yml", SIMPLE), ("d.txt", BROKEN)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    code, text, error = run(monkeypatch, "validate", str(tmp_path))
    assert code == 1
    assert error == "3 checked, 1 with errors.\n"
    assert f"{tmp_path}/b.yaml:3:" in text
    for good in ("a.yaml", "sub/c.yml"):
        assert f"{tmp_path}/{good}: " in text
    assert "d.txt" not in text
    (tmp_path / "b.yaml").write_text(SIMPLE, encoding="utf-8")
    code, text, error = run(monkeypatch, "validate", str(tmp_path / "a.yaml"), "cmu-tanh")
    assert (code, error) == (0, "2 checked, 0 with errors.\n")
    assert "values by two roads" in text


def test_validate_finds_a_wrong_published_number(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(WRONG, encoding="utf-8")
    code, text, error = run(monkeypatch, "validate", str(path))
    assert code == 1
    assert "y" in text
    assert "8" in text
    assert error == "1 checked, 1 with errors.\n"
    path.write_text(WRONG.replace("9", "8"), encoding="utf-8")
    assert run(monkeypatch, "validate", str(path))[0] == 0


def test_a_folder_without_problems_is_no_success(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "has no .yaml files" in refusal(monkeypatch, "validate", str(tmp_path))


def test_the_list_of_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    def listed(*topic: str) -> list[str]:
        found = out(monkeypatch, "problems", *topic).splitlines()
        names = [line.split()[0] for line in found if line.startswith("  ") and line.split()[0] in BUNDLED]
        assert found[-1].startswith(f"{len(names)} problems.")
        return names

    assert listed() == list(BUNDLED)
    assert listed("cmu") == listed("CMU")
    assert "cmu-tanh" in listed("one hidden LAYER")
    assert {"cmu-symbols", "cmu-tanh", "cmu-tanh-01", "cmu-tanh-23"} == set(listed("cmu"))
    assert set(listed("expressions")) < set(BUNDLED)
    code, text, error = run(monkeypatch, "problems", "nosuchtopic\x1b[0m")
    assert (code, text) == (0, "")
    assert "No bundled problem matches nosuchtopic?[0m" in error


# Terminals.


@pytest.mark.parametrize("name", ["cmu-tanh", "week05-polar", "deep-network"])
def test_forty_columns_are_enough(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    narrow = out(monkeypatch, "solve", name)
    monkeypatch.delenv("COLUMNS", raising=False)
    assert "\x1b" not in narrow
    prose = [line for line in narrow.splitlines() if line.startswith("   ") and line.strip()[:1].isalpha()]
    assert prose
    assert max(map(len, prose)) <= 40


def test_colours_are_not_forced_on_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
        text = out(monkeypatch, "solve", "cmu-tanh")
        assert "\x1b" not in text
    monkeypatch.setenv("TERM", "dumb")
    assert out(monkeypatch, "solve", "cmu-tanh").isascii()
    assert out(monkeypatch, "solve", "cmu-tanh", "--ascii").isascii()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "backprop_tutor", *arguments]


def test_an_output_of_plain_ascii_breaks_nothing() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "NO_COLOR": "1", "COLUMNS": "40"}
    done = subprocess.run(command("solve", "cmu-tanh"), capture_output=True, env=environment, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode("ascii")
    assert "\x1b" not in text
    assert "?" not in text
    assert "tanh(" in text


def test_control_c_ends_with_130() -> None:
    running = subprocess.Popen(
        command("solve", "cmu-tanh", "--steps"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell in the background may have told its children to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert running.stderr is not None
        asked = running.stderr.read(len("-- Enter"))
        assert asked == b"-- Enter"
        time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        text, error = running.communicate(timeout=30)
    finally:
        running.kill()
    assert running.returncode == 130
    assert b"Traceback" not in error
    assert b"Step 1" in text
    assert b"Step 2" not in text
