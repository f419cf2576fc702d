"""Whole quizzes as transcripts: answers in, screen out.

``UPDATE_GOLDEN=1 pytest tests/quiz/test_transcripts.py`` rewrites them; read the difference before you commit it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from learner import hold, right_text, tutor

from backprop_tutor.model.quiz import Ask, Item, State
from backprop_tutor.quiz.transcript import transcript
from backprop_tutor.quiz.tutor import Tutor
from backprop_tutor.writers.quiz_markdown import write

FOLDER = Path(__file__).parents[1] / "golden" / "quiz"


@dataclass(frozen=True)
class Script:
    """What is typed: at a name (or the first words of a question) these lines first, and then what is right."""

    problem: str
    lines: dict[str, list[str]] = field(default_factory=dict)
    mode: str = "practice"
    width: int = 80
    plain: bool = False
    ascii: bool = False
    symbolic: bool = False
    choice: dict[str, object] = field(default_factory=dict)
    stop_at: str = ""


SCRIPTS = {
    "first-time": Script(
        "slides-example-3",
        {
            "z1_1": ["0.14", ":hint", "w1_11*x1 + w1_12*x2", "0.24"],
            "a1_1": ["0,56", "0.5597"],
            "yhat": ["1.179", "0.7648"],
            "dL/dyhat": ["-0.2352", "1.3076", ":show"],
            "dL/dz2_1": [":hint", "-0.2352"],
            "dL/da1_1": ["-0.2352", "-0.1411"],
            "da1_1/dz1_1": ["0.5597*0.24", "0.1824", "0.3", "1.2", "0.2464"],
            "dL/dz1_1": ["-0.1411", "-0.0348"],
            "dL/dz1_2": ["-0.2117", "-0.0507"],
            "new_w1_11": ["0.1998", "0.2002"],
        },
    ),
    "impatient": Script(
        "slides-example-3",
        {
            "z1_1": ["z1 = [0.24, 0.42]"],
            "a1_1": ["a1 = [0.5597, 0.6035]"],
            "dL/dw1_11": ["dL/dW1 = [[-0.0174, -0.00348], [-0.0253, -0.00507]]", ":quit"],
        },
        choice={"questions": False},
    ),
    "a-test": Script(
        "uw-chain-rule-point",
        {"a": ["8"], "b": [":hint", "1"], "v": ["98"], "dv/da": [":skip"], "dv/dc": [":back"], "dv/dx": ["28"]},
        mode="test",
    ),
    "learning": Script("week05-xyz", mode="learn"),
    "in-letters": Script(
        "two-by-two", {"z1_1": ["0.3775"], "dL/dz1_1": [":hint", ":hint", ":show", ":quit"]}, symbolic=True
    ),
    "narrow-plain-ascii": Script(
        "cmu-tanh", {"z1_1": ["4", ":hint", ":hint", ":hint", ":hint"], "a1_2": [":formulas", ":quit"]},
        width=40, plain=True, ascii=True,
    ),
}  # fmt: skip


def _typed(script: Script) -> object:
    waiting = {name: list(lines) for name, lines in script.lines.items()}

    def answer(teacher: Tutor, state: State, ask: Ask, item: Item) -> str | None:
        lines = waiting.get(item.name, [])
        return lines.pop(0) if lines else right_text(teacher, item)

    return answer


def held(name: str):  # type: ignore[no-untyped-def]
    script = SCRIPTS[name]
    teacher = tutor(script.problem, mode=script.mode, symbolic=script.symbolic, seed=5, **script.choice)
    return hold(teacher, _typed(script), width=script.width, plain=script.plain, ascii=script.ascii)  # type: ignore[arg-type]


def compare(found: str, path: Path) -> None:
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(found, encoding="utf-8", newline="\n")
        return
    assert path.is_file(), f"{path.name} is missing: run UPDATE_GOLDEN=1 pytest tests/quiz/test_transcripts.py"
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_whole_quiz(name: str) -> None:
    sitting = held(name)
    found = "\n".join(line.rstrip() for line in sitting.screen.splitlines()) + "\n"
    compare(found, FOLDER / f"{name}.txt")


@pytest.mark.parametrize("name", ["first-time", "a-test", "in-letters"])
def test_a_session_as_markdown(name: str) -> None:
    sitting = held(name)
    compare(write(transcript(sitting.tutor, sitting.state)), FOLDER / f"{name}.md")
