"""The terminal: what a console prints of a lesson, at every width, with and without colour and Unicode."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from fractions import Fraction

import pytest
import samples
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType

from backprop_tutor.model.formula import Name, Number
from backprop_tutor.model.lesson import Equation, Figure, Lesson, Prose, Step, StepKind
from backprop_tutor.writers.terminal import TerminalWriter
from backprop_tutor.writers.terminal_svg import svg

WIDTHS = (40, 60, 80, 120)
HOSTILE = (
    "[bold]x[/] [/] [link=http://e.x]y[/link] \x1b]8;;http://e.x\x1b\\z\x1b[31m :smile: C:\\[a] \u202eevil a[i] \x07"
)
MADE_HARMLESS = "[bold]x[/] [/] [link=http://e.x]y[/link] ]8;;http://e.x\\z[31m :smile: C:\\[a] evil a[i]"


def printed(renderable: RenderableType, width: int, *, colour: bool = False) -> str:
    """What arrives at a terminal: a console that would read markup, emoji codes and highlights."""
    # A wider console than the lines are made for: of its own width it would crop what is too long, unseen.
    console = Console(
        file=io.StringIO(), width=1000, color_system="standard" if colour else None, force_terminal=colour
    )
    console.print(renderable, width=width, crop=False)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def everything(lesson: Lesson, *, ascii: bool = False, colour: bool = True) -> RenderableType:
    writer = TerminalWriter(lesson, ascii=ascii, colour=colour)
    steps = [writer.step(step) for step in lesson.steps]
    sections = [writer.section(kind) for kind in StepKind]
    return Group(writer.problem(), writer.opening(), *sections, *steps, writer.closing(), writer.picture())


LESSONS = {
    "2-3-1": samples.with_closing(samples.network((2, 3, 1))),
    "2-2-2 folded": samples.with_closing(samples.network((2, 2, 2), folded=True)),
    "12-9-3": samples.with_closing(samples.network((12, 9, 3))),
    "expressions": samples.expressions(),
    "wide": samples.wide_expression(),
}


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", LESSONS)
def test_no_line_is_wider_than_the_console(name: str, width: int, ascii: bool) -> None:
    for line in printed(everything(LESSONS[name], ascii=ascii), width).split("\n"):
        assert cell_len(line) <= width, line
        assert "…" not in line
        assert line == line.rstrip()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", LESSONS)
def test_the_ascii_output_is_ascii(name: str, width: int) -> None:
    lesson = LESSONS[name]
    lesson = replace(lesson, problem=samples.problem("Größe: σ → ½ 日本", "naïve – “so”"))
    assert printed(everything(lesson, ascii=True), width).isascii()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_step_shows_its_figure_names_and_sources(width: int) -> None:
    lesson = LESSONS["2-3-1"]
    writer = TerminalWriter(lesson)
    for step in lesson.steps:
        text = printed(writer.step(step), width)
        assert f"Step {step.number} " in text
        assert step.figure is not None
        assert step.figure.shown.replace("-", "−") in text
        assert step.name in text
        assert f"{step.rule}." in text
    assert "from step 2" in printed(writer.step(lesson.steps[0]), width)


def test_relations_stand_under_each_other() -> None:
    lesson = LESSONS["2-3-1"]
    lines = printed(TerminalWriter(lesson).step(lesson.steps[0]), 80).split("\n")
    start = next(index for index, line in enumerate(lines) if line.strip().startswith("∂L/∂"))
    assert {re.search("[=≈]", line).start() for line in lines[start : start + 4]} == {14}  # type: ignore[union-attr]
    assert "≈" in lines[start + 3]


def test_long_sums_are_folded_before_a_sign_and_under_the_first_term() -> None:
    lesson = samples.network((6, 1))
    lines = printed(TerminalWriter(lesson).step(lesson.steps[1]), 60).split("\n")
    first = next(index for index, line in enumerate(lines) if "=" in line)
    assert lines[first + 1].lstrip().startswith("+ ")
    indent = len(lines[first + 1]) - len(lines[first + 1].lstrip())
    assert indent > lines[first].index("=")


def test_a_left_side_too_long_for_one_line_stands_alone() -> None:
    lesson = LESSONS["2-3-1"]
    tree = Name("w1_11") * Name("x1")
    equation = Equation(Name("a_quantity_with_a_very_long_name"), (tree,), tree, None, Figure("1", "1"))
    step = replace(lesson.steps[1], equation=equation, blocks=(equation,))
    text = printed(TerminalWriter(lesson).step(step), 40)
    assert "\n      = 0.96·(−0.65)\n      = 1\n" in text


def test_the_equation_is_told_once_whether_or_not_it_is_a_block() -> None:
    lesson = LESSONS["2-3-1"]
    step = lesson.steps[1]
    without = replace(step, blocks=tuple(block for block in step.blocks if block is not step.equation))
    writer = TerminalWriter(lesson)
    assert printed(writer.step(without), 80) == printed(writer.step(step), 80)


def test_equal_lines_are_not_repeated() -> None:
    lesson = LESSONS["2-3-1"]
    equation = Equation(Name("a1_1"), (Name("z1_1"),), Name("z1_1"), None, lesson.figures["z1_1"])
    step = replace(lesson.steps[1], equation=equation, blocks=(equation,))
    assert printed(TerminalWriter(lesson).step(step), 80).count("−0.8458") == 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colour", [False, True])
def test_markup_and_controls_in_strangers_text_do_nothing(colour: bool, width: int) -> None:
    lesson = LESSONS["2-3-1"]
    words: tuple[str, ...] = (HOSTILE,)
    step = replace(lesson.steps[1], title=words, rule=HOSTILE, blocks=(Prose(words), lesson.steps[1].equation))
    hostile = replace(lesson, problem=samples.problem(HOSTILE, HOSTILE, HOSTILE), steps=(step,))
    text = printed(everything(hostile), width, colour=colour)
    text = re.sub("\x1b\\[[0-9;]*m", "", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "".join(text.split()).count("".join(MADE_HARMLESS.split())) >= 6


def test_a_statement_is_folded_as_markdown_reads_it_and_bounded() -> None:
    statement = "one\ntwo *stars*\n\n\n- three\n  more\n- four\n\n| a | b |\n|---|---|\n```\n  code\n\n  x\n```\n"
    lesson = replace(LESSONS["2-3-1"], problem=samples.problem("t", statement + "x" * 50_000))
    text = printed(TerminalWriter(lesson).problem(), 80)
    assert "\n\none two *stars*\n\n- three more\n- four\n\n| a | b |\n|---|---|\n```\n  code\n\n  x\n```\nxxx" in text
    assert len(text) < 30_000


def test_items_of_a_list_hang() -> None:
    lesson = replace(LESSONS["2-3-1"], problem=samples.problem("t", "10. find every gradient of the network by hand"))
    text = printed(TerminalWriter(lesson).problem(), 40)
    assert "10. find every gradient of the network\n    by hand\n" in text


def test_colours_tell_values_from_gradients() -> None:
    lesson = LESSONS["2-3-1"]
    text = printed(TerminalWriter(lesson).step(lesson.steps[0]), 80, colour=True)
    assert "\x1b[35m0.0006174778\x1b[0m" in text
    assert "\x1b[36m−0.65\x1b[0m" in text
    assert "\x1b[1;35m−0.0004013606\x1b[0m" in text
    without = printed(TerminalWriter(lesson, colour=False).step(lesson.steps[0]), 80, colour=True)
    assert not re.search("\x1b\\[[0-9;]*3[0-7]", without)
    assert re.sub("\x1b\\[[0-9;]*m", "", without) == re.sub("\x1b\\[[0-9;]*m", "", text)


def test_figures_are_not_found_inside_longer_numbers() -> None:
    """A value of 0.1 must not colour the beginning of the constant 0.15."""
    lesson = LESSONS["2-3-1"]
    figures = dict(lesson.figures) | {"x1": Figure("0.1", "0.1")}
    tree = Number(Fraction(15, 100), "0.15") * Name("x1")
    equation = Equation(Name("z1_1"), (tree,), tree, None, Figure("0.015", "0.015"))
    step = replace(lesson.steps[1], equation=equation, blocks=(equation,))
    text = printed(TerminalWriter(replace(lesson, figures=figures)).step(step), 80, colour=True)
    assert "0.15·\x1b[36m0.1\x1b[0m" in text


def test_the_problem_shows_no_results() -> None:
    lesson = LESSONS["2-3-1"]
    text = printed(TerminalWriter(lesson).problem(), 80)
    assert "9 weights, 4 biases, 4 units, 6 paths from an input to an output" in text
    assert "−0.8458" not in text
    assert "∂" not in text


def test_a_symbolic_step_has_no_figure() -> None:
    lesson = LESSONS["2-3-1"]
    equation = Equation(Name("z1_1"), (Name("w1_11") * Name("x1"),))
    step = Step("forward/z1_1", 1, StepKind.FORWARD, "z1_1", Name("z1_1"), (), "", (), equation, None, None)
    assert printed(TerminalWriter(lesson).step(step), 80).endswith("   z₁⁽¹⁾ = w₁₁⁽¹⁾·x₁\n")


def test_the_picture_for_the_readme_needs_nothing_from_the_network() -> None:
    picture = svg(TerminalWriter(LESSONS["2-3-1"]).picture(), 80, "a <title> & more")
    assert picture == svg(TerminalWriter(LESSONS["2-3-1"]).picture(), 80, "a <title> & more")
    assert "@font-face" not in picture
    assert not re.search(r"url\((?!#)", picture)
    assert set(re.findall("https?://[^\"' )]*", picture)) == {"http://www.w3.org/2000/svg"}
    assert "&lt;title&gt;" in picture
    assert ">&#160;" not in picture
    assert "DejaVu Sans Mono" in picture
