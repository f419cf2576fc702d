"""How an item is asked: where we are, what is known, what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..lessons.groups import Groups
from ..model.formula import Formula
from ..model.lesson import Step, StepKind
from ..model.op import Words
from ..model.question import QuestionKind
from ..model.quiz import (
    Ask,
    Item,
    ItemKind,
    Listing,
    Mode,
    Opening,
    Part,
    Picture,
    Remark,
    State,
)
from . import asking_rounds
from .commands import COMMANDS, hidden
from .questions import how_to_answer, lines_of
from .quiz import Quiz
from .state import asked, counted
from .venue import Venue

MOST_ECHOED = 60
LEFT_OPEN = "You left this open."
PARTS = {StepKind.FORWARD: "Forward pass", StepKind.BACKWARD: "Backward pass", StepKind.UPDATE: "Update"}


def opening(quiz: Quiz, state: State) -> tuple[Part, ...]:
    """The problem, and how to answer; or where the learner stopped."""
    choice = quiz.choice
    done = sum(state.standing(item).closed for item in counted(state))
    resumed = bool(state.standings)
    if choice.mode is Mode.TEST:
        how = "This is a test: no help on the way, and the marks at the end."
    elif choice.mode is Mode.LEARN:
        how = asking_rounds.plan(state)
    else:
        how = _how_to_answer(quiz)
    parts: list[Part] = [Opening(quiz.lesson, (how,), brief=resumed)]
    if resumed:
        count = len(counted(state))
        where = f": {done} of {count} questions {'is' if done == 1 else 'are'} behind you" if done else ""
        if choice.mode is Mode.LEARN:
            where = asking_rounds.where(state)
        parts.append(Remark((f"You go on where you stopped{where}.",)))
    return tuple(parts)


def _how_to_answer(quiz: Quiz) -> str:
    if quiz.choice.symbolic or all(step.figure is None for step in quiz.lesson.steps):
        return "Answer with formulas. :help lists what else you can type, and :hint helps."
    return "Answer with a number (four digits will do), a fraction or a formula. :hint helps, :help lists the rest."


def question(quiz: Quiz, state: State) -> tuple[Part, ...]:
    """What is asked now."""
    item = state.item
    if item is None:
        return ()
    match item.kind:
        case ItemKind.WORKED:
            told = asking_rounds.worked(quiz, state, item, _how_to_answer(quiz))
            # Before the first line of a worked example one sees what it is about.
            return told if state.here else (_beforehand(quiz, quiz.venue(item)), *told)
        case ItemKind.HAND_IN:
            return _hand_in(state)
        case ItemKind.QUESTION:
            return (_author(quiz, state, item),)
        case ItemKind.WHY:
            return (_why(quiz, state, item),)
    return (_step(quiz, state, item),)


def picture(quiz: Quiz, state: State, item: Item) -> Picture:
    """The picture with what is known, and ? at what is asked."""
    venue = quiz.venue(item)
    found = quiz.known(state, item)
    wanted = item.steps if item.kind in {ItemKind.STEP, ItemKind.WHY} else ()
    known = frozenset(found) - frozenset(wanted)
    own = {name: tree for name, tree in venue.own_formulas(state, item).items() if name in known}
    figures = {name: figure for name, figure in venue.lesson.figures.items() if name not in own}
    lesson = replace(
        venue.lesson,
        figures={**figures, **venue.own_figures(state, item, known)},
        symbolic={**venue.lesson.symbolic, **own},
        # However long it is, what is told is what was typed and not the right line.
        steps=tuple(_as_typed(step, own) for step in venue.lesson.steps),
    )
    graph = lesson.graph
    # Where steps are read and nothing is asked, no ? stands at the 1 with which the backward pass begins.
    start = {f"d{graph.objective}/d{graph.objective}"} if item.kind is ItemKind.WORKED else frozenset()
    everything = known | _given(venue) | start
    in_order = tuple(name for name in found if name in known)
    return Picture(lesson, everything, frozenset(wanted), in_order, frozenset(own))


def _as_typed(step: Step, own: Mapping[str, Formula]) -> Step:
    """The step with the learner's own formula for its line, where there is one."""
    tree = own.get(step.name)
    return step if tree is None else replace(step, equation=replace(step.equation, symbols=(tree,)))


def _beforehand(quiz: Quiz, venue: Venue) -> Picture:
    """The picture of nothing but what is given, and what was not chosen because it lies before the part that was."""
    told = [name for name in quiz.known_from_start if name not in quiz.lines_as_given]
    return Picture(venue.lesson, _given(venue) | frozenset(told), found=tuple(told))


def _given(venue: Venue) -> frozenset[str]:
    return frozenset(name for name, value in venue.lesson.graph.values.items() if value.given is not None)


def commands(quiz: Quiz) -> Listing:
    """What may be typed."""
    without = hidden(quiz.choice.mode)
    rows: list[tuple[Words, Words]] = [
        ((f":{name}",), (says,)) for name, says in COMMANDS.items() if name not in without
    ]
    rows.append((("0.24, 6/25, 0.5*0.48",), ("a number, a fraction, or a formula in the names of the problem",)))
    rows.append(((f"{_example(quiz)} = 0.42",), ("an answer to another question than the one that is asked",)))
    rows.append((("[[1, 2], [3, 4]]",), ("a matrix, where one is asked; or row by row until the bracket closes",)))
    return Listing("What you can type", tuple(rows))


