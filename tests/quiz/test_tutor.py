"""What the tutor says to answers, commands and mistakes, read as the learner sees it."""

from __future__ import annotations

import pytest
from learner import hold, right_text, tutor
from support import from_text, problem

from backprop_tutor.model.lesson import StepKind
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.quiz import Ask, Caret, Compared, Help, ItemKind, Marked, Picture, Remark, Summary
from backprop_tutor.model.record import What
from backprop_tutor.quiz.chosen import UnreadableError, read_chosen
from backprop_tutor.quiz.examiner import Examiner

EXAMPLE = "slides-example-3"


def screen(*answers: str, name: str = EXAMPLE, mode: str = "practice", **choice: object) -> str:
    """What stands on the screen after the first question, when these answers are typed."""
    choice.setdefault("questions", False)
    return hold(tutor(name, mode=mode, **choice), answers).screen  # type: ignore[arg-type]


def after(*answers: str, **how: object) -> str:
    """The same from the last answer on."""
    text = screen(*answers, **how)  # type: ignore[arg-type]
    return text[text.rindex(f"= {answers[-1].splitlines()[0]}") :]


def test_right_and_why_in_one_line() -> None:
    assert "✓ Right. Weighted sum: z₁⁽¹⁾ = w₁₁⁽¹⁾·x₁ + w₁₂⁽¹⁾·x₂ + b₁⁽¹⁾." in after("0.24")


def test_the_picture_shows_what_is_found_and_where_we_are() -> None:
    text = after("0.24")
    assert "z₁⁽¹⁾ 0.24" in text
    assert text.count("?") == 1
    assert "z₂⁽¹⁾ ?" in text


def test_the_own_number_stands_in_the_picture() -> None:
    assert "a₁⁽¹⁾ 0.56 " in after("0.24", "0.42", "0.56")


def test_a_slip_is_a_slip() -> None:
    assert "Almost. Only the sign is different." in after("-0.24")
    assert "Almost. The digits are right, but the decimal point is not in its place" in after("2.40")


BEFORE_DELTA = ["0.24", "0.42", "0.5597", "0.6035", "1.179", "0.7648", "0.2682", "-1.3076", "-0.2352"]
ASKED_DELTA = ("L", "dL/da1_1", "da1_1/dz1_1", "dL/dz1_1")


def test_a_misconception_is_named_beside_both_lines_and_the_result_is_still_to_find() -> None:
    text = screen("0.2682", "-0.1411", "0.2464", "-0.1411", ask=ASKED_DELTA)
    told = text[text.rindex("= -0.1411") :]
    assert "Slope of the activation left out in hidden layers." in told
    assert "yours   δ₁⁽¹⁾ = ∂L/∂a₁⁽¹⁾" in told
    assert "right   δ₁⁽¹⁾ = ∂L/∂a₁⁽¹⁾ · ∂a₁⁽¹⁾/∂z₁⁽¹⁾" in told
    assert "= ?" in told
    assert "If δ₁⁽¹⁾ were −0.1411, moving" in told
    assert "0.0347" not in told


def test_a_bare_wrong_is_never_said() -> None:
    for answer in ("0.9", "-7", "1/3", "x1*b1_1"):
        told = after(answer)
        assert "✗ Not yet." in told or "✗ Almost." in told
        assert "simply" not in told.lower()
        assert len(told.split("\n\n")[0]) > len(answer) + 20


def test_a_wrong_gradient_meets_the_network_itself() -> None:
    assert "Try it. If ∂L/∂ŷ were 0.3, moving ŷ by 0.1 would change L by about 0.03" in after("0.3", ask=("dL/dyhat",))


@pytest.mark.parametrize(
    ("typed", "caret", "says"),
    [
        ("0.4*", "     ^", "ends with *"),
        ("0,24", "  ^", "Write 0.24"),
        ("__import__('os')", "  ^", "It costs nothing."),
        ("0.24 or so", "", "It costs nothing."),
    ],
)
def test_what_cannot_be_read_costs_nothing_and_is_shown_with_a_caret(typed: str, caret: str, says: str) -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), [typed])
    assert says in sitting.screen
    assert any(line.startswith(caret) and "^" in line for line in sitting.screen.splitlines())
    item = sitting.state.item
    assert item is not None
    assert sitting.state.standing(item).wrong == 0
    assert any(isinstance(part, Caret) for part in sitting.said)


