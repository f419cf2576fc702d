"""Marking a simulated class: how much is found, placed and named rightly, and how fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reference.class_figures import Figures, Grader, final_gradients
from reference.class_problems import TEXTS, drawn
from reference.learners import Assignment
from reference.simulated_class import SimulatedClass, Worked
from support import from_text

from backprop_tutor.marking.mark import Marker

IDEAS, PAIRS = 1, 6
"""Sheets for each wrong idea, and sheets with two of them, for each problem and seed."""
EVERY = 4
"""Of the sheets with ideas, every fourth is marked with steps left blank too."""
HALF, FINAL = "half: ", "final: "

HEADER = (
    "problem",
    "right",
    "flagged",
    "faults",
    "placed",
    "blamed",
    "ideas",
    "named",
    "wrongly",
    "other",
    "labelled",
    "pairs",
    "both",
)


def marked_class(name: str, seed: int, each: int = 1) -> Figures:
    """One class on one problem: right sheets, faults, ideas, pairs; and the same with steps left blank."""
    problem = from_text(drawn(name, seed))
    assignment = Assignment(problem)
    grader = Grader(f"{name} {seed}", assignment, Marker(problem))
    learners = SimulatedClass(assignment, f"{name} {seed}")
    right = list(learners.right(2 * each))
    faulty = list(learners.faulty(each=each))
    mistaken = list(learners.mistaken(IDEAS * each))
    grader.count(right)
    grader.count(faulty)
    grader.count(mistaken)
    grader.count(learners.twice_mistaken(PAIRS * each))
    for prefix, kept in ((HALF, set(assignment.steps[::2])), (FINAL, final_gradients(assignment))):
        grader.count(_part(assignment, (*right, *faulty, *mistaken[::EVERY]), kept), prefix)
    return grader.figures


def _part(assignment: Assignment, sheets: Iterable[Worked], kept: set[str]) -> Iterator[Worked]:
    """The sheets with only these steps filled in, where what is wrong with them can still be seen."""
    for worked in sheets:
        part = worked.only(kept)
        if part.kind != "right":
            right = assignment.work(part.style).written
            changed = {name for name, text in part.written.items() if text != right[name]}
            shows = any(
                assignment.shows(part.written, name) for name in changed & ({part.step} if part.step else changed)
            )
            part = part.seen(shows)
        if part.kind == "right" or part.ideas or part.shows:
            yield part


def figures(seeds: int, problems: Iterable[str] = TEXTS) -> tuple[dict[str, Figures], Figures]:
    """The figures of every problem, and all of them together."""
    rows: dict[str, Figures] = {}
    total = Figures()
    for name in problems:
        rows[name] = Figures()
        for seed in range(seeds):
            rows[name].add(marked_class(name, seed))
        total.add(rows[name])
    return rows, total


def table(rows: dict[str, Figures]) -> Iterator[str]:
    """A row for every problem."""
    yield f"  {HEADER[0]:16}" + "".join(f"{word:>9}" for word in HEADER[1:])
    for name, found in rows.items():
        n = found.counts
        cells = (
            f"{n['right']}",
            f"{found.rate('right flagged', 'right'):.1f} %",
            f"{n['fault']}",
            f"{found.rate('fault placed', 'fault'):.1f} %",
            f"{found.rate('slip blamed', 'slip'):.1f} %",
            f"{n['idea']}",
            f"{found.rate('idea named', 'idea'):.1f} %",
            f"{found.rate('idea misnamed', 'idea'):.1f} %",
            f"{n['convention']}",
            f"{found.rate('convention labelled', 'convention'):.0f} %" if n["convention"] else "",
            f"{n['pair']}",
            f"{found.rate('pair with 2 named', 'pair'):.0f} %" if n["pair"] else "",
        )
        yield f"  {name:16}" + "".join(f"{cell:>9}" for cell in cells)


def gates(found: Figures) -> Iterator[tuple[str, float, str, bool]]:
    """What must hold: what it is, the figure in percent, the target in words, whether it is met."""
    targets = (
        ("right sheets flagged", "right flagged", "right", 0.0),
        ("right sheets flagged, every second step blank", f"{HALF}right flagged", f"{HALF}right", 0.0),
        ("right sheets flagged, final gradients only", f"{FINAL}right flagged", f"{FINAL}right", 0.0),
        ("single faults found at the right step", "fault placed", "fault", 99.5),
        ("slips blamed on an idea", "slip blamed", "slip", 2.0),
        ("the right idea named, alone or in a tie", "idea named", "idea", 98.0),
        ("a wrong idea named", "idea misnamed", "idea", 0.5),
        ("other conventions labelled so", "convention labelled", "convention", 100.0),
    )
    for what, part, whole, target in targets:
        if found.counts[whole]:
            rate = found.rate(part, whole)
            if target > 50:
                yield what, rate, f"at least {target} %", rate >= target
            else:
                yield what, rate, f"at most {target} %", rate <= target


def remarks(found: Figures) -> Iterator[str]:
    """Figures without a target."""
    n = found.counts
    unsure = {kind: found.rate(f"right {kind}", "right entries") for kind in ("imprecise", "undecided")}
    yield f"entries of right sheets: {n['right entries']}, " + ", ".join(f"{k} {v:.2f} %" for k, v in unsure.items())
    kinds = ("arithmetic", "S1 sign", "S2 factor of ten", "S3 swapped digits", "S4 one digit", "S5 cut off")
    yield "blamed: " + ", ".join(f"{kind} {n[f'{kind} blamed']} of {n[kind]}" for kind in kinds)
    yield f"faults with another entry called wrong: {n['fault with other errors']} of {n['fault']}"
    yield f"faults that cost more than their own step: {n['fault costs more']} of {n['fault']}"
    yield (
        f"ideas: {n['idea tied']} of {n['idea named']} named in a tie, {n['idea unnamed']} unnamed; "
        f"not counted: {n['unchanged']} that change no figure, {n['within rounding']} that stay within rounding"
    )
    yield (
        f"slopes of one operation: {n['typical']}, named {found.rate('typical named', 'typical'):.1f} %, "
        f"another idea {found.rate('typical misnamed', 'typical'):.1f} %"
    )
    yield (
        f"two ideas: {n['pair']}, both named {found.rate('pair with 2 named', 'pair'):.1f} %, "
        f"one {found.rate('pair with 1 named', 'pair'):.1f} %, a wrong one {found.rate('pair misnamed', 'pair'):.1f} %"
    )
    for part, words in ((HALF, "every second step blank"), (FINAL, "final gradients only")):
        fault, idea = f"{part}fault", f"{part}idea"
        yield (
            f"{words}: {n[fault]} faults on what is filled in, placed {found.rate(f'{fault} placed', fault):.1f} %; "
            f"{n[idea]} ideas, named {found.rate(f'{idea} named', idea):.1f} % "
            f"({found.rate(f'{idea} tied', idea):.1f} % in a tie), "
            f"a wrong one {found.rate(f'{idea} misnamed', idea):.1f} %"
        )
    yield f"sheets a second: right {found.speed('right'):.0f}, wrong {found.speed('wrong'):.0f}"
