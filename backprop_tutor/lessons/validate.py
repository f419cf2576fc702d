"""The author's checker: both roads to every number, and the published numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from ..engine.by_hand import exact_fraction
from ..engine.nudge import central_difference, float_values
from ..engine.precise import Precise
from ..engine.solve import Solution, solve
from ..errors import ProblemError, UndefinedValueError
from ..graphs.names import gradient
from ..model.formula import Name, Number, names_in
from ..model.graph import Graph
from ..model.problem import Expected, Finding, Given, Problem
from .asides import kinks_met
from .facts import Facts
from .questions import misplaced, wired
from .teach import teach

MOST_NUDGED = 400
MOST_DIGITS_NUDGED = 1600
AGREEMENT = Fraction(1, 10**10)
FLOAT_AGREEMENT = Fraction(1, 10**8)


@dataclass
class Report:
    """What was found wrong, and how much was checked and found right."""

    findings: tuple[Finding, ...] = ()
    values: int = 0
    nudged: int = 0
    expected: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        parts = [f"{self.values} values by two roads", f"{self.nudged} gradients by nudging"]
        parts.append(f"{self.expected} published numbers" if self.expected else "no published numbers")
        return ", ".join([*parts, *self.notes])


def validate_problem(problem: Problem) -> Report:
    """Check a problem by every road there is.

    Raises ProblemError when it cannot be solved at all; what can be solved but is wrong stands in the report.
    """
    solutions = solve(problem)
    report = Report()
    findings: list[Finding] = []
    for solution in _with_numbers(problem, solutions):
        _two_roads(solution, report, findings)
    _published(problem, solutions, report, findings)
    _no_shortcut(problem, solutions, findings)
    _questions(problem, solutions, report, findings)
    report.findings = tuple(findings)
    return report


def _with_numbers(problem: Problem, solutions: tuple[Solution, ...]) -> tuple[Solution, ...]:
    """The solutions, or those of the same graph with random numbers for its symbols."""
    random = Random(problem.id)
    for _ in range(20):
        filled, symbols = _filled(solutions[0].graph, random)
        if not symbols:
            return solutions
        try:
            return solve(problem, graph=filled)
        except ProblemError:
            continue
    return solutions


def _two_roads(solution: Solution, report: Report, findings: list[Finding]) -> None:
    """Values against floats that use no formula, gradients against differences that use no slope."""
    if solution.rounding is not None:
        report.notes.append("rounded at every step, so only the published numbers were compared")
        return
    trace, graph = solution.trace, solution.graph
    for name, number in float_values(graph).items():
        if name in trace.values:
            report.values += 1
            if not _close(Fraction(number), _exact(trace.values[name]), FLOAT_AGREEMENT):
                findings.append(_finding(f"{name}: the formula and the kernel do not agree (this is our bug)"))
    facts = Facts(solution)
    at_kink = any(kinks_met(facts, node.op.kinks(tuple(map(Name, node.inputs)))) for node in graph.nodes)
    if at_kink:
        report.notes.append("a kink is met exactly, so the conventions decide and nudging cannot")
        return
    if trace.digits > MOST_DIGITS_NUDGED:
        return
    names = [name for name in solution.plan.order if name in trace.gradients and name in trace.values]
    for name in names[:MOST_NUDGED]:
        nudged = central_difference(graph, trace.values, name, max(50, 3 * trace.digits))
        if nudged is None:
            continue
        report.nudged += 1
        if not _close(_exact(nudged), _exact(trace.gradients[name]), AGREEMENT):
            plain = gradient(solution.plan.objective, name)
            findings.append(_finding(f"{plain}: the slope and nudging do not agree (this is our bug)"))


def _finding(message: str) -> Finding:
    return Finding(message, None, "Please report it with this file.")


def _exact(value: object) -> Fraction:
    return value if isinstance(value, Fraction) else exact_fraction(value)


def _close(a: Fraction, b: Fraction, relative: Fraction) -> bool:
    return abs(a - b) <= relative * max(abs(a), abs(b), Fraction(1, 1000))


def _no_shortcut(problem: Problem, solutions: tuple[Solution, ...], findings: list[Finding]) -> None:
    """With and without the shortcut the numbers are the same."""
    if not any(edge.shortcut for edges in solutions[0].plan.edges.values() for edge in edges):
        return
    if solutions[0].rounding is not None:
        return
    for short, long in zip(solutions, solve(problem, shortcut=False), strict=True):
        for name, number in short.trace.gradients.items():
            if not _close(_exact(number), _exact(long.trace.gradients[name]), AGREEMENT):
                findings.append(_finding(f"{name}: the shortcut and the long way do not agree (this is our bug)"))


def _questions(problem: Problem, solutions: tuple[Solution, ...], report: Report, findings: list[Finding]) -> None:
    """The author's own questions: every name is known, every place is a step."""
    if not problem.questions:
        return
    graph = solutions[0].graph
    questions, wrong = wired(problem, graph)
    findings.extend(wrong)
    unknown = {finding.where for finding in wrong}
    # A question may stand at a step that only the long way finds, or only the short one.
    ways = (solutions, solve(problem, shortcut=False, graph=graph))
    steps = tuple(dict.fromkeys(step.name for way in ways for step in teach(way).steps))
    # Of a name that is unknown, one finding is enough.
    findings.extend(finding for finding in misplaced(questions, graph, steps) if finding.where not in unknown)
    report.notes.append("1 question" if len(questions) == 1 else f"{len(questions)} questions")


