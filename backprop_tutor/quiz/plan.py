"""The agenda of a quiz: what is asked, in the order of the derivation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..lessons.notation import NameReader
from ..lessons.quantities import QuantityFinder, UnknownQuantityError, with_needs
from ..model.formula import Derivative, Product, Sum, walk
from ..model.lesson import Lesson, Step, StepKind
from ..model.problem import Expressions
from ..model.question import Question
from ..model.quiz import Item, ItemKind, Mode
from .rounds import rounds
from .skills import skill_of, skill_of_question

WHY_SKILLS = ("activation-slope", "local-slope", "error-signal", "weight-gradient", "sum-over-paths")
"""Kinds of steps before the first of which the formula is asked for, now and then."""
WHY_GAP = 3
"""So many steps at least lie between two of these."""
MOST_WHY = 4
WHY = "why:"
"""How the ids of choices of formulas begin, which have no number of their own."""
LARGEST_EXPONENT = 308


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen of a problem.

    ``only`` are quantities that are asked with all that they need, ``ask`` those that are asked and nothing else (a
    name may stand for a vector or matrix), ``kinds`` parts of the derivation; nothing chosen means everything.
    """

    mode: Mode = Mode.PRACTICE
    only: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    kinds: frozenset[StepKind] = frozenset()
    symbolic: bool = False
    questions: bool = True

    def said(self) -> str:
        """The choice in one line, the same for the same choice: a quiz goes on only under the same."""
        parts = [
            self.mode.value,
            "symbolic" if self.symbolic else "numeric",
            "only " + ",".join(self.only) if self.only else "",
            "ask " + ",".join(self.ask) if self.ask else "",
            "+".join(sorted(self.kinds)),
            "" if self.questions else "no questions",
        ]
        return "; ".join(part for part in parts if part)


def agenda(lesson: Lesson, choice: Choice, questions: Sequence[Question] = ()) -> tuple[Item, ...]:
    """Everything that is asked.  Raises UnknownQuantityError for a name that is no step."""
    chosen = _chosen(lesson, choice)
    if not chosen:
        update = " The problem has no learning_rate, or all of it is frozen." if "update" in choice.kinds else ""
        raise UnknownQuantityError(f"There is nothing to ask for in what you chose.{update}")
    asked = questions if choice.questions and not choice.only and not choice.ask else ()
    stand = lines_as_given(lesson, choice)
    found = _with_questions(lesson, chosen, asked, _kinds_told(choice))
    items = [item for item in found if item.kind is not ItemKind.STEP or item.name not in stand]
    if choice.mode is Mode.LEARN:
        worked = rounds([step for steps in chosen for step in steps[1]], skills(lesson), stand)
        # The author's questions are about the problem's own numbers, and the rounds have fresh ones.
        return (*worked, *(item for item in items if item.kind is ItemKind.QUESTION))
    if choice.mode is Mode.TEST:
        return (*items, Item("hand in", ItemKind.HAND_IN))
    return tuple(_with_reasons(items) if choice.questions and not choice.symbolic else items)


def lines_as_given(lesson: Lesson, choice: Choice) -> frozenset[str]:
    """The names of the author's own lines that are known from the start: nothing is to be found in them.

    Where a formula is asked for, such a line stands word for word in the problem and its picture.  It is asked all the
    same by its own name, or where nothing else is left to ask.
    """
    if choice.ask or not isinstance(lesson.problem.body, Expressions):
        return frozenset()
    stand = frozenset(step.name for step in lesson.steps if step.kind is StepKind.FORWARD and step.figure is None)
    chosen = {name for name, _ in _chosen(lesson, choice)}
    return frozenset() if chosen <= stand else stand


def skills(lesson: Lesson) -> dict[str, str]:
    """The kind of every step by its plain name."""
    return {step.name: skill_of(step, lesson.graph, _paths(step)) for step in lesson.steps}


def _paths(step: Step) -> int:
    """How many shares the chain rule of a step adds up: terms of its first line that are products of derivatives."""
    first = next((tree for tree in step.equation.symbols if not _is_letter_for(tree, step)), None)
    if not isinstance(first, Sum):
        return 1
    return sum(isinstance(term, Product) and any(isinstance(p, Derivative) for p in walk(term)) for term in first.terms)


