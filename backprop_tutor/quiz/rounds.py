"""The rounds of a worked example: first all of it is shown, then more and more of it is left to the learner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..lessons.quantities import with_needs
from ..model.lesson import Step, StepKind
from ..model.quiz import Item, ItemKind

MOST_ROUNDS = 6
"""Nobody sits through more: of many stages, later rounds leave out several at once."""
MOST_AT_ONCE = 6
"""Steps of the worked example that are shown before the learner presses Enter."""
MOST_ALIKE = 2
"""So many steps of one stage are asked before the last round, unless others of it are needed on the way."""

Stage = tuple[Step, ...]
"""Steps of one kind that follow each other: what a learner takes as one step of the work."""


def stages(steps: Sequence[Step], kinds: Mapping[str, str]) -> list[Stage]:
    """Steps of one kind (by plain name in ``kinds``) that follow each other, together."""
    found: list[list[Step]] = []
    for step in steps:
        if found and kinds[found[-1][0].name] == kinds[step.name] and found[-1][0].kind is step.kind:
            found[-1].append(step)
        else:
            found.append([step])
    return [tuple(stage) for stage in found]


def fading(parts: Sequence[Stage]) -> list[list[Stage]]:
    """The stages that each round leaves to the learner: the last one, one more, and in the end all of them.

    Of many, each round leaves out a part more than the one before, and the first ones still begin with single stages.
    """
    count, rounds = len(parts), min(len(parts), MOST_ROUNDS)
    sizes: list[int] = []
    for number in range(rounds):
        grown = round(count ** (number / (rounds - 1))) if rounds > 1 else count
        sizes.append(max(grown, sizes[-1] + 1 if sizes else 1))
    return [list(parts[count - size :]) for size in sizes]


def _screens(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The names in equal parts, none longer than may be shown at once."""
    parts = -(-len(names) // MOST_AT_ONCE)
    return [tuple(names[len(names) * i // parts : len(names) * (i + 1) // parts]) for i in range(parts)]


def asked_of(left: Sequence[Stage], *, everything: bool) -> tuple[Step, ...]:
    """What a round asks of the stages that it leaves out: of many steps that are alike, the first and the last.

    Whatever these need on the way is asked, too: shown with its numbers, it would give other answers away.
    """
    steps = tuple(step for stage in left for step in stage)
    if everything:
        return steps
    names = [step.name for stage in left for step in (stage if len(stage) <= MOST_ALIKE else (stage[0], stage[-1]))]
    return with_needs(steps, names)


def left_between(agenda: Sequence[Item], number: int) -> tuple[str, ...]:
    """The names of the steps that a round neither shows nor asks: they lie between steps that are like them."""
    mine = {name for item in agenda if item.round == number and not item.is_again for name in item.steps}
    chosen = (name for item in agenda if item.kind is ItemKind.WORKED and not item.round for name in item.steps)
    return tuple(name for name in chosen if name not in mine)


def rounds(steps: Sequence[Step], kinds: Mapping[str, str], stand: Collection[str] = ()) -> tuple[Item, ...]:
    """First everything is shown, part by part; then the last stage is left out, then more in every round.

    Those that ``stand`` in the problem as they are, by name, are never left out.
    """
    items: list[Item] = []
    for kind in StepKind:
        for number, names in enumerate(_screens([step.name for step in steps if step.kind is kind])):
            items.append(Item(f"worked:0:{kind.value}:{number}", ItemKind.WORKED, kind.value, names))
    left_out = fading(stages([step for step in steps if step.name not in stand], kinds))
    for number, left in enumerate(left_out, start=1):
        mine = {step.name for stage in left for step in stage}
        shown = tuple(step.name for step in steps if step.name not in mine)
        items.append(Item(f"worked:{number}", ItemKind.WORKED, f"{number}/{len(left_out)}", shown, round=number))
        items += [
            Item(f"step:{step.name}:{number}", ItemKind.STEP, step.name, (step.name,), kinds[step.name], round=number)
            for step in asked_of(left, everything=number == len(left_out))
        ]
    return tuple(items)
