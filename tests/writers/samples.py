"""Graphs and lessons made by hand, for the tests of the writers: no engine, no reader, no operation of the package."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from backprop_tutor.lessons.notation import load_notation
from backprop_tutor.model.formula import Call, Derivative, Formula, Name, Number, formula, total
from backprop_tutor.model.graph import Graph, Label, Layer, Node, Role, Value
from backprop_tutor.model.lesson import Aside, Diagram, Equation, Figure, Lesson, Prose, Step, StepKind, Table
from backprop_tutor.model.op import Inputs, Op
from backprop_tutor.model.problem import FunctionSpec, Given, Network, Problem


@dataclass(frozen=True)
class Written(Op):
    """An operation that is one formula of its inputs; never computed."""

    name = "written"
    title = "Written"
    trees: tuple[Formula, ...] = ()

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return self.trees

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        raise NotImplementedError

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        raise NotImplementedError


def figure(value: float) -> Figure:
    shown = f"{value:.7g}"
    return Figure(shown, f"{value:.17g}", float(shown) != value)


def given(written: str) -> Given:
    return Given(Number(Fraction(written), written), written)


def problem(title: str = "A sample", statement: str = "Find every gradient.", source: str = "made by hand") -> Problem:
    body = Network((), (), (), FunctionSpec("half_squared_error"))
    return Problem("sample", body, title=title, statement=statement, source=source)


def network(sizes: Sequence[int], *, folded: bool = False, seed: int = 1, activation: str = "sigmoid") -> Lesson:
    """A network of random weights with two decimals and half squared error, and its lesson."""
    random = Random(seed)
    values: dict[str, Value] = {}
    numbers: dict[str, float] = {}

    def add(name: str, label: Label, number: float, written: str | None = None) -> str:
        values[name] = Value(name, label, given(written) if written else None)
        numbers[name] = number
        return name

    def chosen(name: str, label: Label) -> str:
        written = f"{random.randint(-99, 99) / 100:.2f}"
        return add(name, label, float(written), written)

    sources = [chosen(f"x{i}", Label(Role.INPUT, 0, (i,))) for i in range(1, sizes[0] + 1)]
    nodes: list[Node] = []
    layers: list[Layer] = []
    for index, size in enumerate(sizes[1:], 1):
        last = index == len(sizes) - 1
        if folded:
            constant = add("x0" if index == 1 else f"a{index - 1}_0", Label(Role.CONSTANT, index - 1, (0,)), 1.0, "1")
            sources = [constant, *sources]
        numbered = list(enumerate(sources, 0 if folded else 1))
        rows = [
            tuple(chosen(f"w{index}_{j}{i}", Label(Role.WEIGHT, index, (j, i))) for i, _ in numbered)
            for j in range(1, size + 1)
        ]
        biases = [] if folded else [chosen(f"b{index}_{j}", Label(Role.BIAS, index, (j,))) for j in range(1, size + 1)]
        sums, outputs = [], []
        for j, row in enumerate(rows, 1):
            z = sum(numbers[w] * numbers[s] for w, s in zip(row, sources, strict=True))
            z += numbers[biases[j - 1]] if biases else 0.0
            inputs = (*row, *sources, *biases[j - 1 : j])
            tree = total(tuple(Name(w) * Name(s) for w, s in zip(row, sources, strict=True)))
            name = add(f"z{index}_{j}", Label(Role.PREACTIVATION, index, (j,)), z)
            nodes.append(Node(Written((tree,)), inputs, (name,)))
            output = f"a{index}_{j}"
            label = Label(Role.ACTIVATION, index, (j,))
            if last:
                output = "yhat" if size == 1 else f"yhat{j}"
                label = Label(Role.OUTPUT, index, (j,) if size > 1 else ())
            add(output, label, 1 / (1 + math.exp(-z)))
            nodes.append(Node(Written((Call("sigmoid", (Name(name),)),)), (name,), (output,)))
            sums.append(name)
            outputs.append(output)
        titles = (activation,) * size
        column = 0 if folded else None
        layers.append(
            Layer(index, tuple(rows), tuple(biases), tuple(sources), tuple(sums), tuple(outputs), titles, column)
        )
        sources = outputs
    targets = []
    for k in range(1, sizes[-1] + 1):
        name = "y" if sizes[-1] == 1 else f"y{k}"
        targets.append(add(name, Label(Role.TARGET, len(layers), (k,) if sizes[-1] > 1 else ()), 1.0, "1"))
    add("L", Label(Role.LOSS), 0.5 * sum((numbers[o] - 1) ** 2 for o in sources))
    nodes.append(Node(Written((Name("L"),)), (*sources, *targets), ("L",)))
    gradients = _backward(layers, numbers)
    parameters = tuple(name for layer in layers for row in layer.weights for name in row)
    parameters += tuple(name for layer in layers for name in layer.biases)
    graph = Graph(values, tuple(nodes), "L", tuple(sources), parameters, layers=tuple(layers))
    figures = {name: figure(number) for name, number in numbers.items()}
    for name, value in values.items():
        if value.given:
            figures[name] = Figure(value.given.written, value.given.written)
    figures |= {f"dL/d{name}": figure(number) for name, number in gradients.items()}
    lesson = Lesson(problem(), graph, load_notation("slides"), (), figures)
    return replace(lesson, steps=(_weight_step(lesson, 1), *_forward_steps(lesson)))


def _backward(layers: Sequence[Layer], numbers: dict[str, float]) -> dict[str, float]:
    """Gradients of half squared error with targets of 1 through sigmoids."""
    gradients = {name: numbers[name] - 1 for name in layers[-1].activations}
    for layer in reversed(layers):
        for source in layer.sources:
            gradients[source] = 0.0
        for j, (z, a) in enumerate(zip(layer.preactivations, layer.activations, strict=True)):
            gradients[z] = gradients[a] * numbers[a] * (1 - numbers[a])
            for weight, source in zip(layer.weights[j], layer.sources, strict=True):
                gradients[weight] = gradients[z] * numbers[source]
                gradients[source] += gradients[z] * numbers[weight]
            if layer.biases:
                gradients[layer.biases[j]] = gradients[z]
    return gradients


def _forward_steps(lesson: Lesson) -> tuple[Step, ...]:
    layer = lesson.graph.layers[0]
    steps = []
    for j, name in enumerate(layer.preactivations):
        terms = tuple(Name(w) * Name(s) for w, s in zip(layer.weights[j], layer.sources, strict=True))
        tree = total((*terms, *(Name(bias) for bias in layer.biases[j : j + 1])))
        equation = Equation(Name(name), (tree,), tree, None, lesson.figures[name])
        why: tuple[str | Formula, ...] = ("Multiply each input by the weight on its edge, add up, and add the bias.",)
        title = ("the weighted sum into unit ", str(j + 1))
        steps.append(
            Step(f"forward/{name}", j + 2, StepKind.FORWARD, name, Name(name), title, "Weighted sum",
                 (Prose(why), equation), equation, lesson.figures[name], None)
        )  # fmt: skip
    return tuple(steps)


def _weight_step(lesson: Lesson, number: int) -> Step:
    layer = lesson.graph.layers[0]
    weight, source, z = layer.weights[0][0], layer.sources[0], layer.preactivations[0]
    slope = Derivative("L", z)
    quantity = Derivative("L", weight)
    tree = slope * Name(source)
    equation = Equation(
        quantity, (slope * Derivative(z, weight, local=True), tree), tree, None, lesson.figures[f"dL/d{weight}"],
        (f"forward/{z}",),
    )  # fmt: skip
    blocks = (
        Prose((Name(z), " = ", Name(weight) * Name(source) + Name("L"), ", so its slope in ", Name(weight),
               " is the input that it multiplies: ", Name(source), ".")),
        equation,
        Aside("pitfall", ("The slope is the ", "input", ", not the weight.")),
        Aside("convention", ("The old weights are used in the whole backward pass.",)),
        Aside("check", ("The number agrees with central differences.",)),
    )  # fmt: skip
    title = ("the weight from ", Name(source), " into hidden unit 1")
    return Step(f"backward/dL/d{weight}", number, StepKind.BACKWARD, f"dL/d{weight}", quantity, title, "Chain rule",
                blocks, equation, equation.figure, None, (f"forward/{z}",))  # fmt: skip


def expressions() -> Lesson:
    """v = c·(a − b)² with a = (w + x + y)² and b = (x − y − z)²: shared inputs and six nodes."""
    numbers = {"c": 2.0, "w": 1.0, "x": -1.0, "y": 3.0, "z": 2.0}
    trees: dict[str, Formula] = {
        "p": Name("w") + Name("x") + Name("y"),
        "a": Name("p") ** 2,
        "q": Name("x") - Name("y") - Name("z"),
        "b": Name("q") ** 2,
        "d": Name("a") - Name("b"),
        "v": Name("c") * Name("d") ** 2,
    }
    inputs = {"p": "wxy", "a": "p", "q": "xyz", "b": "q", "d": "ab", "v": "cd"}
    computed = {"p": 3.0, "a": 9.0, "q": -6.0, "b": 36.0, "d": -27.0, "v": 1458.0}
    values = {n: Value(n, Label(Role.VARIABLE, own=n), given(f"{v:g}")) for n, v in numbers.items()}
    values |= {n: Value(n, Label(Role.VARIABLE, own=n)) for n in trees}
    nodes = tuple(Node(Written((tree,)), tuple(inputs[n]), (n,)) for n, tree in trees.items())
    gradients = {"v": 1, "c": 729, "d": -108, "a": -108, "b": 108, "p": -648, "q": -1296, "w": -648,
                 "x": -1944, "y": 648, "z": 1296}  # fmt: skip
    figures = {name: figure(number) for name, number in (numbers | computed).items()}
    figures |= {f"dv/d{name}": figure(float(number)) for name, number in gradients.items()}
    graph = Graph(values, nodes, "v", ("v",), tuple(numbers))
    return Lesson(problem("Chain rule warm-up"), graph, load_notation("slides"), (), figures)


def wide_expression() -> Lesson:
    """An expression graph with one formula far wider than any terminal."""
    lesson = expressions()
    tree = total(tuple(Name("w") * Name("x") ** formula(power) for power in range(2, 30)))
    node = Node(Written((tree,)), ("w", "x"), ("long",))
    values = dict(lesson.graph.values) | {"long": Value("long", Label(Role.VARIABLE, own="long"))}
    graph = replace(lesson.graph, values=values, nodes=(node, *lesson.graph.nodes))
    return replace(lesson, graph=graph, figures={**lesson.figures, "long": figure(1 / 3)})


def with_closing(lesson: Lesson) -> Lesson:
    """The lesson with a table of all gradients and the picture behind the steps."""
    rows = tuple(
        ((Name(name),), (lesson.figures[name].shown,), (lesson.figures[f"dL/d{name}"].shown,))
        for name in lesson.graph.parameters
    )
    table = Table((("parameter",), ("value",), ("gradient ", Derivative("L", "w"))), rows)
    convention = Aside("convention", ("The loss is half the squared error.",))
    return replace(lesson, opening=(convention,), closing=(table, Diagram(lesson.graph)))