def _is_letter_for(tree: object, step: Step) -> bool:
    return isinstance(tree, Derivative) and f"d{tree.of}/d{tree.by}" == step.name


def _kinds_told(choice: Choice) -> frozenset[StepKind]:
    return choice.kinds or frozenset(StepKind)


Chosen = list[tuple[str, tuple[Step, ...]]]
"""What an answer is called, and the steps that it holds."""


def _chosen(lesson: Lesson, choice: Choice) -> Chosen:
    if choice.ask:
        return _by_name(lesson, choice.ask)
    steps = lesson.steps
    if choice.only:
        steps = with_needs(steps, [step.name for _, found in _by_name(lesson, choice.only) for step in found])
    kinds = _kinds_told(choice)
    return [(step.name, (step,)) for step in steps if step.kind in kinds and _can_be_typed(step)]


def _can_be_typed(step: Step) -> bool:
    """Whether its number is one that an answer may be: a saturated unit has gradients beyond any calculator."""
    exponent = step.figure.shown.partition("e")[2] if step.figure is not None else ""
    return not exponent or abs(int(exponent)) < LARGEST_EXPONENT


def _by_name(lesson: Lesson, typed: Iterable[str]) -> Chosen:
    """Single steps, vectors and matrices by name, in the order of the derivation."""
    by_name = {step.name: step for step in lesson.steps}
    reader = QuantityFinder(lesson.graph, lesson.notation, by_name)
    found = dict(reader.find(text) for text in typed)
    order = {name: place for place, name in enumerate(by_name)}
    listed = sorted(found.items(), key=lambda pair: max(order[name] for name in pair[1]))
    return [(name, tuple(by_name[member] for member in members)) for name, members in listed]


def _with_questions(
    lesson: Lesson, chosen: Chosen, questions: Sequence[Question], kinds: Collection[StepKind]
) -> Iterator[Item]:
    """The steps, and the author's questions where they stand; one whose step is not asked stands where it would."""
    kind_of = skills(lesson)
    names = NameReader(lesson.graph, lesson.notation)
    before: dict[str, list[int]] = {}
    after: dict[str, list[int]] = {}
    last: list[int] = []
    told = {step.name: step.kind for step in lesson.steps}
    for number, question in enumerate(questions):
        place = question.before or question.after
        name = (names.resolve(place) or place) if place else ""
        if name not in told:
            last.append(number)
        elif told[name] in kinds:
            (before if question.before else after).setdefault(name, []).append(number)
    for name, steps in chosen:
        for step in steps:
            yield from (_question(number, questions) for number in before.get(step.name, ()))
        yield Item(f"step:{name}", ItemKind.STEP, name, tuple(s.name for s in steps), kind_of[steps[0].name])
        for step in steps:
            yield from (_question(number, questions) for number in after.get(step.name, ()))
    yield from (_question(number, questions) for number in last)


def _question(number: int, questions: Sequence[Question]) -> Item:
    skill = skill_of_question(questions[number].kind)
    return Item(f"question:{number}", ItemKind.QUESTION, skill=skill, number=number)


def _with_reasons(items: Sequence[Item]) -> Iterator[Item]:
    """Before the first step of some kinds, and never close together: which formula is it?"""
    seen: set[str] = set()
    # Never the first of all: what is needed for the wrong choices takes a moment to prepare.
    since, count = 0, 0
    for item in items:
        single = item.kind is ItemKind.STEP and len(item.steps) == 1
        if single and item.skill in WHY_SKILLS and item.skill not in seen and since >= WHY_GAP and count < MOST_WHY:
            yield Item(f"{WHY}{item.name}", ItemKind.WHY, item.name, item.steps, item.skill)
            seen.add(item.skill)
            since, count = 0, count + 1
        yield item
        since += item.kind is ItemKind.STEP


def again(item: Item, count: int) -> Item:
    """The same kind of step once more, on fresh numbers; ``count`` tells how often it was shown."""
    return Item(
        f"again:{item.name}:{count}", ItemKind.STEP, item.name, item.steps, item.skill, round=count, is_again=True
    )