def test_an_empty_line_costs_nothing() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), ["", "   "])
    assert sitting.records == []
    assert "Write a number or a formula" in sitting.screen


def test_the_same_wrong_answer_again_costs_nothing() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), ["0.9", "0.9", "0.9", "0.9"])
    assert "You have written that before" in sitting.screen
    assert not any(isinstance(part, Help) for part in sitting.said)


def test_three_wrong_tries_move_the_ladder() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), ["0.7", "0.8", "0.9"])
    assert [part.title for part in sitting.said if isinstance(part, Help)] == ["What matters"]
    more = hold(tutor(EXAMPLE, questions=False), ["0.7", "0.8", "0.9", "1.1", "1.2", "1.3"])
    titles = [part.title for part in more.said if isinstance(part, Help)]
    assert titles == ["What matters", "The principle", "The line"]
    # The answer is for whoever asks for it, and nobody is moved on unasked.
    assert "All that is left to say is the answer: :show has it" in more.screen
    item = more.state.item
    assert item is not None
    assert item.name == "z1_1"
    assert "The answer" in hold(tutor(EXAMPLE, questions=False), ["0.7", "0.8", "0.9", "1", "2", ":hint"]).screen


def test_no_hint_counts_those_that_are_left() -> None:
    text = screen(":hint", ":hint", ":hint").lower()
    text = text[text.index("what matters") :]
    assert "left" not in text
    assert " of " not in text.replace("from earlier steps", "").partition("z₁")[0]


def test_a_shown_step_comes_again_on_fresh_numbers() -> None:
    teacher = tutor(EXAMPLE, questions=False)

    def fresh(seed: int) -> object:
        from backprop_tutor.variants.variant import variant

        found = variant(teacher.problem, seed, certified=False)
        return None if found is None else found.problem

    teacher.fresh = fresh  # type: ignore[assignment]
    sitting = hold(teacher, [":show", "0.42", "0.56", "0.6035"])
    assert "A step like this comes again later, with fresh numbers." in sitting.screen
    item = sitting.state.item
    assert item is not None
    assert item.id == "again:z1_1:1"
    venue = teacher.venue(item)
    assert venue.steps["z1_1"].figure != teacher.lesson.steps[0].figure
    answer = right_text(teacher, item)
    went_on = hold(teacher, [answer], records=sitting.records)
    assert went_on.records[-1].verdict == "correct"
    # The next question is about the problem's own numbers again, with what was found there.
    assert "a₁⁽¹⁾ 0.56" in went_on.screen


def test_going_back_and_doing_it_better() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), [":skip", ":back", "0.24", "0.42"])
    assert [record.what for record in sitting.records] == [What.SKIPPED, What.MOVED, What.ANSWERED, What.ANSWERED]
    item = sitting.state.item
    assert item is not None
    assert item.name == "a1_1"
    assert "This is the first question." in screen(":back")


def test_carried_from_an_own_wrong_value_that_was_left_standing() -> None:
    text = screen("0.25", ":skip", "0.42", "0.5622")
    assert "Right from your own z₁⁽¹⁾." in text


def test_a_whole_layer_ahead() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), ["z1 = [0.24, 0.42]", "a1 = [0.5597, 0.9]"])
    assert "✓ Right: z₁⁽¹⁾, z₂⁽¹⁾." in sitting.screen
    assert "✓ Right: a₁⁽¹⁾." in sitting.screen
    item = sitting.state.item
    assert item is not None
    assert item.name == "a1_2"


def test_a_later_step_by_its_name() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), ["yhat = 0.7648", "0.24"])
    item = sitting.state.item
    assert item is not None
    assert item.name == "z1_2"
    assert sitting.state.standings["step:yhat"].verdict is Verdict.CORRECT


