"""Any formula, written down with the fewest brackets and read again, is the same formula."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop_tutor.model.formula import PI, Call, Formula, Name, Negative, Number, Power, Product, Quotient, Sum, walk
from backprop_tutor.model.vocabulary import FunctionEntry
from backprop_tutor.reading.formulas import MAX_LENGTH, read_formula
from backprop_tutor.reading.limits import MAX_PARTS

FUNCTIONS = {**dict.fromkeys(["exp", "sigmoid", "abs"], FunctionEntry(1, 1)), "max": FunctionEntry(1, None)}
NAMES = ("x", "y", "w1_21", "theta", "sigma")


def numbers() -> st.SearchStrategy[Formula]:
    written = st.from_regex(r"\A(0|[1-9][0-9]{0,2})(\.[0-9]{1,2})?\Z")
    return written.map(lambda text: Number(Fraction(text), text))


def trees(depth: int) -> st.SearchStrategy[Formula]:
    names = st.sampled_from(NAMES).map(Name)
    leaves: st.SearchStrategy[Formula] = st.one_of(numbers(), names, st.just(PI))
    if depth == 0:
        return leaves
    below = trees(depth - 1)
    several = st.lists(below, min_size=2, max_size=4).map(tuple)
    small = st.integers(0, 3).map(lambda value: Number(Fraction(value), str(value)))
    exponents = st.one_of(small, small.map(Negative), names, st.builds(Power, names, names))
    return st.one_of(
        leaves,
        several.map(Sum),
        several.map(Product),
        st.builds(Quotient, below, below),
        st.builds(Power, below, exponents),
        below.map(Negative),
        st.builds(Call, st.sampled_from(["exp", "sigmoid", "abs"]), st.tuples(below)),
        several.map(lambda arguments: Call("max", arguments)),
    )


def written(tree: Formula, loosest: int = 0) -> str:
    """The tree as text; ``loosest`` is what may stand without brackets: 0 sums, 1 products, 2 powers, 3 atoms."""
    match tree:
        case Number(_, text):
            return text
        case Name(name):
            return name
        case Call("pi", ()):
            return "pi"
        case Call(function, arguments):
            return f"{function}({', '.join(map(written, arguments))})"
        case Sum(terms):
            text, strength = signed_term(terms[0]), 0
            for term in terms[1:]:
                text += f" - {written(term.operand, 1)}" if isinstance(term, Negative) else f" + {written(term, 1)}"
        case Product(factors):
            first = written(factors[0], 1 if isinstance(factors[0], Quotient) else 2)
            text, strength = "*".join([first, *(written(factor, 2) for factor in factors[1:])]), 1
        case Quotient(numerator, denominator):
            text, strength = f"{written(numerator, 1)}/{written(denominator, 2)}", 1
        case Power(base, exponent):
            raised = f"-{written(exponent.operand, 2)}" if isinstance(exponent, Negative) else written(exponent, 2)
            text, strength = f"{written(base, 3)}^{raised}", 2
        case Negative():
            text, strength = signed_term(tree), 0
        case _:
            raise AssertionError(tree)
    return text if strength >= loosest else f"({text})"


def signed_term(term: Formula) -> str:
    return f"-{written(term.operand, 1)}" if isinstance(term, Negative) else written(term, 1)


@given(trees(4))
@settings(max_examples=500, deadline=None)
def test_trees_survive_writing_and_reading(tree: Formula) -> None:
    text = written(tree)
    assume(len(text) <= MAX_LENGTH and len(list(walk(tree))) <= MAX_PARTS)
    assert read_formula(text, FUNCTIONS, NAMES) == tree
