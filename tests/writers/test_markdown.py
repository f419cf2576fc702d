"""The Markdown writer: the page it makes from a lesson."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
import samples
from markdown_reader import Page, well_formed

from backprop_tutor.model.formula import Call, Derivative, Name, Number, formula
from backprop_tutor.model.lesson import Aside, Equation, Figure, Lesson, Prose, Step, StepKind, Table
from backprop_tutor.model.problem import Assignment, Expressions
from backprop_tutor.writers.markdown import write

BASE = samples.network([2, 2, 1])

LESSONS = {
    "network": samples.network([2, 3, 1]),
    "folded": samples.network([2, 2, 2], folded=True),
    "large": samples.network([5, 20, 4]),
    "expressions": samples.expressions(),
    "closing": samples.with_closing(samples.network([2, 2, 1])),
    "wide": samples.wide_expression(),
}


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("math", ["github", "dollars"])
def test_every_lesson_is_a_sound_page(name: str, math: str) -> None:
    found = Page(write(LESSONS[name], math="github" if math == "github" else "dollars"))
    assert well_formed(found.text)
    assert found.foreign == []
    assert found.tables
    assert all(len(set(columns)) == 1 for columns in found.tables)
    assert {link.removeprefix("#") for link in found.links} <= set(found.anchors)


def test_the_same_lesson_gives_the_same_bytes() -> None:
    assert write(samples.network([3, 2, 1])) == write(samples.network([3, 2, 1]))


def test_dollars_instead_of_fences() -> None:
    text = write(BASE, math="dollars")
    assert "```math" not in text
    assert "$`" not in text
    assert "\n\n$$\n\\begin{aligned}\n" in text
    assert "| $x_{1}$ | `x1` | input | $" in text


def step(number: int, name: str, blocks: tuple[Prose | Equation | Aside | Table, ...], **more: Any) -> Step:
    equation = next((block for block in blocks if isinstance(block, Equation)), Equation(Name(name), (Name("x1"),)))
    facts = {"kind": StepKind.FORWARD, "title": ("what is found",), "rule": "A rule", **more}
    return Step(f"forward/{name}", number, name=name, quantity=Name(name), blocks=blocks, equation=equation,
                figure=None, exact=None, **facts)  # fmt: skip


def lesson_of(*steps: Step) -> Lesson:
    return replace(BASE, steps=steps)


def test_an_equation_goes_from_symbols_to_the_number() -> None:
    x1, x2 = Name("x1"), Name("x2")
    equation = Equation(
        Name("z1_1"), (x1 * x2, x2 * x1), x1 * x2, Call("tanh", (formula(5),)), Figure("0.99991", "0.9999092", True)
    )
    figures = {"x1": Figure("0.5", "0.5"), "x2": Figure("-2", "-2")}
    text = write(replace(lesson_of(step(1, "z1_1", (equation,))), figures=figures))
    assert (
        "```math\n\\begin{aligned}\n"
        "z_{1}^{(1)} &= x_{1} \\cdot x_{2} \\\\\n"
        "&= x_{2} \\cdot x_{1} \\\\\n"
        "&= 0.5 \\cdot (-2) \\\\\n"
        "&= \\tanh(5) \\\\\n"
        "&\\approx 0.99991\n"
        "\\end{aligned}\n```\n"
    ) in text


def test_a_line_that_would_repeat_the_one_before_is_left_out() -> None:
    equation = Equation(Name("z1_1"), (Name("x1"),), Name("x1"), Number(Fraction(3)), Figure("3", "3"))
    text = write(replace(lesson_of(step(1, "z1_1", (equation,))), figures={"x1": Figure("3", "3")}))
    assert "```math\n\\begin{aligned}\nz_{1}^{(1)} &= x_{1} \\\\\n&= 3\n\\end{aligned}\n```" in text


def test_an_equation_of_one_line_needs_no_alignment() -> None:
    text = write(lesson_of(step(1, "z1_1", (Equation(Name("z1_1"), (Name("x1"),)),))))
    assert "```math\nz_{1}^{(1)} = x_{1}\n```" in text


def test_an_equation_that_no_block_holds_is_printed_all_the_same() -> None:
    assert "```math\nz_{1}^{(1)} = x_{1}\n```" in write(lesson_of(step(1, "z1_1", (Prose(("Some words.",)),))))


def test_a_step_names_the_steps_that_it_uses() -> None:
    used = [step(number, name, ()) for number, name in enumerate(["z1_1", "z1_2", "a1_1"], 1)]
    needs = ("forward/a1_1", "forward/z1_2", "forward/z1_1")
    text = write(lesson_of(*used, step(4, "a1_2", (), needs=needs)))
    assert "From [step 3](#step-3-a1_1), [step 2](#step-2-z1_2) and [step 1](#step-1-z1_1).\n" in text


def test_a_needed_step_that_is_not_told_is_named() -> None:
    assert "From `z1_1`.\n" in write(lesson_of(step(2, "a1_1", (), needs=("forward/z1_1",))))


def test_remarks_are_alerts_and_share_a_frame_when_they_follow_each_other() -> None:
    remarks = (
        Aside("convention", ("One.",)),
        Aside("convention", ("Two.",)),
        Aside("pitfall", ("Three.",)),
        Aside("check", ("Four.",)),
    )
    text = write(replace(BASE, opening=remarks))
    assert "> [!NOTE]\n> - One.\n> - Two.\n\n> [!WARNING]\n> Three.\n\n> [!TIP]\n> Four.\n" in text


def test_words_of_a_sentence_are_no_markdown_and_formulas_stay_apart() -> None:
    words = ("*a* <b> ", Name("x1"), Name("x2"), "2 and ", Derivative("L", "x1"), ".")
    text = write(lesson_of(step(1, "z1_1", (Prose(words),))))
    assert r"\*a\* &lt;b&gt; $`x_{1}`$ $`x_{2}`$ 2 and $`\frac{\partial L}{\partial x_{1}}`$." in text


def test_a_sentence_that_begins_like_a_list_is_none() -> None:
    text = write(lesson_of(step(1, "z1_1", (Prose(("2. is no list.",)), Prose(("- nor this.",))))))
    assert "\n2\\. is no list.\n\n\\- nor this.\n" in text


def test_bars_and_comparisons_in_a_cell_do_not_break_the_table() -> None:
    cell = (Call("abs", (Name("x1"),)), " | ", Call("relu", (Name("x2"),)))
    text = write(replace(BASE, closing=(Table((("a",), ("b",)), ((cell, ("|",)),)),)))
    assert all(len(set(columns)) == 1 for columns in Page(text).tables)
    assert "| $`\\lvert x_{1} \\rvert`$ &#124; " in text


@pytest.mark.parametrize(("count", "expected"), [(12, False), (13, True)])
def test_a_long_solution_has_a_table_of_contents(count: int, expected: bool) -> None:
    kinds = [StepKind.FORWARD] * (count - 5) + [StepKind.BACKWARD] * 5
    found = Page(write(lesson_of(*(step(n, f"q{n}", (), kind=kind) for n, kind in enumerate(kinds, 1)))))
    assert ((2, "Contents") in found.headings) is expected
    assert len(found.links) == (count + 2 if expected else 0)
    assert {link.removeprefix("#") for link in found.links} <= set(found.anchors)


@pytest.mark.parametrize("title", ["Forward pass", "Step 1: q1", "Step 1 q1", "step-1-q1"])
def test_links_hold_when_the_title_takes_the_anchor(title: str) -> None:
    steps = [step(number, f"q{number}", (), needs=("forward/q1",) if number == 2 else ()) for number in range(1, 15)]
    lesson = replace(lesson_of(*steps), problem=replace(BASE.problem, title=title))
    found = Page(write(lesson))
    places = dict(zip(found.anchors, found.headings, strict=True))
    linked = [places[link.removeprefix("#")] for link in found.links]
    expected = [(2, "Forward pass"), *((3, f"Step {number}: q{number}") for number in range(1, 15)), (3, "Step 1: q1")]
    assert linked == expected


def test_the_summary_lists_gradients_and_updates_with_plain_names() -> None:
    updated = Figure("0.5", "0.5")
    text = write(replace(samples.with_closing(BASE), figures={**BASE.figures, "new_w1_11": updated}))
    summary = text[text.index("## Summary") :]
    assert "| $`\\frac{\\partial L}{\\partial w_{11}^{(1)}}`$ | `dL/dw1_11` | $`\\approx " in summary
    assert "| $`w_{11}^{(1)}`$ | $`0.96`$ | $`w_{11,\\text{new}}^{(1)}`$ | `new_w1_11` | $`0.5`$ |" in summary
    assert summary.count("\n| --- |") == 2, "the lesson's own table of parameters is not repeated"
    assert summary.count("```mermaid") == 1


def test_the_problem_is_drawn_without_its_solution() -> None:
    drawing = next(content for info, content in Page(write(BASE)).fences if info == "mermaid")
    assert "x₁ = −0.65" in drawing
    assert "∂" not in drawing
    assert "z₁⁽¹⁾ =" not in drawing


def test_the_lines_of_an_expression_problem_are_given() -> None:
    lesson = samples.expressions()
    body = Expressions((), (Assignment("v", Name("c") * Name("d") ** 2, "c*d^2"),))
    text = write(replace(lesson, problem=replace(lesson.problem, body=body)))
    assert "| $`v`$ | `v` | formula | $`c \\cdot d^{2}`$ |" in text


def test_a_title_that_only_repeats_the_quantity_is_left_out() -> None:
    text = write(lesson_of(step(1, "z1_1", (), title=(Name("z1_1"),))))
    assert "\n$`z_{1}^{(1)}`$ · A rule\n" in text


def test_a_number_that_nobody_differentiates_by_is_a_constant() -> None:
    lesson = samples.expressions()
    text = write(replace(lesson, graph=replace(lesson.graph, constants=frozenset({"c"}))))
    assert "| $`c`$ | `c` | constant | $`2`$ |\n| $`w`$ | `w` | input | $`1`$ |" in text
