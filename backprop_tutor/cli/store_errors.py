"""What a database, or its place, says when it cannot be used, in words."""

from __future__ import annotations

import os
from pathlib import Path

from .files import shown_path

_DAMAGE = {"SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_FORMAT"}
"""SQLITE_ERROR: the file says that it is ours, and has not our tables."""
_REASONS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the file is read-only",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_BUSY": "another program has been writing to it for a long time",
    "SQLITE_PERM": "the file may not be opened",
    "SQLITE_IOERR": "the disk cannot be read or written",
    "SQLITE_AUTH": "the file may not be opened",
}


def _primary(error: Exception) -> str:
    """The kind of a database error, without what stands behind it: ``SQLITE_IOERR`` of ``SQLITE_IOERR_WRITE``."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return "_".join(name.split("_")[:2])


def is_damage(error: Exception) -> bool:
    """Whether the error says that the file itself is damaged."""
    return _primary(error) in _DAMAGE


def is_passing(error: Exception) -> bool:
    """Whether it may be different in a moment: somebody is writing, or has deleted the file since it was opened."""
    return _primary(error) == "SQLITE_BUSY" or getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_DBMOVED"


def reason(error: Exception) -> str:
    """Why the database cannot be used, as the end of a sentence."""
    return _REASONS.get(_primary(error), str(error))


def obstacle(path: Path) -> str:
    """Why a file could not be written, as the end of a sentence; empty where nothing is seen that stands in the way."""
    try:
        if path.exists() and not os.access(path, os.W_OK):
            return "the file is read-only"
        folder = path.absolute().parent
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        if not folder.is_dir():
            return f"{shown_path(folder)} is no folder"
        return "" if os.access(folder, os.W_OK | os.X_OK) else f"nothing may be written in {shown_path(folder)}"
    except OSError as error:
        return str(error.strerror or error)
