"""Marks on answers to the author's own questions: every way of typing, and what is said."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import from_text

from backprop_tutor.engine.solve import solve
from backprop_tutor.errors import ProblemError
from backprop_tutor.lessons.notation import load_notation
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.question import Question, QuestionKind
from backprop_tutor.quiz.questions import (
    QuestionMark,
    how_to_answer,
    lines_of,
    mark,
    questions_of,
    right_answer,
    typed_answer,
)

TEXT = """notation: cmu
inputs: [1, 2]
target: 3
layers:
  - {weights: [[0, 1, 2], [2, 1, 0], [0, 2, 0]], bias: first_column, activation: tanh}
  - {weights: [[0, 1, 2, 2]], bias: first_column, activation: identity}
loss: half_squared_error
questions:
  - {ask: One, choices: [{right: apple, why: Round.}, {wrong: pear, why: Too long.}, plum, fig], why: As said.}
  - {ask: Several, choices: [{right: apple}, {right: pear}, plum, fig], why: As said.}
  - {ask: Order, order: [north, east, south, west], why: As said.}
  - {ask: Whole, number: 17}
  - {ask: Decimal, number: 0.235}
  - {ask: Third, number: 1/3}
  - {ask: Weights, count: weights}
  - {ask: Parameters, count: parameters}
  - {ask: Units, count: units}
  - {ask: Paths, count: paths from x1}
  - {ask: Symbol, symbol: "alpha_1,2"}
  - {ask: Gradient, symbol: dL/dz1_1}
  - {ask: Points, key_points: [It is local, It goes backward., It adds up]}
  - {ask: Free, free: true}
