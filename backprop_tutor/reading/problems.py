"""Problem files: YAML text to a ``Problem``, or to everything that is wrong with it."""

from __future__ import annotations

from typing import cast

from ..model.problem import Expected, Expressions, Finding, FunctionSpec, Given, Network, Problem, Rounding, Span
from ..model.question import Question
from ..model.vocabulary import Vocabulary
from . import expressions, networks
from .findings import Findings, TooManyFindings, clean_line, shown
from .lines import problem_from_lines
from .questions import read_questions
from .reader import Fields, Reader
from .specs import OPTIMIZERS, Kind, read_spec
from .tree import Entry, Items, Mapping, Node, Scalar
from .yaml_tree import read_tree

__all__ = ["problem_from_lines", "read_problem"]

COMMON = (
    "title",
    "statement",
    "source",
    "seed",
    "notation",
    "learning_rate",
    "optimizer",
    "rounding",
    "differentiate",
    "expected",
    "questions",
    "tags",
    "difficulty",
)
_TWO_KINDS = "\n  inputs: [1, 2]\n  layers: ...\nfor a network, or\n  inputs: {a: 2}\n  expressions: {b: a^2}"
_MOST_PLACES = 30
_LONGEST_NAME = 64
_DEFAULT_NOTATION = "slides"
LARGEST_SEED = 999_999_999


def read_problem(
    text: str, source: str, vocabulary: Vocabulary, id: str = ""
) -> tuple[Problem | None, tuple[Finding, ...]]:
    """The problem of a file's text and all findings in order of place; no problem if any is an error.

    ``source`` is the name of the file as findings show it.  Nothing in the text is evaluated, and nothing it
    contains raises.
    """
    findings = Findings()
    problem = None
    try:
        tree = read_tree(text, source, findings)
        if tree is not None:
            problem = _problem(Reader(vocabulary, findings), tree, text, id)
        elif not findings:
            findings.add("the file is empty", Span(source, 1, 1, 2), f"Start with, for example:{_TWO_KINDS}")
    except TooManyFindings:
        problem = None
    return (None if findings else problem), findings.in_order()


def _problem(reader: Reader, tree: Node, text: str, id: str) -> Problem | None:
    if not isinstance(tree, Mapping) or not tree.entries:
        if not (isinstance(tree, Scalar) and tree.refused):
            reader.add("a problem is a mapping of keys and values", tree.where, f"Start with, for example:{_TWO_KINDS}")
        return None
    where = tree.entries[0].key.where
    every = (*COMMON, *dict.fromkeys((*networks.KEYS, *expressions.KEYS, "graph")))
    present = {entry.key.text for entry in tree.entries}
    is_network, is_expressions = "layers" in present, "expressions" in present
    if "graph" in present:
        graph = next(entry for entry in tree.entries if entry.key.text == "graph")
        instead = "Write formulas: expressions: {a: x1*w1, y: a + x2}."
        reader.not_yet("'graph' (a graph without formulas)", graph.key.where, instead)
    if is_network != is_expressions:
        kind = networks.KEYS if is_network else expressions.KEYS
        every = (*COMMON, *kind, *(("graph",) if "graph" in present else ()))
    fields = reader.known(tree.entries, "a problem", every)
    is_network, is_expressions = "layers" in fields, "expressions" in fields
    body: Network | Expressions | None = None
    if is_network and is_expressions:
        message = "the problem has both 'layers' and 'expressions'"
        reader.add(message, fields["expressions"].key.where, "Keep one of the two: a network, or expressions.")
    elif is_network or "data" in fields:
        body = networks.read_network(reader, fields, where)
    elif is_expressions:
        body = expressions.read_expressions(reader, fields, where)
    elif "graph" not in fields:
        reader.add("the problem has neither 'layers' nor 'expressions'", where, f"Write, for example:{_TWO_KINDS}")
    common = _Common(reader, fields)
    known = None
    if isinstance(body, Expressions):
        known = [*(variable.name for variable in body.variables), *(line.name for line in body.lines)]
    return common.problem(id, body, known, text)