def _published(problem: Problem, solutions: tuple[Solution, ...], report: Report, findings: list[Finding]) -> None:
    known = _every_number(problem, solutions)
    for expected in problem.expected:
        report.expected += 1
        message = _compare(expected, known, solutions[0])
        if message:
            source = f" ({expected.source})" if expected.source else ""
            findings.append(Finding(f"{message}{source}", expected.value.where, _REPAIR))


_REPAIR = "Check the published number, and the conventions of this file (½ or not, sum or mean, order of indices)."


def _every_number(problem: Problem, solutions: tuple[Solution, ...], graph: Graph | None = None) -> dict[str, object]:
    """Every number by plain name, the slopes that the shortcut passes over too."""
    rounding = solutions[0].rounding
    return _numbers(solve(problem, shortcut=False, rounding=rounding, graph=graph)) | _numbers(solutions)


def _numbers(solutions: tuple[Solution, ...]) -> dict[str, object]:
    """Every number by plain name."""
    found: dict[str, object] = {}
    for solution in solutions:
        trace = solution.trace
        found.update(trace.values)
        for (source, position), number in trace.slopes.items():
            edge = solution.plan.edges[source][position]
            if not edge.shortcut:
                found.setdefault(edge.name, number)
        found.update({gradient(solution.plan.objective, name): number for name, number in trace.gradients.items()})
        found.update({f"new_{name}": number for name, number in trace.updated.items()})
    return found


def _compare(expected: Expected, known: Mapping[str, object], solution: Solution) -> str:
    """What is wrong with a published number; empty when it is right to the digits that are written."""
    if expected.name in known:
        number = _exact(known[expected.name])
        arithmetic = Precise(60)
        try:
            wanted = arithmetic.at(expected.value.formula, known)
        except (KeyError, UndefinedValueError):
            return f"{expected.name}: what is expected is no number"
        if abs(_exact(wanted) - number) <= half_unit(expected.value) + abs(number) * Fraction(1, 10**18):
            return ""
        return f"{expected.name} is {_shown(number)}, but {expected.value.written} is expected"
    return _compare_formula(expected, solution)


def half_unit(given: Given) -> Fraction:
    """Half a unit of the last decimal written; 0 for whole numbers, fractions and formulas, which are exact."""
    mantissa, _, exponent = given.written.lower().partition("e")
    if given.number is None or "." not in mantissa:
        return Fraction(0) if given.number is None or not exponent else Fraction(10) ** int(exponent) / 2
    places = len(mantissa.partition(".")[2])
    return Fraction(10) ** (int(exponent or 0) - places) / 2


def _shown(number: Fraction) -> str:
    return f"{Decimal(number.numerator) / Decimal(number.denominator):.15g}"


def _compare_formula(expected: Expected, solution: Solution) -> str:
    """A published formula: equal at random points with 50 digits, where its names get numbers.

    A quantity that this solution has no number for is looked up in a copy of the graph with numbers put in
    for the symbols.
    """
    random = Random(expected.name)
    checked = 0
    for _ in range(40):
        filled, symbols = _filled(solution.graph, random)
        try:
            known = _every_number(solution.problem, solve(solution.problem, graph=filled), filled) | symbols
        except ProblemError:
            continue
        if expected.name not in known:
            return f"{expected.name} is no quantity of this solution"
        arithmetic = Precise(60)
        try:
            wanted = arithmetic.at(expected.value.formula, known)
        except KeyError as error:
            return f"{expected.name}: the expected formula uses {error.args[0]}, which is no value of this problem"
        except UndefinedValueError:
            continue
        if not _close(_exact(wanted), _exact(known[expected.name]), Fraction(1, 10**20)):
            point = ", ".join(f"{name} = {number}" for name, number in symbols.items())
            return f"{expected.name} is not {expected.value.written}: they differ at {point}"
        checked += 1
        if checked == 12:
            return ""
    return f"{expected.name}: cannot decide, too few points where everything is defined" if checked < 3 else ""


def _filled(graph: Graph, random: Random) -> tuple[Graph, dict[str, object]]:
    """The graph with a random number for every symbol, and the symbols' numbers."""
    computed = {name for node in graph.nodes for name in node.outputs}
    symbols: dict[str, object] = {}

    def number_of(symbol: str) -> Fraction:
        number = symbols.setdefault(symbol, Fraction(random.randint(1, 400), 100) * random.choice((1, 1, 1, -1)))
        assert isinstance(number, Fraction)
        return number

    values = dict(graph.values)
    arithmetic = Precise(200)
    for name, value in graph.values.items():
        if name in computed:
            continue
        if value.given is None:
            values[name] = replace(value, given=_given(number_of(name)))
        elif names_in(value.given.formula):
            for symbol in names_in(value.given.formula):
                number_of(symbol)
            try:
                values[name] = replace(value, given=_given(_exact(arithmetic.at(value.given.formula, symbols))))
            except UndefinedValueError:
                continue
    return replace(graph, values=values), symbols


def _given(number: Fraction) -> Given:
    return Given(Number(number), str(number))
