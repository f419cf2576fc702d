"""Worked steps of a quiz as lines: in full, or one line or two for each."""

from __future__ import annotations

from dataclasses import replace

from ..model.lesson import Block, Prose, Step
from ..model.quiz import Worked
from .lines import Line
from .telling import Telling


def worked_lines(part: Worked, telling: Telling, width: int) -> list[Line]:
    """All the steps, with a heading where another pass begins, and no sentence twice."""
    lines: list[Line] = []
    kind = None
    known: set[tuple[str, ...]] = set()
    for step in part.steps:
        if part.brief:
            lines.extend(telling.block(replace(step.equation, sources=()), width))
            continue
        if step.kind is not kind:
            kind = step.kind
            lines.extend(telling.section(kind, width))
        lines.extend([*telling.step(_without_known_prose(step, known), width), ()])
    return lines[:-1] if lines and not lines[-1] else lines


def _without_known_prose(step: Step, known: set[tuple[str, ...]]) -> Step:
    """The step without sentences that stood at an earlier one in the same words, about other quantities."""
    blocks: list[Block] = []
    for block in step.blocks:
        if isinstance(block, Prose):
            sentence = tuple(part for part in block.words if isinstance(part, str))
            if sentence in known:
                continue
            known.add(sentence)
        blocks.append(block)
    return replace(step, blocks=tuple(blocks))
