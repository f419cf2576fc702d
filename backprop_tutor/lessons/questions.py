"""The author's own questions on a problem's graph: their names made plain, and what they count."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from ..graphs import counting
from ..model.graph import Graph
from ..model.problem import Finding, Problem, Span
from ..model.question import Question, QuestionKind
from ..reading.findings import listed, shown
from ..reading.question_answers import PATHS_FROM
from .notation import NameReader, load_notation

_COUNTS: dict[str, Callable[[Graph], int]] = {
    "weights": counting.weights,
    "biases": counting.biases,
    "parameters": counting.parameters,
    "units": counting.units,
    "paths": counting.paths,
}
_MOST_SUGGESTED = 6


def wired(problem: Problem, graph: Graph) -> tuple[tuple[Question, ...], tuple[Finding, ...]]:
    """The problem's questions with every name by its plain name, and what is wrong with them.

    A name may be typed in the problem's own notation.  A question with a finding is among the questions all the
    same, so that they keep their numbers.
    """
    if not problem.questions:
        return (), ()
    wiring = _Wiring(graph, NameReader(graph, load_notation(problem.notation)))
    questions = tuple(wiring.question(question) for question in problem.questions)
    return questions, tuple(wiring.findings)


def misplaced(questions: Collection[Question], graph: Graph, steps: Collection[str]) -> tuple[Finding, ...]:
    """A finding for each place, and each symbol that is no value of the graph, that no step of the solution finds.

    ``questions`` are wired, ``steps`` the plain names of the solution's steps.
    """
    found = []
    for question in questions:
        place = question.before or question.after
        if place and place not in steps:
            said = "before" if question.before else "after"
            found.append(_no_step(said, place, question.place_where, steps))
        symbol = question.answer if question.kind is QuestionKind.SYMBOL else ""
        if symbol and symbol not in steps and symbol not in graph.values:
            found.append(_no_step("symbol", symbol, question.answer_where, steps))
    return tuple(found)


def _no_step(said: str, name: str, where: Span | None, steps: Collection[str]) -> Finding:
    some = [step for step in steps if step.endswith(f"/d{name}")][:1] or list(steps)[:_MOST_SUGGESTED]
    message = f"{said}: no step of the solution finds {name}"
    return Finding(message, where, f"Name a step: {listed(some)}.")


def counted(what: str, graph: Graph) -> int:
    """How many there are of what a question counts: ``weights``, ``paths``, ``paths from x1`` (a plain name)."""
    if what.startswith(PATHS_FROM):
        return counting.paths_from(what.removeprefix(PATHS_FROM), graph)
    return _COUNTS[what](graph)


class _Wiring:
    """Looks up the names of questions in one graph."""

    def __init__(self, graph: Graph, names: NameReader) -> None:
        self.graph, self.names = graph, names
        self.findings: list[Finding] = []

    def question(self, question: Question) -> Question:
        before = self._placed("before", question.before, question)
        after = self._placed("after", question.after, question)
        return replace(question, before=before, after=after, answer=self._answer(question))

    def _placed(self, what: str, name: str, question: Question) -> str:
        if not name:
            return ""
        return self._plain(what, name, question) or name

    def _answer(self, question: Question) -> str:
        answer = question.answer
        if question.kind is QuestionKind.SYMBOL:
            return self._plain("symbol", answer, question) or answer
        if question.kind is QuestionKind.COUNT:
            return self._counted(question)
        return answer

    def _counted(self, question: Question) -> str:
        answer = question.answer
        if answer.startswith(PATHS_FROM):
            plain = self._plain("count", answer.removeprefix(PATHS_FROM), question)
            if plain is None:
                return answer
            answer = PATHS_FROM + plain
            if not counting.paths_from(plain, self.graph):
                self._add(question, f"count: no path leads from {plain} to the result", "Name an input or a unit.")
        elif answer != "paths" and not self.graph.layers:
            repair = "Count paths, or give the number: number: 7."
            self._add(question, f"count: a problem of expressions has no {answer}", repair)
        return answer

    def _plain(self, what: str, typed: str, question: Question) -> str | None:
        plain = self.names.resolve(typed)
        if plain is None:
            near = self.names.nearest(typed)
            some = listed(list(self.graph.values)[:_MOST_SUGGESTED], "and", _MOST_SUGGESTED)
            repair = f"Did you mean {near}?" if near else f"Known are, for example, {some}."
            self._add(question, f"{what}: there is no quantity called {shown(typed)}", repair)
        return plain

    def _add(self, question: Question, message: str, repair: str) -> None:
        where = question.place_where if message.startswith(("before", "after")) else question.answer_where
        self.findings.append(Finding(message, where, repair))
