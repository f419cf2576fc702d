"""The questions of the course material: each of them is asked, each can be answered, and no wrong answer passes."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from support import BUNDLED, lesson, problem

from backprop_tutor.lessons.questions import counted
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.question import Question, QuestionKind
from backprop_tutor.quiz.questions import QuestionMark, lines_of, mark, questions_of, right_answer, typed_answer

ASKED: dict[str, tuple[tuple[str, str], ...]] = {
    "C01": (("cmu-symbols", "What does the forward pass do"),),
    "C03": (("cmu-symbols", "Why does each weighted sum get a bias"),),
    "C04": (("cmu-symbols", "Why do hidden units need a nonlinear activation"),),
    "C05": (("cmu-symbols", "Which partial derivatives does learning need"),),
    "C07": (("cmu-symbols", "Many gradients were found"),),
    "C08": (
        ("cmu-tanh", "Which symbol is the weight"),
        ("cmu-tanh", "How many weights lead from unit to unit"),
        ("cmu-tanh", "How many numbers are learned"),
    ),
    "S03": (("slides-example-3", "What makes a network feed-forward"),),
    "S04": (("slides-example-3", "What do the hidden units do"),),
    "S05": (("slides-example-3", "Put the steps of a prediction"),),
    "S06": (("slides-perceptron", "Which of these are typical activations"),),
    "S10": (("slides-deep-relu", "The task is regression"),),
    "S11": (("slides-example-3", "The task is to tell two classes apart"),),
    "S12": (("multi-label", "Two labels may both be true"),),
    "S13": (("softmax-three-classes", "Exactly one of three classes"),),
    "S15": (("slides-example-3", "What is back-propagation"),),
    "S16": (("slides-example-3", "Put the steps of training"),),
    "S31": (("slides-example-3", "Why do the weights start"),),
    "S32": (("slides-deep-relu", "The loss on a validation set"),),
    "S33": (("slides-saturation", "Why are the inputs scaled"),),
    "S34": (("slides-deep-sigmoid", "The gradients of the first layer"),),
    "S35": (("slides-deep-relu", "Why does the gradient not vanish"),),
    "S36": (("slides-saturation", "Through a sigmoid unit"),),
    "S37": (("slides-saturation", "The tanh is centred on zero"),),
    "S38": (("slides-deep-sigmoid", "Would softmax be a better activation"),),
    "S40": (("slides-perceptron", "What is the main purpose of an activation"),),
    "S41": (("slides-example-3", "What is the chain rule used for"),),
    "S42": (("slides-perceptron", "Sigmoid, tanh, ReLU and softmax"),),
    "U09": (("uw-hidden-layer", "How many parameters"),),
    "U12": (
        ("uw-zero-start", "What do you notice"),
        ("uw-zero-start", "As many hidden units as how many"),
        ("uw-zero-start", "Which parameters does the first step"),
    ),
    "U14": (("uw-hidden-layer", "Let f map"), ("uw-hidden-layer", "What must hold")),
    "W02": (
        ("week05-small-net", "Which symbol is the weight"),
        ("week05-small-net", "And which symbol is the weighted sum"),
    ),
    "W10": (("week05-small-net", "How do you find the derivative of the error by a weight"),),
    "W17": (("week05-small-net", "How many weights and biases"),),
    "W24": (("week05-small-net", "With finite differences"), ("week05-small-net", "With central differences")),
    "W25": (("week05-exploding-chain", "What makes a gradient explode"),),
    "O01": (("olin-titanic", "Which difficulty of logistic regression"),),
    "O03": (("olin-titanic", "What do the two hidden units say"),),
    "O04": (("olin-logistic", "In a dataflow diagram"),),
    "O05": (
        ("olin-titanic", "Which symbol is the circle for male"),
        ("olin-titanic", "Which symbol is the weight from that circle"),
        ("olin-titanic", "Which symbol is the probability of survival"),
    ),
    "O06": (("olin-titanic", "Which symbol is the sum"),),
    "O07": (("olin-titanic", "How many weights are there to tune"),),
    "O08": (("olin-titanic", "Where in this network does logistic regression"),),
    "O19": (("olin-logistic", "Was finding the gradient along the diagram"),),
    "O20": (("olin-ten-layers", "Count the layers"), ("olin-ten-layers", "What is n_k")),
    "O25": (
        ("olin-ten-layers", "How many paths lead from a1"),
        ("olin-ten-layers", "A network has layers of 4, 5, 6 and 1"),
        ("olin-ten-layers", "Why does back-propagation not take as long"),
    ),
}
"""Every question of the course that is no calculation: where it is asked, and how the question begins."""

PRINTED = {
    ("cmu-tanh", "weights"): 9,
    ("cmu-tanh", "parameters"): 13,
    ("cmu-symbols", "paths from x1"): 3,
    ("uw-hidden-layer", "parameters"): 17,
    ("week05-small-net", "parameters"): 7,
    ("olin-titanic", "parameters"): 9,
    ("olin-ten-layers", "paths from a1"): 512,
}
NUMBERS = {
    ("olin-ten-layers", "A network has layers"): "30",
    ("olin-ten-layers", "Count the layers"): "11",
    ("slides-deep-relu", "The loss on a validation set"): "600",
    ("slides-saturation", "Through a sigmoid unit"): "1/4",
    ("uw-zero-start", "As many hidden units"): "1",
    ("week05-small-net", "With finite differences"): "8",
    ("week05-small-net", "With central differences"): "14",
}
SEEDS = (0, 1, 7, 123456789)
MOST_IN_ONE_PROBLEM = 8
QUESTIONS = [(name, number) for name in BUNDLED for number in range(len(problem(name).questions))]


def question_of(name: str, number: int) -> Question:
    return questions_of(lesson(name))[number]


def marked(name: str, number: int, typed: str, seed: int = 0) -> QuestionMark:
    return mark(question_of(name, number), typed, lesson(name), seed)


def begins(name: str, start: str) -> Question:
    found = [question for question in questions_of(lesson(name)) if question.ask.startswith(start)]
    assert len(found) == 1, (name, start)
    return found[0]


def test_every_row_of_the_course_is_asked() -> None:
    assert len(ASKED) == 45
    for places in ASKED.values():
        for name, start in places:
            begins(name, start)


def test_the_printed_numbers() -> None:
    found = {
        (name, question.answer): counted(question.answer, lesson(name).graph)
        for name in BUNDLED
        for question in questions_of(lesson(name))
        if question.kind is QuestionKind.COUNT
    }
    assert found == PRINTED
    assert {key: begins(*key).answer for key in NUMBERS} == NUMBERS


def test_a_problem_has_a_few_questions() -> None:
    assert max(len(problem(name).questions) for name in BUNDLED) <= MOST_IN_ONE_PROBLEM


@pytest.mark.parametrize(("name", "number"), QUESTIONS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_right_answer_is_right(name: str, number: int, seed: int) -> None:
    question = question_of(name, number)
    typed = typed_answer(question, lesson(name), seed)
    assert marked(name, number, typed, seed).verdict is Verdict.CORRECT
    assert right_answer(question, lesson(name), seed)
    assert question.why or question.kind in (QuestionKind.FREE, QuestionKind.POINTS)


@pytest.mark.parametrize(("name", "number"), QUESTIONS)
def test_every_wrong_choice_is_wrong_and_says_why(name: str, number: int) -> None:
    question = question_of(name, number)
    if question.kind is not QuestionKind.CHOICE:
        return
    lines = lines_of(question, 5)
    right = {choice.text for choice in question.choices if choice.right}
    assert all(choice.why for choice in question.choices if not choice.right)
    for size in range(1, len(lines) + 1):
        for chosen in combinations(range(1, len(lines) + 1), size):
            texts = {lines[position - 1] for position in chosen}
            found = marked(name, number, " ".join(map(str, chosen)), 5)
            if texts == right:
                assert found.verdict is Verdict.CORRECT
            elif len(right) == 1 and size > 1:
                assert found.verdict is Verdict.UNREADABLE
            else:
                assert found.verdict is Verdict.WRONG
                assert found.said
                said = " ".join(map(str, found.said))
                assert not any(text in said for text in right)


@pytest.mark.parametrize(("name", "number"), QUESTIONS)
def test_every_other_order_is_wrong(name: str, number: int) -> None:
    question = question_of(name, number)
    if question.kind is not QuestionKind.ORDER:
        return
    count = len(question.choices)
    right = typed_answer(question, lesson(name), 3)
    assert right != " ".join(str(place) for place in range(1, count + 1))
    for order in permutations(range(1, count + 1)):
        typed = " ".join(map(str, order))
        assert (marked(name, number, typed, 3).verdict is Verdict.CORRECT) == (typed == right)


def test_the_longest_choice_is_not_always_the_right_one() -> None:
    single = [
        question
        for name in BUNDLED
        for question in problem(name).questions
        if sum(choice.right for choice in question.choices) == 1
    ]
    longest = sum(max(question.choices, key=lambda choice: len(choice.text)).right for question in single)
    shortest = sum(min(question.choices, key=lambda choice: len(choice.text)).right for question in single)
    assert longest <= len(single) * 0.4
    assert shortest <= len(single) * 0.4


def test_the_right_choice_stands_at_every_place() -> None:
    places = set()
    for name in BUNDLED:
        for question in problem(name).questions:
            if question.kind is QuestionKind.CHOICE:
                for seed in range(20):
                    texts = lines_of(question, seed)
                    places |= {texts.index(choice.text) for choice in question.choices if choice.right}
    assert places >= {0, 1, 2, 3}


def test_the_softmax_exercise_asks_for_no_way_that_is_not_gone() -> None:
    told = lesson("softmax-three-classes")
    names = {step.name for step in told.steps}
    assert "dyhat1/dz2_1" not in names
    assert "dL/dz2_1" in names
    assert "long way" not in " ".join(told.problem.statement.split())