def _example(quiz: Quiz) -> str:
    """A quantity that can be answered by name: the second one, as nobody is asked for it now."""
    names = [step.name for step in quiz.lesson.steps if step.name not in quiz.lines_as_given]
    return quiz.venues[0].typed(names[:2][-1])


def _step(quiz: Quiz, state: State, item: Item) -> Ask:
    venue = quiz.venue(item)
    step = venue.steps[item.steps[0]]
    if len(item.steps) == 1:
        symbol: Words = (step.quantity,)
        title = () if step.title == symbol else step.title
        words: Words = (*symbol, *((": ", *title, ".") if title else _definition(step)))
        typed, prompt = venue.typed(item.name), (*symbol, " = ")
    else:
        words = _group_words(quiz, item)
        typed, prompt = item.name, (f"{item.name} = ",)
    note: Words = ()
    if step.figure is None:
        note = ("Write it as a formula.",)
    if item.skill == "update" and step.figure is not None:
        note = (*note, f"{' ' if note else ''}Write so many digits that the change can be seen.")
    standing = state.standing(item)
    if standing.is_left:
        note = (f"{LEFT_OPEN} ", *note)
    elif standing.closed and standing.answer:
        note = (*note, f"{' ' if note else ''}You wrote {standing.answer[:MOST_ECHOED]}. Enter leaves it so.")
    place, of = _place(state, item)
    return Ask(
        place, of, PARTS[step.kind], words, typed, note=note, prompt=prompt,
        picture=picture(quiz, state, item), lead=_lead(quiz, state, item),
    )  # fmt: skip


def _lead(quiz: Quiz, state: State, item: Item) -> Words:
    """That the numbers are others than in the question before."""
    if item.is_again:
        fresh = "For this question the problem has fresh numbers." if quiz.is_fresh(item) else "Once more."
        return (f"{fresh} You have seen how it is done; now you.",)
    before = state.agenda[state.here - 1] if state.here else None
    is_back = before is not None and before.is_again and quiz.is_fresh(before) and not item.round
    return ("Back to the problem's own numbers.",) if is_back else ()


def _definition(step: Step) -> Words:
    """What an author's own line says: it is given, and only its number is asked."""
    if step.kind is not StepKind.FORWARD:
        return (".",)
    return (" = ", step.equation.symbols[-1], ".") if step.figure is not None else (": the line as it is given.",)


def _group_words(quiz: Quiz, item: Item) -> Words:
    group = Groups(quiz.lesson.graph, quiz.lesson.notation).find(item.name, several=True)
    if group is None or group.is_vector:
        return (f"All {len(item.steps)} of {item.name}, as a list: [1, 2].",)
    rows, columns = len(group.cells), len(group.cells[0])
    return (f"All of {item.name}, {rows}×{columns}: a row for each unit led into, as in [[1, 2], [3, 4]].",)


def _why(quiz: Quiz, state: State, item: Item) -> Ask:
    step = quiz.venue(item).steps[item.name]
    place, of = _place(state, item)
    choices: tuple[Words, ...] = tuple((reason.formula,) for reason in quiz.reasons(item))
    words: Words = ("Before you work it out: which formula is ", step.quantity, ", ", *step.title, "?")
    return Ask(
        place, of, "which formula?", words, choices=choices, prompt=(f"number (1-{len(choices)}): ",),
        note=("Choose a formula by its number; its value is asked next.",), picture=picture(quiz, state, item),
    )  # fmt: skip


def _author(quiz: Quiz, state: State, item: Item) -> Ask:
    asked_here = quiz.questions[item.number]
    standing = state.standing(item)
    place, of = _place(state, item)
    how = how_to_answer(asked_here)
    choices: tuple[Words, ...] = tuple((line,) for line in lines_of(asked_here, quiz.seed))
    words: Words = (asked_here.ask,)
    prompt = "answer: "
    if asked_here.kind is QuestionKind.POINTS and standing.attempts and not standing.closed:
        words = ("Which of these points did you have?",)
        choices = tuple((point,) for point in asked_here.points)
        how, prompt = "Type their numbers, as in 1 3; 0 for none.", "numbers: "
    if standing.is_left:
        how = f"{LEFT_OPEN} {how}"
    if quiz.lesson.notation.name != quiz.lesson.problem.notation:
        how = f"It is in the letters of its author ({quiz.lesson.problem.notation}). {how}"
    if quiz.choice.mode is Mode.LEARN:
        how = f"It is about the problem as it was shown first. {how}"
    return Ask(place, of, "", words, choices=choices, note=(how,), prompt=(prompt,))


def _hand_in(state: State) -> tuple[Part, ...]:
    count = sum(not state.standing(item).answer for item in asked(state))
    left, back = "", "returns to the questions"
    if count:
        left = f" {count} of {len(asked(state))} {'has' if count == 1 else 'have'} no answer yet."
        back = "goes to it" if count == 1 else "goes to the last of them"
    words = (f"That was the last question.{left} Enter hands the test in; :back {back}.",)
    return (Ask(0, 0, "Hand in", words, prompt=("Enter hands in: ",)),)


def _place(state: State, item: Item) -> tuple[int, int]:
    """The number of a question among those that count (in a worked example: of its round)."""
    in_round = bool(item.round) and not item.is_again
    mine = [
        other
        for other in counted(state)
        if (other.round == item.round if in_round else not other.round or other.is_again)
    ]
    is_why = item.kind is ItemKind.WHY
    same = next(other for other in mine if other.id == item.id or (is_why and other.name == item.name))
    return mine.index(same) + 1, len(mine)