def test_names_that_are_none() -> None:
    assert "There is no quantity called q here." in after("q = 3")
    assert "is given, or no step of this problem" in after("x1 = 3")


def test_a_matrix_is_judged_entry_by_entry() -> None:
    text = screen("[[-0.0174, -0.00348], [-0.0253, 0.00507]]", ask=("dL/dW1",))
    assert "Only the sign is different. It is about ∂L/∂w₂₂⁽¹⁾." in text
    assert "✓ Right" in screen("[[-0.0174, -0.00348], [-0.0253, -0.00507]]", ask=("dL/dW1",))
    assert "2×2 matrix" in screen("[1, 2, 3]", ask=("dL/dW1",))


def test_unknown_commands_say_what_may_be_meant() -> None:
    assert "There is no :hnit. Did you mean :hint?" in screen(":hnit")
    assert "There is no :xyz" in screen(":xyz")


def test_the_lists() -> None:
    text = screen(":help", ":formulas", ":score")
    assert "What you can type" in text
    assert "Formulas, each with an example here" in text
    assert "Nothing is answered yet." in text


def test_a_test_gives_no_help_and_marks_at_the_end() -> None:
    answers = ["0.25", ":hint", ":show", ":formulas", "0.42", "0.5622", "0.6035", *[":skip"] * 31, ""]
    teacher = tutor(EXAMPLE, mode="test", questions=False)
    sitting = hold(teacher, answers)
    before, _, report = sitting.screen.partition("That was the last question.")
    assert before.count("This is a test: there is no help") == 3
    assert "✗" not in before
    assert "✓" not in before
    assert not any(isinstance(part, Help | Compared) for part in sitting.said)
    [marked] = [part for part in sitting.said if isinstance(part, Marked)]
    # 0.25 is wrong, and 0.5622 is right from it.
    assert (marked.report.marks.strict, marked.report.marks.carried, marked.report.marks.out_of) == (2, 3, 35)
    assert "First wrong step: z₁⁽¹⁾ = 0.25" in report
    [summary] = [part for part in sitting.said if isinstance(part, Summary)]
    assert (summary.strict, summary.carried) == (2, 3)
    assert sitting.state.ended


def test_a_test_never_shows_the_right_number_for_an_own_one() -> None:
    sitting = hold(tutor(EXAMPLE, mode="test", questions=False), ["0.5*0.2 + 0.3", "0.11", ":picture"])
    picture = [part for part in sitting.said if isinstance(part, Picture)][-1]
    assert picture.lesson.figures["z1_1"].shown == "0.4"
    assert picture.lesson.figures["z1_2"].shown == "0.11"
    assert "0.42" not in sitting.screen


def test_key_points_are_ticked_after_an_answer_in_own_words() -> None:
    text = "inputs: {a: 2}\nexpressions: {b: a^2}\nquestions:\n  - {ask: Why?, key_points: [it falls, it rises]}\n"
    sitting = hold(tutor(from_text(text)), ["4", "4", "because", "1"])
    assert "Which of these points did you have?" in sitting.screen
    assert "it rises" in sitting.screen
    assert sitting.state.ended
    assert sitting.records[-2].verdict == ""


def test_formulas_are_asked_where_they_are_wanted() -> None:
    sitting = hold(tutor(EXAMPLE, symbolic=True, questions=False), ["0.24", "w1_11*x1 + b1_1 + w1_12*x2"])
    assert "a formula is asked for" in sitting.screen.lower()
    assert sitting.records[-1].verdict == "correct"


def test_a_wrong_formula_is_met_with_its_idea() -> None:
    text = screen("w1_11*x1 + w1_12*x2", symbolic=True)
    assert "Every weighted sum of this layer contains the bias of its unit" in text


