"""What the YAML parser complains about, in an author's words and with a repair."""

from __future__ import annotations

from .findings import clean_line

_QUOTE = 'If it is part of a formula or of text, quote it: "...".'
_SAME_INDENT = f"Line it up with its neighbours. {_QUOTE}"

_SAYINGS = (
    # (part of the parser's problem or context, what to say, how to repair it, whether the context's place is better)
    # Newer parsers have a limit of their own.
    ("nesting depth", "lists and mappings are nested too deeply", "Close some brackets.", False),
    ("expected ',' or ']'", "the bracket [ that opens here is not closed, or a comma is missing", _QUOTE, True),
    ("expected ',' or '}'", "the brace { that opens here is not closed, or a comma is missing", _QUOTE, True),
    ("could not find expected ':'", "this line has no colon after its key", "Write key: value, with a space.", True),
    ("unexpected end of stream", "the quotes that open here are not closed", "Add the closing quote.", True),
    ("unknown escape", "this backslash stands in double quotes, where it has a meaning", "Use single quotes.", False),
    ("expected the node content", "this bracket closes nothing", _QUOTE, False),
    ("expected node content", "this bracket closes nothing", _QUOTE, False),
    ("sequence entries are not allowed", "a list entry '- ' cannot start here", _QUOTE, False),
    ("anchor", "'&' starts an anchor in YAML", _QUOTE, True),
    ("alias", "'*' starts an alias in YAML", _QUOTE, True),
    ("tag", "'!' starts a tag in YAML", _QUOTE, True),
    ("directive", "'%' starts a directive in YAML", _QUOTE, False),
    ("block scalar", "after '|' or '>' the text starts on the next line", _QUOTE, False),
    ("expected <document start>", "something stands here after the end of the problem", _SAME_INDENT, False),
)


def explain(error: Exception, lines: list[str]) -> tuple[str, str, int, int]:
    """Message, repair, and the place (line and column from 0, inside the text) of a YAML error."""
    context, problem = (str(getattr(error, name, None) or "") for name in ("context", "problem"))
    mark, context_mark = (getattr(error, name, None) for name in ("problem_mark", "context_mark"))
    place = _inside(mark or context_mark, lines)
    before = lines[place[0]][: place[1]]
    if "cannot start any token" in problem:
        return *_strange_character(lines[place[0]][place[1] :]), *place
    if "mapping values are not allowed" in problem:
        return *_unexpected_colon(before), *place
    if before.rstrip().endswith(("]", "}", '"', "'")) and "expected" in problem:
        return "the value goes on after its closing bracket or quote", _QUOTE, *place
    for part, message, repair, use_context in _SAYINGS:
        if part in problem or part in context:
            return message, repair, *_inside((use_context and context_mark) or mark or context_mark, lines)
    if "expected key" in problem or "expected '-' indicator" in problem or "expected <block end>" in problem:
        return "this line is indented differently from its neighbours", _SAME_INDENT, *place
    said = clean_line(problem)[:100] or "the text breaks off"
    return f"this is not valid YAML: {said}", _QUOTE, *place


def _strange_character(rest: str) -> tuple[str, str]:
    if rest.startswith("\t"):
        return "a tab cannot indent a line in YAML", "Use spaces."
    return f"'{clean_line(rest[:1])}' has a meaning of its own in YAML and cannot start a value", _QUOTE


def _unexpected_colon(before: str) -> tuple[str, str]:
    if ": " in before:
        return "a second colon stands in this value", 'Quote text that contains ": ", as in title: "Part 1: warm-up".'
    return "this key does not fit the line before it", "Line it up with its neighbours, or finish the line before it."


def _inside(mark: object, lines: list[str]) -> tuple[int, int]:
    """The mark's place; the parser may notice something on a line past the last one."""
    line, column = int(getattr(mark, "line", 0)), int(getattr(mark, "column", 0))
    return (line, column) if line < len(lines) else (len(lines) - 1, len(lines[-1]))
