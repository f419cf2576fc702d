"""The command ``new``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from support import SIMPLE, from_text, out, refusal, run

from backprop_tutor.cli.renewing import none_found


def test_the_file_goes_to_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    text = out(monkeypatch, "new", "two-by-two", "--seed", "7")
    assert from_text(text).seed == 7
    assert text == out(monkeypatch, "new", "two-by-two", "--seed", "7")


def test_the_file_is_written_and_never_over_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    code, text, error = run(monkeypatch, "new", "uw-chain-rule-point", "--seed", "7", "-o", str(path))
    assert (code, text) == (0, "")
    assert error == f"Wrote {path}, seed 7. Go on with: backprop-tutor quiz {path}\n"
    written = path.read_text("utf-8")
    assert from_text(written).seed == 7
    assert "--force" in refusal(monkeypatch, "new", "uw-chain-rule-point", "--seed", "8", "-o", str(path))
    assert path.read_text("utf-8") == written
    assert run(monkeypatch, "new", "uw-chain-rule-point", "--seed", "8", "-o", str(path), "--force")[0] == 0
    assert from_text(path.read_text("utf-8")).seed == 8
    assert "1 checked, 0 with errors." in run(monkeypatch, "validate", str(path))[2]


def test_it_says_that_the_questions_of_the_author_are_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, text, error = run(monkeypatch, "new", "cmu-tanh", "--seed", "5")
    assert (code, error) == (0, "The author's 3 questions are left out: they may be about the old numbers.\n")
    assert text.startswith("# The author's questions are left out")
    # A variant of it has none to leave out, and still is without them.
    path = tmp_path / "five.yaml"
    path.write_text(text, "utf-8")
    _, again, error = run(monkeypatch, "new", str(path), "--seed", "6")
    assert error == ""
    assert again.splitlines()[0] == text.splitlines()[0]
    assert again.count("left out") == 1
    path.write_text(SIMPLE + "questions: [{ask: Why?, free: true}]\n", "utf-8")
    assert "author's question is left out: it may" in run(monkeypatch, "new", str(path), "--seed", "6")[2]
    path.write_text(SIMPLE, "utf-8")
    _, text, error = run(monkeypatch, "new", str(path), "--seed", "6")
    assert "left out" not in text + error


def test_a_seed_is_rolled_and_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    text = out(monkeypatch, "new", "uw-chain-rule-point")
    seed = from_text(text).seed
    assert seed is not None
    assert 1000 <= seed <= 9999
    assert out(monkeypatch, "new", "uw-chain-rule-point", "--seed", str(seed)) == text


def test_what_cannot_vary_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "no numbers to change" in refusal(monkeypatch, "new", "uw-chain-rule")
    hopeless = refusal(monkeypatch, "new", "softmax-large-scores", "--seed", "1")
    assert "Each of 1000 draws had a sum that is too large or too small beside the original's" in hopeless
    assert "Try another seed or two (--seed 2); if that does not help, choose the numbers yourself" in hopeless
    assert "Name the file" in refusal(monkeypatch, "new", "uw-chain-rule-point", "-o", "")
    assert "999999999" in refusal(monkeypatch, "new", "uw-chain-rule-point", "--seed", "1000000000")
    path = tmp_path / "own.yaml"
    path.write_text(SIMPLE, "utf-8")
    assert "it is read here" in refusal(monkeypatch, "new", str(path), "-o", str(path), "--force")
    assert path.read_text("utf-8") == SIMPLE


def test_what_was_refused_for_several_reasons_may_do_with_another_seed() -> None:
    refused = Counter({"too near a bend": 20, "a sum that is too large or too small": 30})
    said = none_found(4, refused)
    assert "What was wrong most often: a sum that is too large or too small. Try another seed: --seed 5." in said