def test_the_summary_adds_up() -> None:
    answers = iter(["0.9", "0.24", ":hint", "0.42", ":show", "0.6035", ":skip"])

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        return next(answers, None) or right_text(teacher, item)

    sitting = hold(tutor(EXAMPLE, questions=False), answer)
    [summary] = [part for part in sitting.said if isinstance(part, Summary)]
    items = [item for item in sitting.state.agenda if item.kind is not ItemKind.WORKED]
    assert summary.out_of == len(items)
    assert summary.strict + summary.shown + summary.wrong + summary.open == summary.out_of
    # What was left open came once more, and was answered.
    assert (summary.shown, summary.open) == (1, 0)
    # What was shown came again, too, without fresh numbers here.
    assert (summary.first, summary.seen) == (summary.out_of - 4, 1)
    assert summary.seconds > 0
    assert summary.troubles == ()


def test_an_idea_that_came_twice_stands_in_the_summary() -> None:
    wrong = ["-0.1411", ":show", "-0.2117", ":show"]
    asked = ("dL/da1_1", "dL/da1_2", "da1_1/dz1_1", "dL/dz1_1", "da1_2/dz1_2", "dL/dz1_2")
    lines = ["-0.1411", "-0.2117", "0.2464", *wrong[:2], "0.2393", *wrong[2:], ":show", ":show"]
    sitting = hold(tutor(EXAMPLE, ask=asked, questions=False), lines)
    [summary] = [part for part in sitting.said if isinstance(part, Summary)]
    assert [(trouble.idea.id, trouble.names) for trouble in summary.troubles] == [("M01", ("dL/dz1_1", "dL/dz1_2"))]
    assert "Error signal of a hidden unit" in summary.again


def test_each_slip_of_one_operation_has_its_own_entry_and_a_tie_has_none() -> None:
    wrong = {"dv/da": "16", "dv/dc": "1", "da/dx": "18", "db/dx": "-1", "db/dy": "1"}

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        return (
            right_text(teacher, item)
            if state.standing(item).attempts
            else wrong.get(item.name) or right_text(teacher, item)
        )

    sitting = hold(tutor("uw-chain-rule-point", questions=False), answer)
    [told] = [part for part in sitting.said if isinstance(part, Summary)]
    assert {trouble.idea.id for trouble in told.troubles} == {"op"}
    assert {trouble.idea.repair: trouble.names for trouble in told.troubles} == {
        "The exponent comes down as a factor.": ("db/dx", "db/dy"),
        "A factor beside what is differentiated stays in the slope.": ("dv/dc",),
        "The exponent falls by one when it comes down.": ("da/dx",),
    }


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("ascii", [False, True])
def test_nothing_is_wider_than_the_screen(width: int, ascii: bool) -> None:
    answers = [
        "0.9",
        ":hint",
        ":hint",
        ":hint",
        "0.4*",
        "0.24",
        ":help",
        ":formulas",
        ":score",
        "-0.42",
        ":show",
        "0.3",
    ]
    for plain in (False, True):
        sitting = hold(tutor(EXAMPLE), answers, width=width, ascii=ascii, plain=plain)
        said = [line for line in sitting.screen.splitlines() if not line.startswith(("z1_", "a1_", "answer:"))]
        assert max(map(len, said)) <= width
        if ascii:
            assert sitting.screen.isascii()


def test_whatever_a_stranger_types_is_harmless() -> None:
    links = "z1 = \x1b]8;;x\x07"
    hostile = ["\x1b[31mred\x1b[0m", "[red]0.24[/red]", "[/]", "\u202e42.0", "0" * 5000, "\x00", links, "🙂" * 300]
    for answer in hostile:
        sitting = hold(tutor(EXAMPLE, questions=False), [answer, f"{answer} = 3", f":{answer}"])
        shown = "".join(part for part in sitting.screen.split(answer))
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert all(len(line) <= 80 for line in shown.splitlines() if not line.startswith("z1_1"))


def test_right_is_said_of_every_right_form() -> None:
    formulas = ("0.5*0.2 + 0.4*0.1 + 0.1", "w1_11*x1+w1_12*x2+b1_1")
    for answer in ("0.24", "6/25", "0.240", ".24", "2.4e-1", "z1_1 = 0.24", *formulas):
        sitting = hold(tutor(EXAMPLE, questions=False), [answer])
        assert sitting.records[-1].verdict == "correct", answer
    assert isinstance(sitting.said[-1], Remark | Picture) or sitting.said


