"""Worksheets: every step asked, no result given away, and read back as they were written and filled in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import samples
from markdown_reader import Page, well_formed
from support import BUNDLED, ends, from_text, lesson
from test_hostile import LINES, assert_harmless

from backprop_tutor import ops
from backprop_tutor.cli import session
from backprop_tutor.lessons.teach import present, teach
from backprop_tutor.model.lesson import Lesson
from backprop_tutor.reading.formulas import read_formula
from backprop_tutor.reading.sheets import read_sheet, worksheet_problem
from backprop_tutor.writers.worksheet import BLANK, write

FUNCTIONS = ops.vocabulary(("slides",)).functions
MATHS: tuple[Any, ...] = ("github", "dollars")


def asked(told: Lesson) -> list[str]:
    return list(dict.fromkeys(step.name for step in told.steps))


def comments(id: str) -> list[str]:
    """The only HTML on the page."""
    return [f"<!-- backprop-tutor: worksheet for {id} -->", "<!-- backprop-tutor: answers -->"]


def answers(text: str) -> dict[str, object]:
    sheet = read_sheet(text, "sheet.md")
    assert sheet.findings == ()
    return {line.name: line.value for line in sheet.lines}


@pytest.mark.parametrize("math", MATHS)
@pytest.mark.parametrize("name", BUNDLED)
def test_an_empty_worksheet_asks_for_every_step_and_is_blank(name: str, math: Any) -> None:
    text = write(lesson(name), math=math)
    found = answers(text)
    assert list(found) == asked(lesson(name))
    assert set(found.values()) == {""}
    assert read_sheet(text, "sheet.md", "file").learner == "file"
    assert worksheet_problem(text) == name
    page = Page(text)
    assert well_formed(page.text)
    assert [comment.strip() for comment in page.foreign] == comments(name)
    assert all(len(set(columns)) == 1 for columns in page.tables)


@pytest.mark.parametrize("math", MATHS)
@pytest.mark.parametrize("name", BUNDLED)
def test_the_key_is_read_back_figure_by_figure(name: str, math: Any) -> None:
    told = lesson(name)
    found = answers(write(told, key=True, math=math))
    assert list(found) == asked(told)
    for step in told.steps:
        answer = found[step.name]
        assert isinstance(answer, str)
        if step.name in told.figures:
            assert answer == told.figures[step.name].shown
        else:
            read_formula(answer, FUNCTIONS)


def results(told: Lesson) -> set[str]:
    """The figures of the steps as they are shown and to three and four digits, without those that are given."""
    given = {value.given.written for value in told.graph.values.values() if value.given is not None}
    numbers = re.findall(r"\d+\.?\d*", " ".join(given) + told.problem.statement + told.problem.title)
    found = set()
    for step in told.steps:
        if step.figure is None:
            continue
        shown = step.figure.shown.lstrip("-").partition("e")[0]
        digits = shown.replace(".", "").lstrip("0")
        if len(digits) < 3 or any(shown.startswith(number) or number.startswith(shown) for number in numbers if number):
            continue
        last = next(i for i in range(len(shown)) if len(shown[: i + 1].replace(".", "").lstrip("0")) == 3)
        found.add(shown[: last + 1])
    return found


@pytest.mark.parametrize("name", BUNDLED)
def test_no_result_is_given_away(name: str) -> None:
    told = lesson(name)
    text = write(told)
    for result in results(told):
        assert not re.search(rf"(?<![\d.]){re.escape(result)}", text), result
    # The test sees a result where there is one.
    if results(told):
        assert any(re.search(rf"(?<![\d.]){re.escape(result)}", write(told, key=True)) for result in results(told))


def test_most_problems_have_results_that_are_looked_for() -> None:
    assert sum(len(results(lesson(name))) > 3 for name in BUNDLED) > 10


@pytest.mark.parametrize("name", ["uw-chain-rule", "unknown-weight"])
def test_no_formula_of_a_symbolic_result_is_given_away(name: str) -> None:
    told = lesson(name)
    empty, key = write(told), write(told, key=True)
    for plain, answer in answers(key).items():
        if len(str(answer)) > 12 and plain.startswith("d"):
            assert f"`{answer}`" in key
            assert str(answer) not in empty


def test_the_page_says_what_is_given_and_how_to_go_on() -> None:
    text = write(lesson("slides-example-3"))
    assert text.startswith("<!-- backprop-tutor: worksheet for slides-example-3 -->\n\n# ")
    assert "`backprop-tutor check slides-example-3 sheet.md`" in text
    assert "| $`w_{11}^{(1)}`$ | $`0.1`$ | weight | `w1_11` |" in text or "`w1_11` |" in text
    assert "## Conventions" in text
    assert "```mermaid" in text
    for heading in ("Forward pass", "Backward pass", "Update"):
        assert f"## {heading}\n\n| Step | What is asked | Symbol | Name | Your answer |\n" in text
    assert re.search(r"\| 1 \| the weighted sum that enters hidden unit 1 \| \$`[^`]+`\$ \| `z1_1` \| ______ \|", text)
    assert re.search(r"how the loss changes with the weight from .* \| `dL/dw1_11` \|", text)
    key = write(lesson("slides-example-3"), key=True)
    assert key.startswith("<!-- backprop-tutor: key for slides-example-3 -->\n")
    assert "(key)" in key
    assert BLANK not in key


def test_some_steps_only() -> None:
    told = lesson("slides-example-3")
    assert list(answers(write(told, names={"dL/dw1_11", "z1_1"}))) == ["z1_1", "dL/dw1_11"]
    text = write(told, names=["new_w1_11"], key=True)
    assert answers(text) == {"new_w1_11": told.figures["new_w1_11"].shown}
    assert "## Update" in text
    assert "## Forward pass" not in text
    assert answers(write(told, names=["z1_1", "nothing"])) == {"z1_1": ""}


def test_a_lesson_without_steps_is_a_page_without_blanks() -> None:
    text = write(present(lesson("slides-example-3").problem))
    assert "## What is given" in text
    assert "## Forward pass" not in text


def test_several_objectives_ask_for_each_quantity_once() -> None:
    text = "inputs: {a: 2, b: 3}\nexpressions:\n  p: a*b\n  y: p + a\n  u: p^2\ndifferentiate: [y, u]\n"
    told = teach(session.solve(from_text(text)))
    assert list(answers(write(told))) == asked(told)
    assert write(told).count(BLANK + " |") == len(asked(told))
    assert {"dy/da", "du/da"} <= set(answers(write(told, key=True)))


@pytest.mark.parametrize("told", [samples.network([2, 3, 1]), samples.network([2, 2, 2], folded=True)], ids=["a", "b"])
def test_made_up_lessons(told: Lesson) -> None:
    assert set(answers(write(told))) == set(asked(told))
    assert "" not in answers(write(told, key=True)).values()


def filled(text: str, value: str = "0.25") -> dict[str, object]:
    return answers(text.replace(BLANK, value))


def test_filled_in_by_hand_and_by_editors() -> None:
    told = lesson("slides-example-3")
    page = write(told)
    expected = dict.fromkeys(asked(told), "0.25")
    head, _, tables = page.partition("<!-- backprop-tutor: answers -->")
    variants = {
        "in place of the blank": tables.replace(BLANK, "0.25"),
        "after the blank": tables.replace(BLANK, BLANK + " 0.25"),
        "between underscores": tables.replace(BLANK, "__0.25__"),
        "bold": tables.replace(BLANK, "**0.25**"),
        "CRLF": tables.replace(BLANK, "0.25").replace("\n", "\r\n"),
        "trailing spaces": tables.replace(BLANK, "0.25").replace("\n", "   \n"),
        "no outer pipes": re.sub(r"(?m)^\| (.*) \|$", r"\1", tables.replace(BLANK, "0.25")),
        "aligned": re.sub(r"\| (0\.25) \|", r"|     \1         |", tables.replace(BLANK, "0.25")),
        "escaped": tables.replace(BLANK, r"\_\_\_0.25\_\_\_"),
        "maths": tables.replace(BLANK, "$0.25$"),
    }
    for name, variant in variants.items():
        assert answers(head + "<!-- backprop-tutor: answers -->" + variant) == expected, name
        # Without the comments, which some editors drop, the page is still read.
        bare = re.sub("<!--.*?-->", "", head) + variant
        assert answers(bare) == expected, name
    assert read_sheet(page.replace("Name: " + BLANK * 4, "Name: Ann"), "a.md").learner == "Ann"
    assert read_sheet(page.replace("Name: " + BLANK * 4, f"Name: {BLANK}Ann{BLANK}"), "a.md").learner == "Ann"


def test_a_table_in_a_statement_is_not_taken_for_answers() -> None:
    told = lesson("slides-example-3")
    statement = "| Name | Value |\n| --- | --- |\n| `z1_1` | 7 |\n\n- `z1_2` = 7\n"
    told = replace(told, problem=replace(told.problem, statement=statement))
    assert filled(write(told)) == dict.fromkeys(asked(told), "0.25")


def test_a_formula_with_bars_survives_its_table() -> None:
    told = teach(session.solve(from_text("inputs: [x]\nexpressions:\n  p: abs(x)*2\n  y: max(p, x)\n")))
    for math in MATHS:
        found = answers(write(told, key=True, math=math))
        for name in asked(told):
            read_formula(str(found[name]), FUNCTIONS)


def test_hostile_titles_ids_and_statements() -> None:
    told = lesson("vector-dot")
    for line in [*LINES, "a--b-->c", "-->", "a -- b"]:
        changed = replace(told, problem=replace(told.problem, title=line, id=line, statement=line, source=line))
        text = write(changed)
        assert_harmless(text)
        assert set(answers(text)) == set(asked(told))
        found = re.match(r"<!-- backprop-tutor: worksheet for ([\w.@+-]+) -->\n", text)
        assert found is not None
        assert "--" not in found[1]
        assert [comment.strip() for comment in Page(text).foreign] == comments(found[1])
        command = re.search("backprop-tutor check (.*) sheet.md", text)
        assert command is not None
        assert re.fullmatch(r"[A-Za-z0-9][\w.@+-]*", command[1])


def test_a_large_worksheet_is_written_and_read_in_time() -> None:
    told = samples.network([5, 20, 4])
    with ends():
        text = write(told, key=True)
        assert len(answers(text)) == len(asked(told))