class _Common:
    """The keys that every kind of problem may have."""

    def __init__(self, reader: Reader, fields: Fields) -> None:
        self.reader, self.fields = reader, fields

    def problem(
        self, id: str, body: Network | Expressions | None, names: list[str] | None, text: str
    ) -> Problem | None:
        """The problem around a body; None when there is no body, after everything else was looked at."""
        read = Problem(
            id=id,
            body=cast(Network, body),
            title=clean_line(self.text("title")),
            statement=self.text("statement"),
            source=clean_line(self.text("source")),
            notation=self.notation(),
            learning_rate=self.learning_rate(),
            optimizer=self.optimizer(),
            rounding=self.rounding(),
            differentiate=expressions.known_names(self.reader, self.fields, "differentiate", names),
            expected=self.expected(names),
            questions=self.questions(),
            tags=self.texts("tags"),
            difficulty=clean_line(self.text("difficulty")),
            text=text,
            seed=self.seed(),
        )
        return None if body is None else read

    def node(self, key: str) -> Node | None:
        field = self.fields.get(key)
        return None if field is None else field.value

    def text(self, key: str) -> str:
        node = self.node(key)
        return "" if node is None else self.reader.text(node, key)

    def texts(self, key: str) -> tuple[str, ...]:
        node = self.node(key)
        return () if node is None else self.reader.texts(node, key)

    def notation(self) -> str:
        node = self.node("notation")
        found = None if node is None else self.reader.choice(node, "notation", self.reader.vocabulary.notations)
        return found or _DEFAULT_NOTATION

    def learning_rate(self) -> Given | None:
        node = self.node("learning_rate")
        rate = None if node is None else self.reader.given(node, "learning_rate", "1/10")
        if rate is not None and rate.number is not None and rate.number <= 0:
            self.reader.add(f"learning_rate is {rate.written}", rate.where, "Write a number greater than 0.")
        return rate

    def seed(self) -> int | None:
        node = self.node("seed")
        return None if node is None else self.reader.count(node, "seed", 0, LARGEST_SEED)

    def optimizer(self) -> FunctionSpec:
        node = self.node("optimizer")
        kind = Kind("optimizer", OPTIMIZERS, "{momentum: {beta: 0.9}}")
        found = None if node is None else read_spec(self.reader, node, kind)
        return found or FunctionSpec("sgd")

    def rounding(self) -> Rounding | None:
        node = self.node("rounding")
        if node is None:
            return None
        fields = self.reader.fields(node, "rounding", ("decimals", "digits"), "rounding: {decimals: 4}")
        if fields is None:
            return None
        if len(fields) != 1:
            self.reader.add("rounding is to decimals or to digits", node.where, "Keep one: rounding: {decimals: 4}.")
            return None
        decimals, digits = fields.get("decimals"), fields.get("digits")
        return Rounding(
            None if decimals is None else self.reader.count(decimals.value, "decimals", 0, _MOST_PLACES),
            None if digits is None else self.reader.count(digits.value, "digits", 1, _MOST_PLACES),
        )

    def expected(self, names: list[str] | None) -> tuple[Expected, ...]:
        node = self.node("expected")
        if node is None:
            return ()
        groups = node.items if isinstance(node, Items) else (node,)
        return tuple(expected for group in groups for expected in self.expected_group(group, names))

    def expected_group(self, node: Node, names: list[str] | None) -> list[Expected]:
        example = "expected: {source: page 4, values: {L: 0.298}}"
        entries = self.reader.entries(node, "expected", example) or ()
        keys = {entry.key.text: entry for entry in entries}
        source = clean_line(self.reader.text(keys["source"].value, "source")) if "source" in keys else ""
        if "values" in keys:
            self.reader.known(entries, "expected", ("source", "values"))
            entries = self.reader.entries(keys["values"].value, "the expected values", "{L: 0.298}") or ()
        else:
            entries = tuple(entry for entry in entries if entry.key.text != "source")
        read = [self.expected_value(entry, source, names) for entry in entries]
        return [expected for expected in read if expected is not None]

    def expected_value(self, entry: Entry, source: str, names: list[str] | None) -> Expected | None:
        name = entry.key.text
        if len(name) > _LONGEST_NAME or name != clean_line(name):
            self.reader.add(f"{shown(name)} is no name of a quantity", entry.key.where, "Write one such as dL/dw1_21.")
            return None
        value = self.reader.given(entry.value, f"the expected {shown(name)}", names=names)
        return None if value is None else Expected(name, value, source)

    def questions(self) -> tuple[Question, ...]:
        node = self.node("questions")
        return () if node is None else read_questions(self.reader, node)