def test_an_uneven_question_never_raises() -> None:
    """Every command at every kind of item, one after the other."""
    commands = [":hint", ":show", ":skip", ":back", ":formulas", ":picture", ":score", ":help", ":alone", "", "x", "1"]
    for mode in ("practice", "learn", "test"):
        for name in ("week05-xyz", "slides-example-3"):
            teacher = tutor(name, mode=mode)
            state = teacher.begin()
            for place in range(240):
                item = state.item
                if item is None:
                    break
                teacher.question(state)
                state = teacher.advance(state, commands[(place * 7 + place // 5) % len(commands)], float(place)).state


def test_a_test_takes_answers_by_name_and_refuses_what_cannot_be_read() -> None:
    lines = ["z1_2 = 0.42", "z1 = [0.24, 0.43]", "banana bread", "0.5597"]
    sitting = hold(tutor(EXAMPLE, mode="test", questions=False), lines)
    assert "Kept: z₂⁽¹⁾." in sitting.screen
    assert "Kept: z₁⁽¹⁾, z₂⁽¹⁾." in sitting.screen
    answers = {item.name: sitting.state.standing(item).answer for item in sitting.state.agenda[:4]}
    assert answers == {"z1_1": "0.24", "z1_2": "0.43", "a1_1": "0.5597", "a1_2": ""}


def test_a_test_of_questions_is_marked_as_it_was_answered() -> None:
    teacher = tutor("cmu-tanh", mode="test")

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        tries.append(item.id)
        banana = item.kind is ItemKind.QUESTION and tries.count(item.id) == 1
        return "banana" if banana else ":skip" if item.kind is ItemKind.QUESTION else right_text(teacher, item)

    tries: list[str] = []
    sitting = hold(teacher, answer)
    assert "Right. " not in sitting.screen.partition("Enter hands in")[2].replace("are right", "")
    assert all(record.verdict for record in sitting.records if record.what is What.MARKED)


def test_nothing_of_a_test_is_told_before_it_is_handed_in() -> None:
    from backprop_tutor.quiz.transcript import transcript

    teacher = tutor("slides-example-3", mode="test")
    sitting = hold(teacher, [":skip"] * 20)
    assert all(row.equation is None and not row.right for row in transcript(teacher, sitting.state).answered)
    kinds = frozenset({teacher.lesson.steps[0].kind, teacher.lesson.steps[-1].kind})
    for chosen in (kinds, frozenset({teacher.lesson.steps[12].kind})):
        part = tutor("slides-example-3", mode="test", kinds=chosen, questions=False)
        state = part.begin()
        [ask] = part.question(state)
        order = [step.name for step in part.lesson.steps]
        asked = {name for item in state.agenda for name in item.steps}
        last = max(order.index(name) for name in asked)
        assert all(order.index(name) < last for name in ask.picture.found)  # type: ignore[union-attr]
        assert not any(name.startswith("new_") for name in ask.picture.found)  # type: ignore[union-attr]


def test_what_cannot_be_read_takes_nothing_away() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), ["0.24", ":back", "0.37*/", ":skip"])
    assert sitting.state.standings["step:z1_1"].verdict is Verdict.CORRECT


def test_no_answer_stands_in_what_is_said_of_a_wrong_one() -> None:
    """Neither in the message, nor in the right line, nor in the experiment."""
    for asked, typed, answers in (
        (("a1_1",), "exp(-0.24)", ("0.559", "0.56")),
        (("dL/dz1_1",), "1", ("0.0348", "0.00344")),
        (("dL/db2_1",), "0.3", ("0.235", "0.0226")),
        (("yhat",), "-ln(0.765)", ("0.7647",)),
    ):
        text = screen(typed, ask=asked)
        said = text.split("✗", 1)[1]
        assert not any(answer in said for answer in answers), said


def test_a_convention_is_not_granted_to_what_is_wrong_by_itself() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), ["L = 0.387", "dL/dz2_1 = 0.2352"])
    assert [record.verdict for record in sitting.records] == ["other_convention", "wrong"]
    assert "logarithm to base 2" in sitting.screen


