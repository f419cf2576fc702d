"""What the rungs of a ladder are made of."""

from __future__ import annotations

from ...engine.derivations import leaves
from ...engine.update import RATE
from ...lessons.chain import is_bare, normal
from ...model.formula import Derivative, Formula, Name, quantity
from ...model.formula import replace as exchange
from ...model.lesson import Aside, Block, Equation, Lesson, Prose, Step, StepKind
from ...model.op import Words
from ..rule_names import rule_of

BLANK = "___"
MOST_NAMED = 6


def pointing(step: Step, lesson: Lesson) -> tuple[Block, ...]:
    """Which quantities the step is made of, those that were found and those that are given.

    Where it is made of one alone, that is the answer: then it is where to look for it.
    """
    comes_to = step.equation.symbols[-1]
    if is_bare(comes_to) or not leaves(comes_to) or (step.exact is not None and is_bare(step.exact)):
        return _where_to_look(step, lesson)
    used = [name for name in leaves(comes_to) if name != step.name]
    before = {other.name for other in lesson.steps if other.id in step.needs}
    found = [name for name in used if name in before]
    given = [name for name in used if name not in before and (name in lesson.graph.values or name == RATE)]
    says: list[str | Formula] = []
    if found:
        says += ["From earlier steps it takes ", *_listed(found), "."]
    if given:
        says += [" " if says else "", "Given is " if len(given) == 1 else "Given are ", *_listed(given), "."]
    if not says:
        return ()
    says.append(" This step needs nothing else.")
    return (Prose(tuple(part for part in says if part != "")),)


def _where_to_look(step: Step, lesson: Lesson) -> tuple[Block, ...]:
    """The quantity through which a derivative comes, or else the line that is to be differentiated."""
    of, is_derivative, by = step.name.removeprefix("d").partition("/d")
    if not is_derivative or step.kind is not StepKind.BACKWARD:
        return ()
    chain = leaves(next((tree for tree in step.equation.symbols if not is_bare(tree)), step.quantity))
    needed = {other.name for other in lesson.steps if other.id in step.needs}
    through = [name.partition("/d")[2] for name in chain if name in needed and name.startswith(f"d{of}/d")]
    if len(through) == 1:
        middle = quantity(through[0])
        words: Words = (
            *(quantity(by), " acts on ", quantity(of), " through ", middle, ": it takes the derivative by ", middle),
            *(", which is an earlier step, and how ", middle, " changes with ", quantity(by), "."),
        )
        return (Prose(words),)
    line = next((other.equation.symbols[0] for other in lesson.steps if other.name == of), None)
    if line is None or is_bare(line) or by not in leaves(line):
        return ()
    return (Prose(("Look at the line in which ", quantity(by), " stands: ", quantity(of), " = ", line, ".")),)


def principle(step: Step) -> tuple[Block, ...]:
    """The rule and why it is so, with the pitfalls beside it."""
    rule: Words = (f"{rule_of(step)}. ",) if step.rule else ()
    blocks: list[Block] = []
    for block in step.blocks:
        if isinstance(block, Prose):
            blocks.append(Prose((*rule, *_without_answer(block.words, step))))
            rule = ()
        elif isinstance(block, Aside):
            blocks.append(block)
    return tuple(blocks) if blocks or not rule else (Prose(rule),)


def _without_answer(words: Words, step: Step) -> Words:
    """The sentence with a blank where it says the very formula that is asked for."""
    if step.figure is not None:
        return words
    answers = {normal(tree) for tree in (*step.equation.symbols, *([step.exact] if step.exact else ()))}
    return tuple(Name(BLANK) if isinstance(part, Formula) and normal(part) in answers else part for part in words)


def line_with_blanks(step: Step, lesson: Lesson) -> tuple[Block, ...]:
    """The line in symbols, then with a blank for every number; where the symbols are the answer, with every second."""
    equation = step.equation
    if step.figure is None:
        return (Equation(equation.left, (_half_blank(equation.symbols[-1]),)),)
    # A line without any quantity is the answer itself.
    told = next((tree for tree in reversed(equation.symbols) if leaves(tree)), Name(BLANK))
    numbers = equation.numbers if equation.numbers is not None and leaves(equation.numbers) else told
    blanks = exchange(numbers, lambda part: Name(BLANK) if isinstance(part, Name | Derivative) else None)
    return (Equation(equation.left, tuple(dict.fromkeys((told, blanks)))),)


def _half_blank(tree: Formula) -> Formula:
    """The formula with a blank for every second of its names, the first one included."""
    hidden = set(leaves(tree)[::2])

    def blank(part: Formula) -> Formula | None:
        name = part.name if isinstance(part, Name) else f"d{part.of}/d{part.by}" if isinstance(part, Derivative) else ""
        return Name(BLANK) if name in hidden else None

    return exchange(tree, blank)


def _listed(names: list[str]) -> Words:
    """Quantities in a sentence; many are cut short."""
    shown = names[:MOST_NAMED]
    found: list[str | Formula] = []
    for i, name in enumerate(shown):
        if i:
            found.append(" and " if i == len(names) - 1 else ", ")
        found.append(quantity(name))
    if len(names) > MOST_NAMED:
        found.append(" and others")
    return tuple(found)
