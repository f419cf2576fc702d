"""A quiz held without a terminal: answers in, what is said and what is kept out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from rich.console import Console
from support import problem as bundled_problem

from backprop_tutor.cli import session
from backprop_tutor.cli.conversation import Conversation
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.formula import Call, Cases, Formula, call, replace
from backprop_tutor.model.problem import Problem
from backprop_tutor.model.quiz import Ask, Item, ItemKind, Mode, Part, State
from backprop_tutor.model.record import Record
from backprop_tutor.quiz.plan import Choice
from backprop_tutor.quiz.questions import typed_answer
from backprop_tutor.quiz.symbols import in_symbols
from backprop_tutor.quiz.tutor import Tutor
from backprop_tutor.writers.maths import Maths
from backprop_tutor.writers.terminal_quiz import TerminalQuiz

Answer = Callable[[Tutor, State, Ask, Item], str | None]
SECONDS = 20.0


def tutor(
    name: str | Problem, *, mode: str = "practice", symbolic: bool = False, seed: int = 1, **choice: object
) -> Tutor:
    """The tutor of a bundled problem (or of one from a text)."""
    problem = bundled_problem(name) if isinstance(name, str) else name
    posed = in_symbols(problem) if symbolic else problem
    told = teach(session.solve(posed))
    chosen = Choice(mode=Mode(mode), symbolic=symbolic, **choice)  # type: ignore[arg-type]
    return Tutor(posed, told, chosen, "test", seed)


@dataclass
class Sitting:
    """One sitting: everything that was said, in order, and everything that was kept."""

    tutor: Tutor
    state: State
    said: list[Part] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    screen: str = ""


@dataclass
class _Reader:
    answer: Answer
    tutor: Tutor
    writer: TerminalQuiz
    conversation: Conversation | None = None
    out: StringIO = field(default_factory=StringIO)

    def read(self, ask: Ask, item: Item) -> str | None:
        assert self.conversation is not None
        assert self.conversation.state is not None
        typed = self.answer(self.tutor, self.conversation.state, ask, item)
        self.out.write(f"{self.writer.prompt(ask)}{'' if typed is None else typed}\n")
        return typed


def hold(
    teacher: Tutor,
    answers: Iterable[str] | Answer,
    *,
    records: Sequence[Record] = (),
    width: int = 80,
    plain: bool = False,
    ascii: bool = False,
    most: int = 2000,
) -> Sitting:
    """A whole sitting; it ends with the answers, or when ``answers`` gives None."""
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=False, markup=False, emoji=False, highlight=False)
    writer = TerminalQuiz(teacher.lesson, ascii=ascii, plain=plain)
    said: list[Part] = []
    kept: list[Record] = []
    times = _times(most)

    def say(parts: Sequence[Part]) -> None:
        said.extend(parts)
        if parts:
            console.print(writer.parts(parts))
        console.print()

    answer: Answer = answers if callable(answers) else _in_order(iter(answers))
    reader = _Reader(answer, teacher, writer, out=out)
    conversation = Conversation(teacher, reader, say, kept.extend, lambda: next(times))
    reader.conversation = conversation
    state = conversation.hold(teacher.begin(records))
    return Sitting(teacher, state, said, kept, out.getvalue())


def _times(most: int) -> Iterator[float]:
    """A clock that ticks at every look; a quiz that never ends runs out of it."""
    return (1_700_000_000.0 + SECONDS * i for i in range(most))


def _in_order(answers: Iterator[str]) -> Answer:
    return lambda tutor, state, ask, item: next(answers, None)


def right_text(teacher: Tutor, item: Item) -> str:
    """What a learner who knows everything types."""
    venue = teacher.venue(item)
    if item.kind in {ItemKind.WORKED, ItemKind.HAND_IN}:
        return ""
    if item.kind is ItemKind.WHY:
        return str(1 + next(i for i, reason in enumerate(teacher.reasons(item)) if reason.right))
    if item.kind is ItemKind.QUESTION:
        return typed_answer(teacher.questions[item.number], teacher.lesson, teacher.seed)
    texts = []
    for name in item.steps:
        figure = venue.steps[name].figure
        texts.append(figure.shown if figure is not None else plain_formula(teacher, name, item))
    return texts[0] if len(texts) == 1 else f"[{'; '.join(texts)}]"


def plain_formula(teacher: Tutor, name: str, item: Item) -> str:
    """The last line of a step in the syntax of answers."""
    lesson = teacher.venue(item).lesson
    formula = without_cases(teacher.venue(item).steps[name].equation.symbols[-1])
    return Maths(lesson.notation, lesson.graph, "plain").formula(formula)


def without_cases(tree: Formula) -> Formula:
    """The formula with steps in place of cases, as a learner types it."""

    def with_steps(part: Formula) -> Formula | None:
        if isinstance(part, Call) and part.function == "sign":
            return part.arguments[0] / call("abs", part.arguments[0])
        if not isinstance(part, Cases):
            return None
        result = without_cases(part.otherwise)
        for condition, value in reversed(part.cases):
            on = call("step", condition.left - condition.right)
            result = on * without_cases(value) + (1 - on) * result
        return result

    return replace(tree, with_steps)
