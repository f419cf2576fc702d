"""Simulated learners at the keyboard: a perfect one, one with a wrong idea, a guesser, one who asks, a careless one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random

from learner import Answer, plain_formula, right_text, tutor
from reference.faults import SLIPS
from reference.learners import Assignment, Formulas, Style
from support import problem

from backprop_tutor.marking.misconception import Misconception
from backprop_tutor.marking.misconceptions import misconceptions
from backprop_tutor.model.question import QuestionKind
from backprop_tutor.model.quiz import Ask, Item, ItemKind, State
from backprop_tutor.model.record import Record, What
from backprop_tutor.quiz.state import after
from backprop_tutor.quiz.tutor import Turn, Tutor

SECONDS = 20.0
START = 1_700_000_000.0


@dataclass(frozen=True)
class Said:
    """One line of a learner, and what came of it."""

    item: Item
    typed: str
    turn: Turn

    @property
    def verdict(self) -> str:
        """The verdict on it; empty where nothing was judged."""
        return next((record.verdict for record in self.turn.records if record.what is What.ANSWERED), "")

    @property
    def ideas(self) -> tuple[str, ...]:
        """The ids of the misconceptions that were named."""
        ideas = next((record.ideas for record in self.turn.records if record.what is What.ANSWERED), ())
        return tuple(dict.fromkeys(idea.id for idea in ideas))


@dataclass
class Held:
    """A quiz that was held without a screen."""

    tutor: Tutor
    state: State
    said: list[Said] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)


def sit(teacher: Tutor, answer: Answer, *, most: int = 3000) -> Held:
    """A whole quiz: what the learner types is handed over, nothing is printed.  It ends after ``most`` lines."""
    held = Held(teacher, teacher.begin())
    for turn_number in range(most):
        item = held.state.item
        if item is None:
            break
        ask = next(part for part in reversed(teacher.question(held.state)) if isinstance(part, Ask))
        typed = answer(teacher, held.state, ask, item)
        if typed is None:
            break
        turn = teacher.advance(held.state, typed, START + SECONDS * turn_number)
        held.said.append(Said(item, typed, turn))
        held.records += turn.records
        held.state = turn.state
    return held


@cache
def assignment(name: str) -> Assignment:
    """A bundled problem as it is worked by hand, in numbers."""
    return Assignment(problem(name))


# The perfect learner.


@dataclass
class Perfect:
    """Works every step rightly from the own numbers written before, in one way of writing."""

    style: str
    notes: dict[str, Decimal] = field(default_factory=dict)

    def __call__(self, teacher: Tutor, state: State, ask: Ask, item: Item) -> str:
        """What is typed at a question; where so few digits say nothing, all of them."""
        if item.kind is not ItemKind.STEP or self.style == "shown" or item.round or state.standing(item).attempts:
            for name in item.steps:
                self.notes.pop(name, None)
            return right_text(teacher, item)
        texts = [self.written(teacher, item, name) for name in item.steps]
        return texts[0] if len(texts) == 1 else f"[{'; '.join(texts)}]"

    def written(self, teacher: Tutor, item: Item, name: str) -> str:
        """One number or formula of a step."""
        if self.style == "formulas":
            return plain_formula(teacher, name, item)
        solved = assignment(teacher.problem.id)
        if self.style == "fractions" and (exact := exact_value(solved, name)) is not None:
            return str(exact)
        if self.style in ("full", "fractions"):
            return f"{float(solved.truth[name]):.17g}"
        style = FOUR_DECIMALS if self.style == "four decimals" else THREE_DIGITS
        if name not in solved.formulas[True]:
            # A slope of another output than the first is not worked here.
            return right_text(teacher, item)
        value = solved.value(solved.formulas[True], name, self.notes)
        text = by_hand(style, value)
        self.notes[name] = Decimal(text)
        return text


FOUR_DECIMALS = Style(decimals=4)
THREE_DIGITS = Style(decimals=None, significant=3)
FOUR_DIGITS = Style(decimals=None, significant=4)
STYLES = ("shown", "four decimals", "three digits", "full", "fractions", "formulas")


def by_hand(style: Style, value: Decimal) -> str:
    """The figure in this style; what is small is written to three digits all the same."""
    few = style.decimals is not None and value != 0 and abs(value) < Decimal(10) ** (2 - style.decimals)
    return (THREE_DIGITS if few else style).written(value)


def exact_value(solved: Assignment, name: str) -> Fraction | None:
    """The number of a step, where it is a short fraction."""
    solution = solved.solutions[False]
    trace = solution.trace
    numbers = {**trace.values, **{f"d{solution.plan.objective}/d{by}": found for by, found in trace.gradients.items()}}
    found = numbers.get(name)
    return found if isinstance(found, Fraction) and found.denominator < 10**9 else None


# A learner with one wrong idea.


@dataclass(frozen=True)
class Believer:
    """A wrong idea in one problem, and what it makes of the steps that it touches.

    ``wrong`` is what is written where the idea shows, in the order of the solution; ``same`` where it makes no
    difference, as far as the digits tell.
    """

    problem: str
    rule: Misconception
    wrong: tuple[tuple[str, str], ...]
    same: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """The problem and the idea."""
        return f"{self.problem} {self.rule.id} {type(self.rule).__name__} {getattr(self.rule, 'choice', '')}".strip()


def rules(solved: Assignment, shortcut: bool) -> Iterator[tuple[Misconception, Formulas]]:
    """Every misconception that changes a formula of a problem (no other conventions), with its formulas."""
    for page in misconceptions().values():
        if page.convention:
            continue
        for rule in page.variants(solved.wirings[shortcut]):
            formulas = solved.derivations(shortcut, rule)
            if any(formulas.get(step) != solved.formulas[shortcut].get(step) for step in solved.steps):
                yield rule, formulas


def believers(name: str, asked: Iterable[str]) -> Iterator[Believer]:
    """Everybody with one wrong idea that shows in a problem, along the way that the quiz asks for.

    Each step is worked with the wrong rule from the right numbers before it, and written to four digits.
    """
    solved = assignment(name)
    right = {step: by_hand(FOUR_DIGITS, solved.truth[step]) for step in solved.steps}
    asked = tuple(asked)
    shortcut = solved.formulas[False] != solved.formulas[True] and not set(solved.steps) <= set(asked)
    for rule, formulas in rules(solved, shortcut):
        found: tuple[list[tuple[str, str]], ...] = ([], [])
        for place, step in enumerate(asked):
            if formulas.get(step) == solved.formulas[shortcut].get(step) or step not in formulas:
                continue
            known = {other: solved.truth[other] for other in asked[:place] if other in solved.truth}
            try:
                text = by_hand(FOUR_DIGITS, solved.value(formulas, step, known))
            except (ArithmeticError, LookupError):
                continue
            written = {**{other: right[other] for other in asked[:place] if other in right}, step: text}
            if step in solved.truth:
                found[solved.shows(written, step)].append((step, text))
        if found[True]:
            yield Believer(name, rule, tuple(found[True]), tuple(found[False]))


def rivals(believer: Believer, everyone: Iterable[Believer], steps: int = 2) -> list[Believer]:
    """Those with another idea who write the same at the first steps where it shows: nobody could tell them apart."""
    told = believer.wrong[:steps]
    others = (other for other in everyone if other.rule.id != believer.rule.id)
    return [
        other for other in others if all(dict((*other.same, *other.wrong)).get(name) == text for name, text in told)
    ]


@cache
def right_records(name: str) -> dict[str, Record]:
    """What is kept when every step of a problem is answered rightly, by item; no questions are asked."""
    held = sit(tutor(name, questions=False), lambda teacher, state, ask, item: right_text(teacher, item))
    return {said.item.id: said.turn.records[0] for said in held.said}


def believed(teacher: Tutor, believer: Believer, most: int = 2) -> list[Said]:
    """A quiz with one wrong idea: every step that it touches is worked with it, and :show goes on from a wrong answer.

    It ends after ``most`` steps at which the idea shows.
    """
    right = right_records(believer.problem)
    wrong, same = dict(believer.wrong), dict(believer.same)
    state = teacher.begin()
    found: list[Said] = []
    while (item := state.item) is not None and len(found) < most:
        if item.id not in right:
            state = teacher.advance(state, ":skip", START).state
        elif item.name in wrong or item.name in same:
            typed = wrong.get(item.name) or same[item.name]
            turn = teacher.advance(state, typed, START)
            if item.name in wrong:
                found.append(Said(item, typed, turn))
            state = turn.state
            if state.item == item:
                state = teacher.advance(state, ":show", START).state
        else:
            state = after(state, right[item.id])
    return found


# Those who do not know, and those who slip.


@dataclass
class Guesser:
    """Types numbers of about the right size, chooses at random, and gives up after three wrong tries."""

    random: Random

    def __call__(self, teacher: Tutor, state: State, ask: Ask, item: Item) -> str:
        """What is typed at a question."""
        standing = state.standing(item)
        if standing.wrong >= 3 or len(standing.attempts) >= 6:
            return self.random.choice((":skip", ":show"))
        if ask.choices:
            return self._chosen(teacher, ask, item)
        if item.kind is ItemKind.QUESTION:
            is_symbol = teacher.questions[item.number].kind is QuestionKind.SYMBOL
            names = list(teacher.lesson.graph.values)
            return self.random.choice(names) if is_symbol else str(self.random.randint(0, 12))
        figures = [teacher.venue(item).steps[name].figure for name in item.steps]
        return ", ".join(self._number(figure.shown if figure else "1") for figure in figures)

    def _chosen(self, teacher: Tutor, ask: Ask, item: Item) -> str:
        """One line, several where several are right, or all of them in some order."""
        count = len(ask.choices)
        if item.kind is ItemKind.QUESTION:
            question = teacher.questions[item.number]
            if question.kind is QuestionKind.ORDER:
                return " ".join(map(str, self.random.sample(range(1, count + 1), count)))
            if sum(choice.right for choice in question.choices) > 1:
                several = self.random.sample(range(1, count + 1), self.random.randint(1, count))
                return " ".join(map(str, several))
        return str(self.random.randint(1, count))

    def _number(self, right: str) -> str:
        size = Decimal(right) or Decimal(1)
        times = self.random.choice((-1, 1, 1)) * Decimal(f"{10 ** self.random.uniform(-0.7, 0.7):.6f}")
        style = Style(decimals=None, significant=self.random.choice((2, 3, 4)))
        return style.written(size * times)


def asks_for_help(teacher: Tutor, state: State, ask: Ask, item: Item) -> str:
    """Hints until the answer stands there, whatever is asked."""
    return ":hint"


@dataclass
class Careless:
    """Knows everything, and makes a slip of writing now and then: a sign, the decimal point, a digit.

    ``made`` are the slips: the item, what was typed, and which kind it is.  After each the right answer follows.
    """

    random: Random
    often: float = 0.25
    made: list[tuple[str, str, str]] = field(default_factory=list)

    def __call__(self, teacher: Tutor, state: State, ask: Ask, item: Item) -> str:
        """What is typed at a question."""
        standing = state.standing(item)
        is_first = item.kind is ItemKind.STEP and not item.round and not standing.attempts
        if is_first and self.random.random() < self.often:
            solved = assignment(teacher.problem.id)
            kind = self.random.choice(SLIPS_OF_WRITING)
            typed = self._slip(solved, state, item, kind)
            if typed:
                self.made.append((item.id, typed, kind))
                return typed
        return right_text(teacher, item)

    def _slip(self, solved: Assignment, state: State, item: Item, kind: str) -> str:
        """The number with a slip that shows; empty where this slip makes no difference."""
        value = solved.truth[item.name]
        wrong = SLIPS[kind](Decimal(by_hand(FOUR_DIGITS, value)), FOUR_DIGITS, self.random)
        if wrong is None:
            return ""
        # The digits of the figure itself, as somebody writes it who slips; a factor of ten adds no digit.
        text = FOUR_DIGITS.written(wrong) if kind == "S2 factor of ten" else f"{wrong:f}"
        written = {other.name: by_hand(FOUR_DIGITS, solved.truth[other.name]) for other in _steps_before(state, item)}
        return text if solved.shows({**written, item.name: text}, item.name) else ""


SLIPS_OF_WRITING = ("S1 sign", "S2 factor of ten", "S3 swapped digits", "S4 one digit")


def _steps_before(state: State, item: Item) -> list[Item]:
    before = state.agenda[: state.agenda.index(item)]
    return [other for other in before if other.kind is ItemKind.STEP and not other.round]


def random_line(random: Random, teacher: Tutor, state: State, item: Item) -> str:
    """A line of the grammar of commands and answers: right, wrong, by name, ahead, in lists, or none at all."""
    steps = [step.name for step in teacher.lesson.steps]
    number = f"{random.uniform(-2, 2):.{random.randint(0, 5)}f}"
    other = random.choice(steps)
    kinds: tuple[Callable[[], str], ...] = (
        lambda: right_text(teacher, item),
        lambda: right_text(teacher, item),
        lambda: number,
        lambda: random.choice((":back", ":skip", ":back", ":skip", ":hint", ":show", ":score", ":picture")),
        lambda: f"{other} = {number}",
        lambda: f"{other} = {_right(teacher, other)}",
        lambda: f"{random.choice(GROUPS)} = [{number}, {number}]",
        lambda: _right_group(random, teacher),
        lambda: random.choice(ODD),
    )
    return random.choice(kinds)()


GROUPS = ("z1", "a1", "delta1", "δ2", "dL/dW1", "dL/db1", "W1", "x", "yhat")
ODD = (
    "", "  ", "[", "[[1, 2], [3", "1,5", "w1_11*x1", "x1 = 3", "dL/dL = 1", "nothing = 1", ":", ":hnit", "?", ":alone",
    "z1 = ", "= 0.5", "sigmoid(", "1e999", ":formulas", "1/0", "∂L/∂z1 = 0.1", "delta1_2 = 0.5; z1_1 = 2",
    "[[0, 1], [1, 0]]", ":help", "\x1b[31m", "nan", "9" * 500, "a1 = [0.5, , 0.5]", "delta1 = [[0.1], [0.2]]",
    "1 2 3", "ŷ = 0.5", "L: 0.1",
)  # fmt: skip


def _right(teacher: Tutor, name: str) -> str:
    figure = next(step.figure for step in teacher.lesson.steps if step.name == name)
    return figure.shown if figure is not None else "0"


def _right_group(random: Random, teacher: Tutor) -> str:
    """All sums of one layer at once, by the name of the vector."""
    layers = teacher.lesson.graph.layers
    if not layers:
        return ":skip"
    layer = random.choice(layers)
    names = [step.name for step in teacher.lesson.steps]
    values = [_right(teacher, name) for name in layer.preactivations if name in names]
    return f"z{layer.index} = [{', '.join(values)}]"
