"""Saying a rule in full once: later steps that would repeat a long sentence point back to it."""

from __future__ import annotations

from dataclasses import replace

from ..model.formula import Formula
from ..model.lesson import Block, Prose, Step
from ..model.op import Words

LONG = 60
"""Characters from which on a sentence is not told twice."""


def briefly(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, with long sentences that differ only in their formulas told once and pointed back to.

    Only steps that are in the list are pointed to, so a choice of steps stays whole.
    """
    told: dict[tuple[str, ...], int] = {}
    return tuple(replace(step, blocks=tuple(_block(block, step, told) for block in step.blocks)) for step in steps)


def _block(block: Block, step: Step, told: dict[tuple[str, ...], int]) -> Block:
    if not isinstance(block, Prose):
        return block
    key = _template(block.words)
    if sum(map(len, key)) < LONG:
        return block
    first = told.setdefault(key, step.number)
    return block if first == step.number else Prose((f"As in step {first}.",))


def _template(words: Words) -> tuple[str, ...]:
    """The sentence without its formulas."""
    return tuple("" if isinstance(part, Formula) else part for part in words)