def test_a_layer_of_one_unit_is_not_another_unit() -> None:
    for name, typed in (("z2_1", "z2 = 1.179"), ("dL/dz2_1", "delta2 = -0.2352"), ("z2_1", "z2 = [1.179]")):
        sitting = hold(tutor(EXAMPLE, ask=(name,)), [typed])
        assert sitting.records[0].verdict == "correct", typed


def test_learning_alone_counts_only_what_was_asked() -> None:
    teacher = tutor("uw-chain-rule-point", mode="learn")
    answers = iter([":alone"])
    sitting = hold(teacher, lambda t, state, ask, item: next(answers, None) or right_text(t, item))
    [summary] = [part for part in sitting.said if isinstance(part, Summary)]
    assert (summary.strict, summary.open, summary.out_of) == (16, 0, 16)
    # Its numbers had just been read: nothing of that is mastered.
    assert all(record.rung for record in sitting.records if record.what is What.ANSWERED)


def test_a_question_of_ideas_has_a_hint_before_its_answer() -> None:
    sitting = hold(tutor(EXAMPLE), [":hint", ":hint"])
    titles = [part.title for part in sitting.said if isinstance(part, Help)]
    assert titles[0] == "A hint"
    assert titles[-1] in {"A hint", "The answer"}


def test_whoever_is_almost_right_gets_another_try() -> None:
    sitting = hold(tutor(EXAMPLE, questions=False), ["0.9", "0.8", "-0.24", "2.40"])
    assert not any(isinstance(part, Help) for part in sitting.said)


def test_several_answers_of_one_line_are_marked_one_by_one() -> None:
    told = after("z1_1 = .24, z1_2 = 0.43")
    assert "  z1_1 = .24\n✓ Right." in told
    assert "  z1_2 = 0.43\n✗ Almost. One digit is off by one." in told
    for line in ("a = 9; b = 1", "a = 9\nb = 1"):
        told = screen(line, name="uw-chain-rule-point")
        assert "✓ Right. The line as it is given: a" in told
        assert "✓ Right: b." in told


def test_a_decimal_comma_and_a_matrix_are_no_several_answers() -> None:
    assert "✓ Right: a₁⁽¹⁾, a₂⁽¹⁾." in after("0.24", "0.42", "a1 = [.55971, .60348]")
    assert "✓ Right: a₁⁽¹⁾, a₂⁽¹⁾." in after("0.24", "0.42", "a1 = .55971, .60348")
    assert "✓ Right. " in after("w1_11*x1 + w1_12*x2 + b1_1")


def test_several_answers_of_a_test_are_kept_each_in_its_place() -> None:
    told = screen("b=1, v=128", "dv/dw=192, dv/dy=256", name="uw-chain-rule-point", mode="test")
    for name in ("b", "v", "∂v/∂w", "∂v/∂y"):
        assert f"Kept: {name}." in told


def test_a_name_that_may_mean_two_things_means_the_one_that_is_right() -> None:
    told = after("0.24", "z2 = 0.42", "z2 = 1.17896")
    assert "✓ Right: z₁⁽²⁾." in told
    assert "a₁⁽¹⁾ = " in told


def test_what_was_right_stays_right() -> None:
    teacher = tutor(EXAMPLE, questions=False, ask=("z1_1", "z1_2"))
    sitting = hold(teacher, ["0.24", "z1_1 = 7", "0.42"])
    assert "That is about z₁⁽¹⁾." in sitting.screen
    assert sitting.state.standing(sitting.state.agenda[0]).answer == "0.24"
    assert "All 2 right at the first try, and without any help." in sitting.screen


def test_back_goes_to_the_question_before_and_so_to_what_was_left_open() -> None:
    told = after(":skip", "0.42", ":back")
    assert "You wrote 0.42." in told
    assert "z₁⁽¹⁾ = " in after(":skip", "0.42", ":back", ":back")
    assert "✓ Right." in after(":skip", "0.42", ":back", ":back", "0.24")