"""
LESSON = teach(solve(from_text(TEXT)))
QUESTIONS = {question.ask: question for question in questions_of(LESSON)}
C, W, U, M = Verdict.CORRECT, Verdict.WRONG, Verdict.UNREADABLE, Verdict.IMPRECISE


def marked(ask: str, typed: str, seed: int = 0) -> QuestionMark:
    return mark(QUESTIONS[ask], typed, LESSON, seed)


def said(found: QuestionMark) -> str:
    return "".join(part if isinstance(part, str) else "#" for part in found.said)


def number_of(ask: str, text: str, seed: int = 0) -> int:
    return lines_of(QUESTIONS[ask], seed).index(text) + 1


def test_a_right_choice_is_told_why() -> None:
    found = marked("One", str(number_of("One", "apple")))
    assert (found.verdict, said(found), found.chosen) == (C, "Round. As said.", (0,))


def test_a_wrong_choice_is_told_why_it_is_wrong_and_nothing_else() -> None:
    found = marked("One", str(number_of("One", "pear")))
    assert (found.verdict, said(found), found.chosen) == (W, "Too long.", (1,))
    assert said(marked("One", str(number_of("One", "fig"))))


@pytest.mark.parametrize("form", ["{}", " {} ", "{}.", "({})", "[{}]", "{},", "{} {}"])
def test_a_number_may_be_typed_in_many_ways(form: str) -> None:
    number = number_of("One", "apple")
    assert marked("One", form.replace("{}", str(number))).verdict is C
    letter = "abcd"[number - 1]
    assert marked("One", form.replace("{}", letter)).verdict is C
    assert marked("One", form.replace("{}", letter.upper())).verdict is C


def test_full_width_digits_are_digits() -> None:
    assert marked("One", chr(0xFF10 + number_of("One", "apple"))).verdict is C


@pytest.mark.parametrize("form", ["{} {}", "{},{}", "{}, {}", "{} and {}", "{};{}", "{}&{}", "{}+{}", "{} {} {}"])
def test_several_numbers(form: str) -> None:
    first, second = number_of("Several", "apple"), number_of("Several", "pear")
    for pair in ((first, second), (second, first), ("abcd"[first - 1], "abcd"[second - 1])):
        assert marked("Several", form.format(*pair, pair[0])).verdict is C


def test_partial_choices_are_counted_and_not_named() -> None:
    numbers = {text: str(number_of("Several", text)) for text in ("apple", "pear", "plum", "fig")}

    def told(*texts: str) -> str:
        found = marked("Several", " ".join(numbers[text] for text in texts))
        assert found.verdict is W
        return said(found)

    assert told("apple") == "What you chose is right, but 1 more belongs to it."
    assert told("plum") == told("fig", "plum") == "None of these is right."
    assert told("apple", "pear", "plum") == "All that are right are there, and 1 too many."
    assert told("apple", "plum") == "Of the 2 that you chose, 1 is right; 1 of the right ones is missing."


@pytest.mark.parametrize(
    ("ask", "typed", "trouble", "place"),
    [
        ("One", "", "there is no number here yet", (0, 1)),
        ("One", " 5", "there is no line '5'", (1, 2)),
        ("One", "0", "there is no line '0'", (0, 1)),
        ("One", "12", "there is no line '12'", (0, 2)),
        ("One", "apple", "there is no line 'apple'", (0, 5)),
        ("One", "1 2", "one answer is right, and you chose 2", (0, 3)),
        ("One", "1?", "there is no line '?'", (1, 2)),
        ("One", "\x1b[31m1", "there is no line '31'", (2, 4)),
        ("Order", "1 2 3", "4 is not there", (0, 5)),
        ("Order", "1 2", "3 and 4 are not there", (0, 3)),
        ("Order", "1 2 2 3", "2 stands here twice", (4, 5)),
        ("Order", "1233", "there is no line '1233'", (0, 4)),
        ("Whole", "", "there is no number here yet", (0, 1)),
        ("Whole", "  many", "there is no quantity called many", (2, 6)),
        ("Whole", "[1, 2]", "this is a list, and one number is asked for", (0, 6)),
        ("Whole", "1/0", "the denominator is 0", (0, 3)),
        ("Weights", "9,5", "a comma is not a decimal point", (0, 3)),
        ("Symbol", "", "there is no name here yet", (0, 1)),
        ("Symbol", " gamma_1", "there is no quantity called 'gamma_1'", (1, 8)),
        ("Free", "  ", "there is no answer yet", (0, 1)),
    ],
)
def test_what_cannot_be_read_says_where_and_how(ask: str, typed: str, trouble: str, place: tuple[int, int]) -> None:
    found = marked(ask, typed)
    if typed.startswith("\x1b"):
        assert found.verdict is U
        assert "\x1b" not in found.trouble + found.repair
        return
    assert (found.verdict, found.trouble, found.place) == (U, trouble, place)
    assert found.repair
    assert not found.said


@pytest.mark.parametrize("form", ["{} {} {} {}", "{},{},{},{}", "{}{}{}{}", "{} > {} > {} > {}", "{}-{}-{}-{}"])
def test_an_order(form: str) -> None:
    right = [number_of("Order", text) for text in ("north", "east", "south", "west")]
    assert marked("Order", form.format(*right)).verdict is C
    assert marked("Order", form.format(*("abcd"[number - 1] for number in right))).verdict is C
    assert marked("Order", form.format(*right)).chosen == (0, 1, 2, 3)


def test_a_wrong_order_is_told_up_to_where_it_is_right() -> None:
    numbers = {text: number_of("Order", text) for text in ("north", "east", "south", "west")}

    def told(*texts: str) -> str:
        return said(marked("Order", " ".join(str(numbers[text]) for text in texts)))

    assert told("east", "north", "south", "west") == "Something else comes before this: east."
    assert told("north", "south", "east", "west") == "The first one is right. Something else comes before this: south."
    wanted = "The first 2 stand where they belong. Something else comes before this: west."
    assert told("north", "east", "west", "south") == wanted


@pytest.mark.parametrize("seed", range(60))
def test_an_order_never_comes_out_right_and_all_lines_are_there(seed: int) -> None:
    lines = lines_of(QUESTIONS["Order"], seed)
    assert sorted(lines) == ["east", "north", "south", "west"]
    assert lines != ("north", "east", "south", "west")


def test_the_seed_decides_and_nothing_else() -> None:
    assert lines_of(QUESTIONS["One"], 1) == ("fig", "apple", "pear", "plum")
    assert {lines_of(QUESTIONS["One"], seed)[0] for seed in range(40)} == {"apple", "pear", "plum", "fig"}
    assert len({lines_of(QUESTIONS["Order"], seed) for seed in range(400)}) == 23
    program = (
        "from backprop_tutor.quiz.chosen import out_of_order, shuffled;"
        "print([shuffled(9, str(n)) for n in range(50)], [out_of_order(3, str(n)) for n in range(50)])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env={"PYTHONHASHSEED": seed}, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


@pytest.mark.parametrize(
    ("ask", "typed", "verdict"),
    [
        ("Whole", "17", C),
        ("Whole", "17.0", C),
        ("Whole", "2^4 + 1", C),
        ("Whole", "34/2", C),
        ("Whole", "n = 17", C),
        ("Whole", "17.4", W),
        ("Whole", "16.96", W),
        ("Whole", "18", W),
        ("Whole", "-17", W),
        ("Whole", "2e1", M),
        ("Decimal", "0.235", C),
        ("Decimal", "0.2352", C),
        ("Decimal", "0.24", C),
        ("Decimal", "0.23", C),
        ("Decimal", "0.2", M),
        ("Decimal", "0", W),
        ("Decimal", "0.2361", W),
        ("Third", "1/3", C),
        ("Third", "0.333", C),
        ("Third", "0.3", M),
        ("Third", "0.334", W),
        ("Third", "sqrt(1/9)", C),
        ("Weights", "9", C),
        ("Weights", "3*2 + 3", C),
        ("Weights", "9.0", C),
        ("Weights", "9.1", W),
        ("Paths", "3", C),
        ("Paths", "6", W),
    ],
)
def test_numbers(ask: str, typed: str, verdict: Verdict) -> None:
    found = marked(ask, typed)
    assert found.verdict is verdict
    assert found.said or verdict is C


def test_what_was_counted_instead_is_told() -> None:
    assert "biases, too" in said(marked("Weights", "13"))
    assert "biases are learned" in said(marked("Parameters", "9"))
    assert "inputs, too" in said(marked("Units", "6"))
    assert not any(number in said(marked("Weights", "8")) for number in ("9", "13"))


@pytest.mark.parametrize(
    "typed", ["w1_12", "alpha_1,2", "alpha_12", "alpha12", "α₁,₂", "α₁₂", "\\alpha_{1,2}", "$α₁,₂$."]
)
def test_a_symbol_in_every_writing(typed: str) -> None:
    assert marked("Symbol", typed).verdict is C


def test_a_wrong_symbol_is_told_what_it_is() -> None:
    found = marked("Symbol", "alpha_2,1")
    assert (found.verdict, said(found)) == (W, "# is another quantity: the weight from # into hidden unit 2.")
    assert said(marked("Symbol", "y")) == "# is another quantity."
    assert marked("Gradient", "delta1_1").verdict is C
    assert marked("Gradient", "dL/da_1").verdict is C
    assert marked("Gradient", "dL/da1_1").verdict is W


def test_another_notation_on_the_screen_and_the_names_of_the_author() -> None:
    other = replace(LESSON, notation=load_notation("slides"))
    for typed in ("w_12^(1)", "w₁₂⁽¹⁾", "alpha_1,2", "w1_12"):
        assert mark(QUESTIONS["Symbol"], typed, other, 0).verdict is C
    assert mark(QUESTIONS["Symbol"], "w_21^(1)", other, 0).verdict is W


def test_points_are_ticked() -> None:
    assert marked("Points", "1 2 3").verdict is C
    some = marked("Points", "1,3")
    assert (some.verdict, some.chosen) == (M, (0, 2))
    assert said(some) == "2 of 3 points were there. To be added: It goes backward."
    assert marked("Points", "0").verdict is W
    assert marked("Points", "4").verdict is U
    assert lines_of(QUESTIONS["Points"], 0) == ()


def test_free_words_are_never_wrong() -> None:
    assert marked("Free", "Easier, I think.").verdict is C


@pytest.mark.parametrize("ask", QUESTIONS)
@pytest.mark.parametrize("seed", [0, 3, 11])
def test_what_is_told_as_right_is_right(ask: str, seed: int) -> None:
    question = QUESTIONS[ask]
    assert marked(ask, typed_answer(question, LESSON, seed), seed).verdict is C
    assert right_answer(question, LESSON, seed)
    assert how_to_answer(question).endswith((".", "1."))


def test_the_right_answer_in_words() -> None:
    def told(ask: str) -> str:
        return "".join(map(str, right_answer(QUESTIONS[ask], LESSON, 0)))

    number = number_of("One", "apple")
    assert told("One") == f"{number}. apple. As said."
    assert told("Points") == "It is local. It goes backward. It adds up."
    assert "value=Fraction(9, 1)" in told("Weights")
    assert "typed as alpha_1,2." in told("Symbol")
    assert told("Order").index("north") < told("Order").index("east") < told("Order").index("west")


def test_names_that_are_none_are_refused() -> None:
    broken = from_text(TEXT.replace('"alpha_1,2"', "gamma_1"))
    with pytest.raises(ProblemError, match="gamma_1"):
        questions_of(teach(solve(broken)))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(QUESTIONS)), st.one_of(st.text(max_size=40), st.text("0123456789 ,.ab^/x()-", max_size=12))
)
def test_nothing_that_can_be_typed_raises(ask: str, typed: str) -> None:
    found = marked(ask, typed)
    assert isinstance(found.verdict, Verdict)
    if found.verdict is U:
        assert found.trouble
        assert found.repair
        assert 0 <= found.place[0] < found.place[1]
    if found.verdict is W and QUESTIONS[ask].kind is QuestionKind.CHOICE:
        assert "apple" not in said(found)


def test_a_very_long_text_is_refused_at_once() -> None:
    for ask in QUESTIONS:
        if QUESTIONS[ask].kind is not QuestionKind.FREE:
            found = marked(ask, "1" * 1_000_000)
            assert found.verdict is U
            assert len(found.trouble) < 200


def test_a_question_without_choices_has_no_lines() -> None:
    assert lines_of(Question(QuestionKind.NUMBER, "How many?", answer="1"), 0) == ()
