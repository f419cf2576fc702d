"""README cannot lie: its commands, problem files and the operation that it adds are run as they stand."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import shlex
import sys
from pathlib import Path

import laws
import pytest
from quiz.learner import tutor
from rich.console import Group
from rich.text import Text
from support import from_text

from backprop_tutor.cli import app as commands
from backprop_tutor.cli import session
from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.quiz import Ask, Summary
from backprop_tutor.reading.sheets import read_sheet
from backprop_tutor.writers.terminal import TerminalWriter
from backprop_tutor.writers.terminal_quiz import TerminalQuiz
from backprop_tutor.writers.terminal_report import TerminalReport
from backprop_tutor.writers.terminal_svg import svg

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = ROOT / "tests" / "golden" / "readme.svg"
MARKED = ROOT / "tests" / "golden" / "readme-check.svg"
QUIZ = ROOT / "tests" / "golden" / "readme-quiz.svg"


def fences(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def command_lines() -> list[str]:
    return re.findall(r"^\| `backprop-tutor (.*?)` \|", README, re.MULTILINE)


def test_every_command_is_in_the_readme() -> None:
    named = {line.split()[0] for line in command_lines()}
    shown = [command for command in commands.app.registered_commands if not command.hidden]
    registered = {command.name or command.callback.__name__ for command in shown}  # type: ignore[union-attr]
    assert registered == named


@pytest.mark.parametrize("line", command_lines())
def test_the_commands_of_the_readme_run(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.yaml").write_text(fences("yaml")[0], encoding="utf-8")
    (tmp_path / "sheet.yaml").write_text(fences("yml")[0], encoding="utf-8")
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "ann.yaml").write_text(fences("yml")[0], encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["backprop-tutor", *shlex.split(line)])
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 200))
    with pytest.raises(SystemExit) as ended:
        commands.main()
    # A sheet with an error on it is no success.
    assert (ended.value.code or 0) == (1 if line.startswith("check") else 0)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("text", fences("yaml"))
def test_the_problem_files_of_the_readme_can_be_solved(text: str) -> None:
    lesson = session.lesson(from_text(text))
    assert lesson.steps


def test_the_operation_of_the_readme_keeps_the_laws(tmp_path: Path) -> None:
    page = tmp_path / "gaussian.py"
    page.write_text(fences("python")[0], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("backprop_tutor.ops.gaussian", page)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.Gaussian.name = "gaussian"
    for law in (
        laws.formula_and_kernel_agree,
        laws.slope_is_difference_of_formula,
        laws.slope_is_difference_of_kernel,
        laws.slips_differ_from_the_truth,
        laws.words_teach,
    ):
        law(module.Gaussian())
    assert laws.slope_is_proved(module.Gaussian())
    laws.page_has_headings(module.Gaussian)


def test_the_picture_of_the_readme_is_what_the_terminal_shows() -> None:
    lesson = session.lesson(session.read("two-by-two"))
    writer = TerminalWriter(lesson)
    shown = [writer.step(step) for step in lesson.steps if step.name in {"dL/da1_1", "dL/dw1", "new_w1"}]
    parts = [part for step in shown for part in ("", step)]
    drawn = svg(Group(writer.picture(), *parts), 84, "backprop-tutor solve two-by-two")
    if os.environ.get("UPDATE_GOLDEN"):
        PICTURE.write_text(drawn, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == drawn


def test_the_picture_of_a_marked_sheet_is_what_the_terminal_shows() -> None:
    report = Marker(session.read("slides-example-3")).mark(read_sheet(fences("yml")[0], "sheet.yaml"))
    writer = TerminalReport(report)
    drawn = svg(
        Group(writer.verdict(), "", writer.mistakes(), "", writer.ideas(), "", writer.marks()),
        84,
        "backprop-tutor check slides-example-3 sheet.yaml",
    )
    if os.environ.get("UPDATE_GOLDEN"):
        MARKED.write_text(drawn, encoding="utf-8")
    assert MARKED.read_text(encoding="utf-8") == drawn


def test_the_picture_of_a_quiz_is_what_the_terminal_shows() -> None:
    teacher = tutor("slides-example-3", ask=("dL/da1_1", "da1_1/dz1_1", "dL/dz1_1"))
    writer = TerminalQuiz(teacher.lesson)
    shown: list[object] = []
    state = teacher.begin()
    for typed in ("-0.1411", "0.2464", "-0.1411", ":hint", "-0.0348"):
        item = state.item
        assert item is not None
        (ask,) = (part for part in teacher.question(state) if isinstance(part, Ask))
        if item.name == "dL/dz1_1":
            if not state.standing(item).attempts:
                shown += [writer.parts(teacher.question(state)), ""]
            shown.append(Text(writer.prompt(ask) + typed))
        turn = teacher.advance(state, typed, 0.0)
        if item.name == "dL/dz1_1":
            shown += [writer.parts([part for part in turn.parts if not isinstance(part, Summary)]), ""]
        state = turn.state
    drawn = svg(Group(*shown), 84, "backprop-tutor quiz slides-example-3")  # type: ignore[arg-type]
    if os.environ.get("UPDATE_GOLDEN"):
        QUIZ.write_text(drawn, encoding="utf-8")
    assert QUIZ.read_text(encoding="utf-8") == drawn


@pytest.mark.parametrize("picture", [PICTURE, MARKED, QUIZ], ids=lambda path: path.stem)
def test_the_pictures_ask_for_nothing_from_the_network(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in text
    assert "font-face" not in text
