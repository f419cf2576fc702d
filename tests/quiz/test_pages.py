"""A session as a page of Markdown: everything that was typed can be understood from the page alone."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from learner import Sitting, hold, right_text, tutor
from rich.console import Console
from support import from_text

from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.question import QuestionKind
from backprop_tutor.model.quiz import Ask, ItemKind, Marked, Remark
from backprop_tutor.model.record import Idea, Record, What
from backprop_tutor.quiz.questions import lines_of, typed_answer
from backprop_tutor.quiz.summary import summary
from backprop_tutor.quiz.transcript import transcript
from backprop_tutor.variants.variant import variant
from backprop_tutor.writers.quiz_markdown import first_line, write
from backprop_tutor.writers.terminal_quiz import TerminalQuiz

ODD = """title: Two sums
inputs: {x: 2, y: 3}
expressions:
  s: x + y
  p: s*x
questions:
  - ask: Which of these is $x$?
    choices:
      - right: "- the first *input* | <b>x</b>"
      - wrong: "3. not an input"
        why: It is one.
      - wrong: "`y`"
        why: That is another one.
  - {ask: Put these in order., order: [the inputs, the sum, the product]}
  - {ask: What is a sum?, key_points: [Terms are added., Their order does not matter.]}
"""


def page(sitting: Sitting) -> str:
    """The session as Markdown."""
    return write(transcript(sitting.tutor, sitting.state))


def sections(text: str) -> dict[str, str]:
    """What stands on a page about each question, by its heading."""
    parts = re.split(r"^### \d+\. ", text, flags=re.MULTILINE)[1:]
    return {
        part.split("\n", 1)[0] + (f" {part.split(chr(10))[2]}" if "A question" in part else ""): part for part in parts
    }


def test_the_lines_of_a_choice_stand_on_the_page_with_their_numbers() -> None:
    teacher = tutor(from_text(ODD), seed=3)
    sitting = hold(teacher, lambda tutor, state, ask, item: right_text(tutor, item))
    text = page(sitting)
    for question in teacher.questions:
        if question.kind is QuestionKind.POINTS:
            continue
        shown = lines_of(question, teacher.seed)
        assert len(shown) == 3
        # What the author wrote acts no more than elsewhere on the page.
        words = [max(re.findall(r"\w+", line), key=len) for line in shown]
        block = r"\n".join(rf"{number}\. .*{word}.*" for number, word in enumerate(words, start=1))
        assert re.search(rf"^{block}$", text, re.MULTILINE), shown
        assert f"- ✓ `{typed_answer(question, teacher.lesson, teacher.seed)}`: right" in text
    assert "<b>" not in text


def test_the_formulas_of_a_choice_stand_on_the_page_with_their_numbers() -> None:
    teacher = tutor("slides-example-3", seed=5)
    asked: list[Ask] = []

    def answer(tutor, state, ask, item):  # type: ignore[no-untyped-def]
        if item.kind is ItemKind.WHY:
            asked.append(ask)
        return right_text(tutor, item)

    sitting = hold(teacher, answer)
    assert asked
    text = page(sitting)
    for ask in asked:
        lines = [f"{number}. $`" for number in range(1, len(ask.choices) + 1)]
        pattern = r"\n".join(rf"{re.escape(line)}.*`\$" for line in lines)
        assert re.search(pattern, text), ask.choices
    rows = [
        row for row in transcript(teacher, sitting.state).answered if row.choices and "formula" in str(row.words[0])
    ]
    assert [row.choices for row in rows] == [ask.choices for ask in asked]


def test_key_points_are_told_only_where_they_were_chosen_from() -> None:
    teacher = tutor(from_text(ODD), seed=3)
    numbers = {("numbers: ",): "1"}
    practised = hold(teacher, lambda tutor, state, ask, item: numbers.get(ask.prompt) or right_text(tutor, item))
    assert "1. Terms are added.\n2. Their order does not matter." in page(practised)
    test = tutor(from_text(ODD), mode="test", seed=3)
    # Answered twice, and not handed in.
    words = iter(["They are added.", ":back", "In any order.", None])

    def answer(tutor, state, ask, item):  # type: ignore[no-untyped-def]
        last = item.kind is ItemKind.HAND_IN or (item.kind is ItemKind.QUESTION and item.number == 2)
        return next(words) if last else right_text(tutor, item)

    left = hold(test, answer)
    row = transcript(test, left.state).answered[-1]
    assert [attempt.given for attempt in row.attempts] == ["They are added.", "In any order."]
    assert not row.choices
    assert not row.right
    assert "Their order" not in page(left)


def test_an_idea_is_told_by_the_title_under_which_it_showed() -> None:
    script = {"z1_1": ["0.14"], "dL/dyhat": ["-0.2352"]}
    waiting = {name: iter(lines) for name, lines in script.items()}

    def answer(tutor, state, ask, item):  # type: ignore[no-untyped-def]
        return next(waiting.get(item.name, iter(())), None) or right_text(tutor, item)

    text = page(hold(tutor("slides-example-3", questions=False), answer))
    assert "- ✗ `0.14`: **wrong**. Bias left out of the weighted sum (`M22`)\n" in text
    # M16 has three titles.
    told = "Output minus target taken for the gradient at the output"
    assert f"- ✗ `-0.2352`: **wrong**. {told} (`M16`)\n" in text


def test_a_wrong_formula_that_was_chosen_has_one_title() -> None:
    teacher = tutor("slides-example-3", seed=5)

    def answer(tutor, state, ask, item):  # type: ignore[no-untyped-def]
        if item.kind is ItemKind.WHY and not state.standing(item).attempts:
            return str(1 + next(place for place, reason in enumerate(tutor.reasons(item)) if not reason.right))
        return right_text(tutor, item)

    sitting = hold(teacher, answer)
    wrong = [reason for item in sitting.state.agenda if item.kind is ItemKind.WHY for reason in teacher.reasons(item)]
    titles = {reason.idea.id: reason.idea.title for reason in wrong if reason.idea is not None}
    rows = [row for row in transcript(teacher, sitting.state).answered if row.choices and row.attempts[0].ideas]
    assert rows
    for row in rows:
        [idea] = row.attempts[0].ideas
        assert idea.title == titles[idea.id]


def test_ideas_that_tie_are_all_told_and_one_without_a_page_by_its_id() -> None:
    teacher = tutor("slides-example-3", questions=False)
    ideas = (Idea("M22", "Bias left out of the weighted sum"), Idea("M99"))
    wrong = Record("test", 1.0, What.ANSWERED, "step:z1_1", "weighted-sum", "0.14", Verdict.WRONG.value, ideas)
    text = write(transcript(teacher, teacher.begin([wrong])))
    assert "- ✗ `0.14`: **wrong**. Bias left out of the weighted sum (`M22`) or: `M99`\n" in text


def test_own_words_are_not_judged_on_the_page() -> None:
    teacher = tutor(from_text(ODD), seed=3)
    words = {("answer: ",): "They are added.", ("numbers: ",): "1"}

    def answer(tutor, state, ask, item):  # type: ignore[no-untyped-def]
        return words[ask.prompt] if item.number == 2 and ask.prompt in words else right_text(tutor, item)

    assert "- `They are added.`\n- `1`\n" in page(hold(teacher, answer))


def test_a_marked_test_has_the_marks_and_reasons_of_its_report_at_every_step() -> None:
    teacher = tutor("slides-example-3", mode="test", seed=5)
    script = {"z1_1": "0.25", "a1_1": "0.5622", "L": ":skip", "dL/dyhat": "-0.2352"}

    def answer(tutor, state, ask, item):  # type: ignore[no-untyped-def]
        if item.kind is ItemKind.QUESTION and tutor.questions[item.number].kind is QuestionKind.CHOICE:
            return "1"
        return script.get(item.name) or right_text(tutor, item)

    sitting = hold(teacher, answer)
    [report] = [part.report for part in sitting.said if isinstance(part, Marked)]
    told = transcript(teacher, sitting.state)
    assert told.report is not None
    assert told.report.marks == report.marks
    assert told.report.entries == report.entries
    text = page(sitting)
    assert report.marks.strict < report.marks.carried
    assert f"- Strict: {report.marks.strict} of {report.marks.out_of}." in text
    assert f"- Carried: {report.marks.carried} of {report.marks.out_of}." in text
    found = sections(text)
    for entry in (entry for entry in report.entries if entry.asked):
        marks = f"strict: {int(entry.strict)} of 1, carried: {int(entry.earned)} of 1"
        assert f"- {marks}\n" in found[f"`{entry.name}`"]
    first = found["`z1_1`"]
    assert "- ✗ `0.25`: **wrong**\n" in first
    assert "One digit is off by one." in first
    assert "What follows from it: $`a_{1}^{(1)}`$" in first
    assert "- ↳ `0.5622`: follows\n" in found["`a1_1`"]
    assert "it follows from $`z_{1}^{(1)}`$." in found["`a1_1`"]
    assert "- ✗ `-0.2352`: **wrong**. Output minus target taken for the gradient" in found["`dL/dyhat`"]
    [idea] = report.explanations
    repair = str(idea.repair[0])
    assert repair in found["`dL/dyhat`"].replace("\\", "")
    assert text.replace("\\", "").count(repair) == 1
    assert "- left open\n- strict: 0 of 1, carried: 0 of 1\n" in found["`L`"]
    # The reason that the screen gives for a wrong choice.
    remarks = [part for part in sitting.said if isinstance(part, Remark) and part.verdict is Verdict.WRONG]
    assert remarks
    flat = text.replace("\\", "")
    assert all(str(part).strip() in flat for remark in remarks for part in remark.words[1:])


def test_nothing_is_marked_on_the_page_of_a_test_that_goes_on() -> None:
    teacher = tutor("slides-example-3", mode="test", questions=False)
    sitting = hold(teacher, ["0.14", "0.42"])
    text = page(sitting)
    assert transcript(teacher, sitting.state).report is None
    assert "strict" not in text.lower()
    assert "Right" not in text


def test_a_matrix_in_a_test_says_which_entry_went_wrong() -> None:
    teacher = tutor("slides-example-3", mode="test", questions=False, ask=("z1", "dL/dW1"))
    lines = ["z1 = [0.24, 0.32]", "[[-0.0174, -0.00348], [-0.0253, -0.00507]]", ""]
    text = page(hold(teacher, lines))
    assert "- strict: 1 of 2, carried: 1 of 2\n" in text
    assert "\n$`z_{2}^{(1)}`$: the weighted sum that enters hidden unit 2\n\nYours:" in text
    assert "$`z_{1}^{(1)}`$:" not in text


def test_steps_are_called_on_the_page_as_a_keyboard_writes_them() -> None:
    teacher = tutor("cmu-tanh", questions=False)
    sitting = hold(teacher, lambda tutor, state, ask, item: right_text(tutor, item))
    names = {f"`{teacher.venue(item).typed(item.name)}`" for item in sitting.state.agenda if item.kind is ItemKind.STEP}
    assert names <= set(sections(page(sitting)))
    assert any(f"`{item.name}`" not in names for item in sitting.state.agenda)


def test_the_first_line_is_a_comment_and_tells_one_quiz_from_another() -> None:
    long = "x" * 500
    hostile = ["a --> <b>", "a --!> b", "--", "a\n# b", "\u202ea", "\udcff", f"{long}1", f"{long}2", "<!--a", "a"]
    lines = [first_line(name, chosen) for name in hostile for chosen in ("practice", "test; ask a,b")]
    assert len(set(lines)) == len(lines)
    for line in lines:
        assert re.fullmatch(r"<!-- backprop-tutor: a quiz, not a sheet \((?:(?!--)[^<>\n])*\) -->", line), line
        assert len(line) < 300


def test_a_page_says_of_which_quiz_it_is() -> None:
    teacher = tutor("slides-example-3", ask=("z1_1",))
    text = page(hold(teacher, lambda tutor, state, ask, item: right_text(tutor, item)))
    assert text.startswith(
        "<!-- backprop-tutor: a quiz, not a sheet (slides-example-3, practice; numeric; ask z1_1) -->\n"
    )


def test_fresh_numbers_stand_on_the_page_where_they_are_first_needed() -> None:
    teacher = tutor("slides-example-3", questions=False, only=("a1_1",))
    fresh = variant(teacher.problem, 7, certified=False)
    assert fresh is not None
    teacher.fresh = lambda seed: fresh.problem
    shown = iter([":show"])
    sitting = hold(teacher, lambda tutor, state, ask, item: next(shown, None) or right_text(tutor, item))
    [item] = [item for item in sitting.state.agenda if item.is_again]
    text = page(sitting)
    given = {
        name: figure.shown
        for name, value in teacher.venue(item).lesson.graph.values.items()
        if value.given is not None and (figure := teacher.venue(item).lesson.figures.get(name))
    }
    [line] = [line for line in text.split("\n") if line.startswith("Given here: ")]
    assert text.index("(fresh numbers)") < text.index(line)
    assert len(given) == 12
    assert line.count(" = ") == len(given)
    for written in given.values():
        assert f" = {written}`$" in line
    assert "x_{1} = " in line


def test_that_a_matrix_is_transposed_is_said_once() -> None:
    for choice in ({"ask": ("dL/dW1", "dL/dW2")}, {"only": ("dL/dW1",)}):
        teacher = tutor("slides-example-3", questions=False, **choice)
        matrix = iter(["dL/dW1 = [[-0.0173913, -0.0253307], [-0.00347825, -0.00506615]]"])

        def answer(tutor, state, ask, item, matrix=matrix):  # type: ignore[no-untyped-def]
            typed = next(matrix, None) if item.name in {"dL/dW1", "dL/dw1_11"} else None
            return typed or right_text(tutor, item)

        sitting = hold(teacher, answer)
        text = page(sitting)
        assert text.count("other convention") == (1 if "ask" in choice else 4)
        assert text.count("transposed") == 1


@pytest.mark.parametrize("mode", ["practice", "test"])
def test_the_page_poses_the_problem_and_can_be_read_alone(mode: str) -> None:
    teacher = tutor("slides-example-3", mode=mode, questions=False)
    text = page(hold(teacher, ["0.3"]))
    posed = text.partition("## How it went" if mode == "practice" else "## Answers")[0]
    assert teacher.problem.statement.split("\n")[0][:40] in posed
    assert "| $`w_{11}^{(1)}`$ | `w1_11` | weight | $`0.2`$ |" in posed
    assert "learning rate" in posed
    # It is what is given, and no result.
    assert "0.24" not in posed


def test_that_there_are_more_ideas_than_are_told_is_said() -> None:
    teacher = tutor("slides-example-3", questions=False)
    names = [item.id for item in teacher.begin().agenda if item.kind is ItemKind.STEP][:8]
    ideas = ("op", "M01", "M02", "M03", "M04", "M22", "M24", "M20")
    wrong = [
        Record("test", 1.0, What.ANSWERED, name, "", "9", Verdict.WRONG.value, (Idea(idea),))
        for name, idea in zip(names, ideas, strict=True)
    ]
    told = summary(teacher, teacher.begin(wrong))
    assert (len(told.troubles), told.more_troubles) == (5, 3)
    text = write(transcript(teacher, teacher.begin(wrong)))
    assert "And 3 more: " in text
    lines = TerminalQuiz(teacher.lesson, ascii=True, plain=True)
    out = StringIO()
    Console(file=out, width=80).print(lines.parts([told]))
    assert "And 3 more: `backprop-tutor progress` lists them." in out.getvalue()


def test_one_right_answer_is_not_called_all() -> None:
    sitting = hold(tutor("slides-example-3", ask=("z1_1",)), ["0.24"])
    assert "Right at the first try, and without any help." in sitting.screen
    assert "All 1" not in sitting.screen


def test_what_was_replaced_in_a_test_is_said_to_be_so() -> None:
    teacher = tutor("slides-example-3", mode="test", ask=("z1_1", "z1_2"))
    text = page(hold(teacher, ["0.25", "0.4", ":back", "0.42", "z1_1 = 0.24", ""]))
    assert "- `0.25`, replaced by `0.24`\n- ✓ `0.24`: right" in text
    assert "- `0.4`, replaced by `0.42`\n- ✓ `0.42`: right" in text
    before = page(hold(teacher, ["0.25", ":back", "0.24"]))
    assert "- `0.25`, replaced by `0.24`\n- `0.24`\n" in before


def test_key_points_do_not_replace_own_words() -> None:
    teacher = tutor(from_text(ODD), seed=3)
    text = page(hold(teacher, lambda tutor, state, ask, item: right_text(tutor, item)))
    assert "replaced by" not in text


def test_a_slip_of_one_operation_is_called_by_what_was_done() -> None:
    sitting = hold(tutor("max-gate", questions=False, ask=("dm/dp",)), ["1", "0"])
    summed = " ".join(sitting.screen.rpartition("Look at these again")[2].split())
    assert "Slope 1 given to a number that is not chosen. (dm/dp)" in summed
    assert "Only the number that is chosen has slope 1; the others have slope 0." in summed
    assert "✗ `1`: **wrong**. Slope 1 given to a number that is not chosen\n" in page(sitting)
