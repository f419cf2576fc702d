"""In a test, an answer is read as it is marked later, and nothing else is found out about it."""

from __future__ import annotations

import pytest
from learner import hold, tutor

from backprop_tutor.marking.attribution import Attributor
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.quiz import Caret

LINES = [
    ("z1_1", "0.24"),
    ("z1_1", "0.5*0.2 + 0.4*0.1 + b1_1"),
    ("z1_1", "a1_1/z2_1"),
    ("z1_1", "1/0"),
    ("z1_1", "0.2.4"),
    ("z1_1", "[0.24, 0.42]"),
    ("z1", "[0.24, 0.42]"),
    ("z1", "[0.24, 0,42, 1]"),
    ("z1", "[0.24, 1/(]"),
    ("a1_1", "sigmoid(z1_1)"),
    ("dL/dW1", "[[-0.0173913, -0.00347825], [-0.0253307, -0.00506615]]"),
    ("dL/dW1", "[[-0.0173913, -0.0253307], [-0.00347825, -0.00506615]]"),
    ("dL/dW1", "[[1, 2], [3, 4]]"),
    ("dL/dW1", "[[1, 2], [3, ]]"),
    ("dL/dW1", "[[1, 2], [3, 1/(]]"),
    ("dL/dW1", "[1, 2, 3]"),
    ("dL/dW2", "[[-0.131667], [-0.141963]]"),
    ("new_W1", "[[0.2, 0.4], [0.3, 0.7]]"),
]


@pytest.mark.parametrize(("name", "given"), LINES)
def test_an_answer_is_read_as_it_is_marked(name: str, given: str) -> None:
    examiner = tutor("slides-example-3", mode="test", questions=False).venues[0].examiner
    judged = examiner.judge(name, given)
    read = examiner.read(name, given)
    assert read is not None
    assert any(answer.trouble for answer in read.values()) == (judged.verdict is Verdict.UNREADABLE)
    marked = {entry.name: entry.given for entry in judged.entries if entry.given is not None}
    assert {name: (a.written, a.trouble, a.repair, a.place) for name, a in read.items()} == {
        name: (a.written, a.trouble, a.repair, a.place) for name, a in marked.items()
    }


def test_no_idea_is_looked_for_before_the_test_is_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    attribute = Attributor.attribute
    monkeypatch.setattr(Attributor, "attribute", lambda self: looked.append(self) or attribute(self))
    teacher = tutor("slides-example-3", mode="test", questions=False)
    lines = ["0.25", "new_W1 = [[0.5, 0.6], [0.7, 0.8]]", "z1 = [0.5, 1/(]", "z1_2 = 0.3*0.5 + 1"]
    sitting = hold(teacher, lines)
    assert not looked
    assert [record.given for record in sitting.records] == ["0.25", "0.5", "0.6", "0.7", "0.8", "0.3*0.5 + 1"]
    assert any(isinstance(part, Caret) for part in sitting.said)
