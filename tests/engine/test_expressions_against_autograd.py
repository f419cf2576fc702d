"""Random lines of formulas with shared parts and vectors, against NumPy and the autograd package."""

from __future__ import annotations

import json
from random import Random

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from reference.comparison import assert_same, floats
from reference.expressions import BINARY, KINKED, UNARY, Lines, Values, random_lines
from support import from_text

from backprop_tutor.engine.solve import solve
from backprop_tutor.lessons.teach import teach
from backprop_tutor.writers.json_text import write

PROBLEMS = 120
IN_A_BATCH = 10


def reference(made: Lines) -> tuple[dict[str, float], dict[str, float]]:
    """Values and gradients by plain name: inputs and lines, vectors element by element."""
    inputs = made.start()
    zeros: Values = {
        name: np.zeros(made.vectors[name]) if name in made.vectors else np.zeros(()) for name in made.lines
    }

    def output(inputs: Values, added: Values) -> anp.ndarray:
        return made.forward(inputs, added)["out"]

    found = made.forward(inputs, zeros)
    slopes = {**grad(output, 0)(inputs, zeros), **grad(output, 1)(inputs, zeros)}
    for name in made.without_a_path():
        # A line that nothing uses is no step of the way back.
        slopes.pop(name)
    values: dict[str, float] = {}
    gradients: dict[str, float] = {}
    for target, numbers in ((values, found), (gradients, slopes)):
        for name, number in numbers.items():
            target.update(zip(made.plain_names(name), map(float, np.ravel(number)), strict=True))
    return values, gradients


def is_smooth_here(made: Lines) -> bool:
    """Whether moving the inputs a little leaves every gradient nearly what it was: no kink is near."""
    if not any(word in text for text, _ in made.lines.values() for word in KINKED):
        return True
    _, here = reference(made)
    moved = Lines(dict(made.inputs), made.lines, made.vectors)
    for sign in (1, -1):
        for name, text in made.inputs.items():
            texts = text if isinstance(text, list) else [text]
            shifted = [repr(float(t) + sign * 1e-7 * (k + 1)) for k, t in enumerate(texts)]
            moved.inputs[name] = shifted if isinstance(text, list) else shifted[0]
        _, there = reference(moved)
        if any(abs(here[name] - there[name]) > 1e-3 * (1 + abs(here[name])) for name in here):
            return False
    return True


def problem_of(seed: int) -> tuple[Lines, str]:
    random = Random(f"lines {seed}")
    while True:
        made = random_lines(random)
        text = made.as_yaml(random)
        if is_smooth_here(made) and np.isfinite(list(reference(made)[0].values())).all():
            return made, text


@pytest.mark.parametrize("batch", range(PROBLEMS // IN_A_BATCH))
def test_expressions(batch: int) -> None:
    for seed in range(batch * IN_A_BATCH, (batch + 1) * IN_A_BATCH):
        made, text = problem_of(seed)
        values, gradients = reference(made)
        try:
            (solution,) = solve(from_text(text))
            assert_same(floats(solution.trace.values), values, "the value of")
            assert_same(floats(solution.trace.gradients), gradients, "the gradient of")
            if seed % 20 == 0:
                printed = json.loads(write(teach((solution,))))
                assert_same(printed["values"], values, "in JSON, the value of")
                assert_same(printed["gradients"], gradients, "in JSON, the gradient of")
        except Exception as error:
            error.add_note(f"lines {seed}:\n{text}")
            raise


def test_the_random_lines_cover_the_functions() -> None:
    texts = [text for seed in range(PROBLEMS) for _, (text, _) in problem_of(seed)[0].lines.items()]
    for template, _ in (*UNARY, *BINARY):
        word = max(template.replace("{}", " ").split("(")[0].split(" ")[0], "(", key=len)
        assert any(word in text for text in texts), template
    assert any("dot(" in text for text in texts)
    assert any("sum(" in text for text in texts)
