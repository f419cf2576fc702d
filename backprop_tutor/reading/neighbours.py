"""What may stand beside what in a formula, and what is said when it may not."""

from __future__ import annotations

from collections.abc import Sequence

from .characters import fold
from .formula_error import FormulaError, quoted
from .lexer import Token
from .numbers import refuse_neighbour
from .words import Words

_OPERAND_KINDS = ("number", "name", "(", "√")
_LONGEST_ECHO = 24


class Neighbours:
    """The tokens of one formula, looked at side by side; places are indices of tokens."""

    def __init__(self, text: str, tokens: Sequence[Token], words: Words) -> None:
        self.text = text
        self.folded = fold(text)
        self.tokens = tokens
        self.words = words

    def starts_operand(self, at: int, opened: Sequence[Token]) -> bool:
        """Whether an operand begins here; a bar does, unless it closes the innermost bracket."""
        kind = self.tokens[at].kind
        return kind in _OPERAND_KINDS or (kind == "|" and not (opened and opened[-1].kind == "|"))

    def check_product_without_sign(self, at: int, first: int, slash: int | None, after_power: bool) -> None:
        """Refuse a product without a sign unless it can be read in one way only: ``2x``, ``2(x+1)``, ``(a)(b)``.

        ``first`` is the token where the left side begins; ``slash`` the place behind the / that it is divided
        by; ``after_power``: it ends with an exponent, which the right side might belong to.
        """
        before, token = self.tokens[at - 1], self.tokens[at]
        if "|" in (before.kind, token.kind):
            raise self._error("these bars can be read in several ways", "Write abs(x) for the size of x.", at)
        if before.kind == token.kind == "number":
            refuse_neighbour(self.folded, before.start, before.end)
        plain = (before.kind == "number" and token.kind != "number") or (before.kind == ")" and token.kind == "(")
        if plain and not after_power:
            if slash is not None:
                raise self._ambiguous_quotient(at, first, slash)
            return
        if token.kind == "name" and not self.words.may_stand(token):
            raise self.words.refuse(token, self.after_function(at + 1))
        left = quoted(self.text[self.tokens[self._operand_start(at - 1)].start : before.end], _LONGEST_ECHO)
        right = self.operand_text(at)
        raise FormulaError(
            f"there is no operation between {left} and {quoted(right)}",
            f"Write {left}*{right} for a product." if not after_power else "Write * or brackets.",
            before.start,
            token.end,
        )

    def _ambiguous_quotient(self, at: int, first: int, slash: int) -> FormulaError:
        start, middle = self.tokens[first].start, self.tokens[at].start
        left, right = self.text[start:middle].strip(), self.operand_text(at)
        divided, by = self.text[start:slash], self.text[slash:middle].strip()
        repair = f"Write ({left})*{right} or {divided}({by}*{right})."
        if len(repair) > 3 * _LONGEST_ECHO:
            repair = "Write brackets around what belongs together."
        end = self.tokens[at].end
        return FormulaError("this quotient can be read in two ways", repair, start, end)

    def check_single_power(self, at: int) -> None:
        """Refuse an exponent on top of a raised one: x²^3."""
        if self.tokens[at - 1].kind == "raised":
            raise self._error("two exponents follow each other", "Write (x^2)^3 or x^6.", at)

    def check_single_sign(self, at: int) -> None:
        """Refuse a second sign behind the sign before this token: --1."""
        token = self.tokens[at]
        if token.kind == "operator" and token.text in "+-":
            start = self.tokens[at - 1].start
            raise FormulaError("two signs follow each other", "Write brackets, as in -(-1).", start, token.end)

    def check_root(self, at: int) -> None:
        """Refuse a root whose end could be seen in two places: √2x, √x^2."""
        token, after = self.tokens[at], self.tokens[min(at + 1, len(self.tokens) - 1)]
        unclear = token.kind == "operator" and token.text in "+-"
        if token.kind in ("number", "name"):
            unclear = after.kind in (*_OPERAND_KINDS, "raised") or after.text == "^"
        if unclear:
            raise self._error("it is not clear how far this root reaches", "Write brackets, as in sqrt(2)*x.", at - 1)

    def after_function(self, at: int) -> str:
        """How to mend a function without a bracket, of which this token is the next one."""
        function = self.words.shown(self.tokens[at - 1])
        token = self.tokens[at]
        if token.kind == "number" or (token.kind == "name" and self.words.function_named(token.text) is None):
            return f"Write {function}({self.words.shown(token)})."
        if token.kind != "raised" and token.text != "^":
            return f"Write {function}(x)."
        exponent = token if token.kind == "raised" else self.tokens[at + 1]
        if exponent.text.startswith("-"):
            return f"Write 1/{function}(x) for the reciprocal."
        return f"Write {function}(x)^{exponent.text if exponent.kind in ('number', 'raised') else 2}."

    def no_operand(self, at: int, opened: Sequence[Token]) -> FormulaError:
        """The error for a token where a number, a name or a bracket had to stand."""
        token = self.tokens[at]
        before = self.tokens[at - 1] if at > 0 else None
        if token.kind == "raised":
            return self._error("nothing stands below this exponent", "Write a number or a name before it.", at)
        if before is None:
            if token.kind == ")":
                return self.unexpected(at, opened)
            return self._error(
                f"nothing stands before {self.words.shown(token)}", "Begin with a number, a name or a bracket.", at
            )
        if before.kind in ("(", "|") and token.kind in (")", "|"):
            place = (before.start, token.end)
            return FormulaError("there is nothing between these brackets", "Write a formula inside them.", *place)
        if before.kind == "," or token.kind == ",":
            return self._error(
                "an argument is missing", "Write it, or leave the comma out.", at - (token.kind == "end")
            )
        if token.kind == "end":
            if before.kind in ("(", "|"):
                return self.unclosed(before)
            message = f"the formula ends with {self.words.shown(before)}"
            return self._error(
                message, f"Write a number or a name after it, or leave the {self.words.shown(before)} out.", at - 1
            )
        message = f"nothing stands between {self.words.shown(before)} and {self.words.shown(token)}"
        return FormulaError(message, "Write a number or a name there, or leave one out.", before.start, token.end)

    def unexpected(self, at: int, opened: Sequence[Token]) -> FormulaError:
        """The error for a token that ends a formula before its end or before its closing bracket."""
        token = self.tokens[at]
        if token.kind == ",":
            number = self.tokens[at - 1]
            if number.kind == "number":
                refuse_neighbour(self.folded, number.start, number.end)
            return self._error(
                "a comma stands only between the arguments of a function", "Write one formula, with decimal points.", at
            )
        if not opened:
            return self._error("this closing bracket has no opening one", "Leave it out, or open a bracket.", at)
        if token.kind == "end":
            return self.unclosed(opened[-1])
        message = f"{opened[-1].text} is closed by {token.text}"
        closing = "|" if opened[-1].kind == "|" else ")"
        return self._error(message, f"Write {closing} first.", at)

    def unclosed(self, opening: Token) -> FormulaError:
        """The error for a bracket that is never closed; it points at the bracket."""
        if opening.kind == "|":
            return FormulaError(
                "this bar is never closed", "Write abs(x) for the size of x.", opening.start, opening.end
            )
        return FormulaError("this bracket is never closed", "Write ) where it ends.", opening.start, opening.end)

    def operand_text(self, at: int) -> str:
        """The operand that begins at this token, as it was typed; a long bracket is cut to ``(...)``."""
        token = self.tokens[at]
        if token.kind != "(":
            return quoted(self.words.shown(token), 40)
        depth = 0
        for other in self.tokens[at:]:
            depth += (other.kind == "(") - (other.kind == ")")
            if depth == 0 and other.end - token.start <= _LONGEST_ECHO:
                return quoted(self.text[token.start : other.end], _LONGEST_ECHO)
            if depth == 0 or other.end - token.start > _LONGEST_ECHO:
                break
        return "(...)"

    def _operand_start(self, at: int) -> int:
        """The token where the operand that ends at this token begins."""
        depth = 0
        for index in range(at, -1, -1):
            depth += (self.tokens[index].kind == ")") - (self.tokens[index].kind == "(")
            if depth == 0:
                called = index > 0 and self.tokens[index].kind == "(" and self.tokens[index - 1].kind == "name"
                return index - 1 if called else index
        return at

    def _error(self, message: str, repair: str, at: int) -> FormulaError:
        token = self.tokens[at]
        return FormulaError(message, repair, token.start, token.end)
