"""A file in the folder is a registration, and a file that is no page is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from backprop_tutor import ops
from backprop_tutor.model.op import Op
from backprop_tutor.registry import discover, find

Relu = ops.operation("relu")

PAGE = """
from backprop_tutor.model.op import Op
from {source} import {base}

class {name}({base}):
    pass
"""


def package(folder: Path, name: str, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of these pages that can be imported."""
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text("")
    for page, text in pages.items():
        (folder / name / f"{page}.py").write_text(text)
    monkeypatch.syspath_prepend(str(folder))
    return name


def test_a_file_is_a_registration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGE.format(source="backprop_tutor.ops.relu", base="Relu", name="Mine")
    made = package(tmp_path, "pages_found", {"mine": page, "also": page, "_helper": "x = 1"}, monkeypatch)
    found = discover(made, Op)  # type: ignore[type-abstract]
    assert list(found) == ["also", "mine"]
    assert [(name, page.name) for name, page in found.items()] == [("also", "also"), ("mine", "mine")]
    assert Relu.name == "relu"
    with pytest.raises(TypeError):
        found["third"] = Relu  # type: ignore[index]
    with pytest.raises(LookupError):
        find(made, "_helper", Op)  # type: ignore[type-abstract]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("empty", "x = 1\n"),
        ("only_imported", "from backprop_tutor.ops.relu import Relu\n"),
        ("abstract", PAGE.format(source="backprop_tutor.model.op", base="Op", name="Unfinished")),
        ("private", PAGE.format(source="backprop_tutor.ops.relu", base="Relu", name="_Hidden")),
        ("two", PAGE.format(source="backprop_tutor.ops.relu", base="Relu", name="One") + "class Two(Relu): pass\n"),
    ],
)
def test_a_page_without_one_operation_is_refused(
    kind: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = package(tmp_path, f"pages_{kind}", {"page": text}, monkeypatch)
    with pytest.raises(TypeError, match="exactly one"):
        discover(made, Op)  # type: ignore[type-abstract]
