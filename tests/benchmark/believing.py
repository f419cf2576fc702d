"""Learners with one wrong idea in quizzes of every bundled problem: how soon the tutor names the idea."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from processes import PROJECT

sys.path += [str(PROJECT / "tests"), str(PROJECT / "tests" / "quiz")]

from learner import tutor
from learners import Believer, Said, believed, believers, rivals
from support import BUNDLED, lesson

FIRST, ALONE = 100.0, 95.0
"""Percent of the learners whose idea is among those named at once, and alone within two wrong answers."""
AS_A_CONVENTION = "M25"
"""One number by transposed weights is right under another convention, and called so: there is nothing to be named."""
TYPICAL = "op"
"""Typical slopes of one operation have no id of their own in the catalogue: they are counted apart."""


@dataclass
class Heard:
    """What came of the quizzes of one problem."""

    counts: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def in_problem(family: str) -> Iterator[tuple[str, Heard]]:
    """Every learner with one idea, in each bundled problem that is in numbers and has this in its name."""
    for name in sorted(BUNDLED):
        if family in name and all(step.figure is not None for step in lesson(name).steps):
            yield name, _heard(name)


def _heard(name: str) -> Heard:
    teacher = tutor(name, questions=False)
    steps = [item.name for item in teacher.begin().agenda]
    found = Heard()
    try:
        everyone = tuple(believers(name, steps))
    except ArithmeticError:
        # Nothing can be worked by hand where the logarithm of 0 stands.
        return found
    for believer in everyone:
        said = believed(teacher, believer)
        _count(found, believer, said, bool(rivals(believer, everyone)))
    return found


def _count(found: Heard, believer: Believer, heard: list[Said], has_rivals: bool) -> None:
    own = believer.rule.id
    kind = "typical " if own == TYPICAL else "convention " if own == AS_A_CONVENTION else ""
    first = own in heard[0].ideas
    alone = any(said.ideas == (own,) for said in heard)
    wrongly = any(len(said.ideas) == 1 and said.ideas != (own,) for said in heard)
    can_be_told = len(believer.wrong) > 1 and not has_rivals
    found.counts += Counter(
        {
            f"{kind}all": 1,
            f"{kind}first": first,
            f"{kind}told": can_be_told,
            f"{kind}alone": can_be_told and alone,
            f"{kind}twins": len(believer.wrong) > 1 and has_rivals,
            f"{kind}wrongly": wrongly,
        }
    )
    if wrongly or not first or (can_be_told and not alone):
        lines = "; ".join(f"{said.item.name} = {said.typed}: {'/'.join(said.ideas) or '-'}" for said in heard)
        found.missed.append(f"{believer.label}: {lines}")


def table(rows: Iterable[tuple[str, Heard]], missed: int) -> Iterator[str]:
    """A row for each problem, the targets, and so many of those that were missed."""
    total = Heard()
    words = ("all", "first", "told", "alone", "twins", "wrongly")
    yield f"{'problem':24}{'learners':>9}{'at once':>9}{'two steps':>10}{'alone':>7}{'twins':>7}{'wrongly':>9}"
    for name, heard in rows:
        n = heard.counts
        cells = "".join(f"{n[word]:{width}}" for word, width in zip(words, (9, 9, 10, 7, 7, 9), strict=True))
        yield f"{name:24}{cells}"
        total.counts += n
        total.missed += heard.missed
    yield from _targets(total.counts)
    yield from total.missed[:missed]


def _targets(n: Counter[str]) -> Iterator[str]:
    def rate(part: str, whole: str) -> float:
        return 100 * n[part] / n[whole] if n[whole] else 100.0

    gates = (
        ("the idea among those named at once", rate("first", "all"), FIRST, n["all"]),
        ("named alone within two wrong answers", rate("alone", "told"), ALONE, n["told"]),
    )
    for what, found, target, whole in gates:
        met = "met   " if found >= target else "MISSED"
        yield f"{what:40} {found:6.2f} % of {whole}  (target: at least {target:.0f} %)  {met}"
    met = "met   " if not n["wrongly"] else "MISSED"
    yield f"{'another idea named alone':40} {rate('wrongly', 'all'):6.2f} % of {n['all']}  (target: none)  {met}"
    yield f"not to be told apart at two steps, for another idea gives the same numbers: {n['twins']}"
    yield (
        f"typical slopes of one operation: {n['typical all']}, named at once {n['typical first']}, another idea named "
        f"alone {n['typical wrongly']}; transposed weights, called another convention: {n['convention all']}"
    )
