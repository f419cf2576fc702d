"""What can be counted in a graph: weights, biases, parameters, units, and paths."""

from __future__ import annotations

from ..model.graph import Graph


def weights(graph: Graph) -> int:
    """The weights of a network, shared ones at every place; a folded bias is none."""
    return sum(len(layer.weights) * _sources(graph, i) for i, layer in enumerate(graph.layers))


def biases(graph: Graph) -> int:
    """The biases of a network, folded in or not, shared ones at every unit."""
    return sum(
        len(layer.biases) if layer.bias_column is None else len(layer.weights) + len(layer.biases)
        for layer in graph.layers
    )


def parameters(graph: Graph) -> int:
    """The numbers that are learned: weights and biases, a shared one once."""
    return len({name for layer in graph.layers for row in (*layer.weights, layer.biases) for name in row})


def units(graph: Graph) -> int:
    """The units that compute something: hidden and output units."""
    return sum(len(layer.preactivations) for layer in graph.layers)


def paths(graph: Graph) -> int:
    """The paths from an input to an output of a network (the constant unit is no input), or to the objective.

    In a network they follow the weights from unit to unit: the product of the layers' sizes.
    """
    if graph.layers:
        sources = [_sources(graph, position) for position in range(len(graph.layers))]
        product = len(graph.layers[-1].preactivations)
        for count in sources:
            product *= count
        return product
    computed = {name for node in graph.nodes for name in node.outputs}
    starts = (name for name in graph.values if name not in computed and name not in graph.constants)
    ways = _ways(graph)
    return sum(ways.get(name, 0) for name in starts)


def paths_from(name: str, graph: Graph) -> int:
    """The paths from one quantity to the outputs of a network, or to the objective; 0 where none leads there.

    From a weight, a bias or a sum they go on from the unit that it belongs to.
    """
    if not graph.layers:
        return _ways(graph).get(name, 0)
    found = 1 if name in graph.outputs else 0
    for position, layer in enumerate(graph.layers):
        rows = zip(layer.weights, layer.preactivations, strict=True)
        # A shared parameter sets out at each of its places.
        starts = sum(row.count(name) + (unit == name) for row, unit in rows) + layer.biases.count(name)
        starts += len(layer.preactivations) * layer.sources.count(name)
        for later in graph.layers[position + 1 :]:
            starts *= len(later.preactivations)
        found += starts
    return found


def _sources(graph: Graph, position: int) -> int:
    """How many units feed a layer, the constant one not among them."""
    layer = graph.layers[position]
    return len(layer.sources) - (layer.bias_column is not None)


def _ways(graph: Graph) -> dict[str, int]:
    """The number of paths from every value to the objective, over the nodes."""
    ways = {graph.objective: 1}
    for node in reversed(graph.nodes):
        for i, source in enumerate(node.inputs):
            for k, target in enumerate(node.outputs):
                if target in ways and node.op.depends(i, k, len(node.inputs)):
                    ways[source] = ways.get(source, 0) + ways[target]
    return ways
