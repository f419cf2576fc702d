"""A vocabulary of the tests' own: the readers must not depend on which operations there are."""

from backprop_tutor.model.vocabulary import FunctionEntry, Vocabulary

ONE = FunctionEntry(1, 1)

VOCABULARY = Vocabulary(
    functions={
        **dict.fromkeys(("exp", "ln", "log", "sin", "cos", "tan", "tanh", "sqrt", "abs", "sigmoid", "relu"), ONE),
        "max": FunctionEntry(2, None),
        "leaky_relu": FunctionEntry(1, 2),
        "dot": FunctionEntry(2, 2),
        "sum": ONE,
    },
    activations={
        **{name: {} for name in ("identity", "sigmoid", "tanh", "relu", "silu", "softmax")},
        "leaky_relu": {"slope": "number"},
    },
    losses={
        "squared_error": {"outputs": "reduction"},
        "half_squared_error": {"outputs": "reduction"},
        "huber": {"delta": "number", "outputs": "reduction"},
        "cross_entropy": {"logits": "flag"},
        "mean_squared_error": {},
    },
    notations=("slides", "cmu", "week05"),
    layer_wide=frozenset({"softmax"}),
)