def test_back_in_a_test_goes_to_the_question_before_and_at_the_end_to_what_is_open() -> None:
    """What was left open long ago is not the question before the one on the screen."""
    teacher = tutor(EXAMPLE, mode="test")
    where: list[int] = []

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        where.append(state.here)
        if where[-2:] == [12, 11]:
            return None
        return {6: ":skip", 12: ":back"}.get(state.here) or right_text(teacher, item)

    first = hold(teacher, answer)
    assert where == [*range(13), 11]
    assert ":back goes back question by question, and at the end to what is open." in " ".join(first.screen.split())

    def to_the_end(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        return ":back" if item.kind is ItemKind.HAND_IN else None if state.here == 6 else right_text(teacher, item)

    second = hold(teacher, to_the_end, records=first.records)
    assert "has no answer yet. Enter hands the test in; :back goes to it." in " ".join(second.screen.split())
    assert second.state.here == 6


def test_what_was_given_up_hides_no_idea_and_makes_nothing_right() -> None:
    asked = ("dL/dx1", "dL/dx2", "new_w1_11")
    told = after("2", ":skip", "-0.0494", "0.2174", ask=asked)
    assert "Learning rate left out" in told
    told = screen("0.235", ":skip", "0.1316", ":skip", ask=("dL/dz2_1", "dL/dw2_11"))
    told = told[told.index("= 0.1316") :]
    assert "✓" not in told
    assert "But that value is not right, and so this number is another one" in " ".join(told.split())
    assert "0 of 2 right." in told


def test_ideas_that_what_is_on_the_screen_rules_out_are_not_named() -> None:
    # ∂L/∂w₁₁⁽¹⁾ stands on the screen, with its sign.
    for choice in ({"kinds": frozenset({StepKind.UPDATE})}, {"ask": ("new_w1_11",)}):
        text = after("0.199826", **choice)
        assert "Not yet. Step taken up the gradient instead of down." in text
    # By itself it may have been found with the wrong sign as well.
    alone = Examiner(problem(EXAMPLE)).judge("new_w1_11", "0.199826")
    assert len(alone.explanations) > 1


def test_what_is_not_asked_is_known_unless_it_would_tell_an_answer() -> None:
    teacher = tutor(EXAMPLE, questions=False, ask=("a1_1", "dL/dw2_11"))
    state = teacher.begin()
    [ask] = teacher.question(state)
    assert isinstance(ask, Ask)
    assert ask.picture is not None
    assert set(ask.picture.found) == {"z1_1", "z1_2"}  # what rests on a1_1 would tell it
    state = teacher.advance(state, "0.559714", 0.0).state
    [ask] = teacher.question(state)
    assert isinstance(ask, Ask)
    assert ask.picture is not None
    assert {"a1_1", "a1_2", "yhat", "dL/dz2_1"} <= set(ask.picture.found)
    assert "dL/dw2_11" not in ask.picture.found
    # Rounded more, it stays the only number: what follows from it is for the learner to work out.
    other = teacher.advance(teacher.begin(), "0.56", 0.0).state
    [ask] = teacher.question(other)
    assert isinstance(ask, Ask)
    assert ask.picture is not None
    assert "a1_1" in ask.picture.found
    # What was left open comes again: nothing that rests on it is shown before.
    left = teacher.advance(teacher.begin(), ":skip", 0.0).state
    [ask] = teacher.question(left)
    assert isinstance(ask, Ask)
    assert ask.picture is not None
    assert set(ask.picture.found) == {"z1_1", "z1_2", "a1_2"}


def test_the_sign_of_a_derivative_that_is_asked_by_name_is_no_convention() -> None:
    assert "✗ Almost. Only the sign is different." in after("1.308", ask=("dL/dyhat", "dL/dz2_1"))


def test_a_step_that_comes_again_is_judged_beside_what_is_on_the_screen() -> None:
    teacher = tutor(EXAMPLE, questions=False, ask=("new_b1_1",))
    state = teacher.begin()
    state = teacher.advance(state, ":show", 0.0).state
    item = state.item
    assert item is not None
    assert item.is_again
    names = [name for name, _ in teacher.before(state, item)]
    assert "dL/db1_1" in names
    assert "new_b1_1" not in names


def test_what_was_left_open_comes_once_more_at_the_end_and_no_more() -> None:
    teacher = tutor(EXAMPLE, questions=False, ask=("z1_1", "z1_2"))
    sitting = hold(teacher, [":skip", "0.42", ""])
    assert "it comes once more at the end" in sitting.screen
    assert sitting.screen.count("You left this open.") == 1
    assert not sitting.state.ended
    assert "All 2 right" in hold(teacher, [":skip", "0.42", "0.24"]).screen
    ended = hold(teacher, [":skip", "0.42", ":skip"])
    assert ended.state.ended
    assert "Still to be found: z1_1" in ended.screen


def test_a_step_is_answered_by_name_in_place_of_choosing_its_formula() -> None:
    teacher = tutor(EXAMPLE)
    state = teacher.begin()
    while (item := state.item) is not None and item.kind is not ItemKind.WHY:
        state = teacher.advance(state, ":skip", 0.0).state
    assert item is not None
    step = next(other for other in state.agenda if other.steps == item.steps and other.kind is ItemKind.STEP)
    turn = teacher.advance(state, f"{item.name} = {right_text(teacher, step)}", 1.0)
    record, passed = turn.records
    assert (record.item, record.verdict) == (f"step:{item.name}", "correct")
    assert (passed.item, passed.what) == (item.id, What.READ)
    assert turn.state.item not in (item, step)


def test_hints_at_a_choice_strike_out_what_was_not_tried() -> None:
    teacher = tutor(EXAMPLE)
    number = next(n for n, asked in enumerate(teacher.questions) if len(asked.choices) > 3)
    state = teacher.begin()
    while (item := state.item) is not None and item.id != f"question:{number}":
        state = teacher.advance(state, ":skip", 0.0).state
    assert item is not None
    wrong = {
        str(place)
        for place in range(1, len(teacher.questions[number].choices) + 1)
        if teacher.advance(state, str(place), 0.0).records[0].verdict == "wrong"
    }
    for tried in wrong:
        turn = teacher.advance(teacher.advance(state, tried, 0.0).state, ":hint", 1.0)
        [hint] = [part for part in turn.parts if isinstance(part, Help)]
        said = str(hint.blocks[0])
        assert any(f"It is not number {other}." in said for other in wrong - {tried}) or "number" not in said


def test_a_negative_number_is_no_line() -> None:
    for typed in ("-1", " −2", "- 1.307"):
        with pytest.raises(UnreadableError, match="this is a number"):
            read_chosen(typed, 3)
    assert read_chosen("1-3", 3) == (1, 3)


def test_the_summary_names_the_way_in_which_an_idea_showed() -> None:
    told = screen("0.2174", ask=("new_w1_11",))
    assert "Learning rate left out" in told
    told = screen("0.2174", "0.200348", ask=("new_w1_11",))
    assert "Learning rate applied twice" not in told


def test_nothing_is_granted_behind_a_single_digit() -> None:
    examiner = Examiner(problem("two-by-two"))
    verdicts = {typed: examiner.judge("dL/dz2_1", typed).verdict for typed in ("0.3", "0.1", "0.277")}
    assert verdicts == {"0.3": Verdict.WRONG, "0.1": Verdict.UNDECIDED, "0.277": Verdict.OTHER_CONVENTION}


def test_what_was_hard_is_to_be_practised_however_much_of_its_kind_went_well() -> None:
    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        if item.name in {"z1_1", "dL/dw1_11", "dL/dw1_12"} and not state.standing(item).attempts:
            return "7"
        return ":show" if item.name == "dL/dyhat" and not item.is_again else right_text(teacher, item)

    told = hold(tutor(EXAMPLE, questions=False), answer)
    last = told.said[-1]
    assert isinstance(last, Summary)
    assert last.hard == (("weight-gradient", 2), ("loss-slope", 1), ("weighted-sum", 1))
    assert "Practise: gradient of a weight, slope of the loss, weighted sum." in told.screen
