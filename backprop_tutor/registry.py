"""A file in the folder is a registration: nothing else has to be told that it exists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import TypeVar

T = TypeVar("T")


@cache
def page_names(package: str) -> tuple[str, ...]:
    """The names of the pages of a package, in alphabetical order; a file that starts with ``_`` is no page."""
    folder = import_module(package)
    return tuple(sorted(found.name for found in iter_modules(folder.__path__) if not found.name.startswith("_")))


def find(package: str, name: str, base: type[T]) -> type[T]:
    """The class on the page of this name; only its file is imported.

    Raises LookupError for a name that is no page (nothing else is ever imported), TypeError for a page that
    does not define exactly one public concrete subclass of ``base``.
    """
    if name not in page_names(package):
        raise LookupError(f"there is no page {name!r} in {package}")
    page = _only_class(import_module(f"{package}.{name}"), base)
    page.name = name  # type: ignore[attr-defined]
    return page


def discover(package: str, base: type[T]) -> Mapping[str, type[T]]:
    """Every page of a package by its file's name, read-only.  Raises TypeError as ``find`` does."""
    return MappingProxyType({name: find(package, name, base) for name in page_names(package)})


def _only_class(module: ModuleType, base: type[T]) -> type[T]:
    found = [
        value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, base)
        and value.__module__ == module.__name__
        and not name.startswith("_")
        and not isabstract(value)
    ]
    if len(found) != 1:
        names = ", ".join(value.__name__ for value in found) or "none"
        raise TypeError(f"{module.__name__} must define exactly one concrete {base.__name__}; it defines: {names}")
    return found[0]
