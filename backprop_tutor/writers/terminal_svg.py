"""What the terminal shows as an SVG picture that needs nothing from the network."""

from __future__ import annotations

import io
import re

from rich.console import Console, RenderableType
from rich.terminal_theme import TerminalTheme

# Rich's own frame asks a font service for Fira Code, which GitHub blocks and box lines do not survive.
_FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
font-family: "DejaVu Sans Mono", "Menlo", "Consolas", monospace;
font-size: 20.3px;
line-height: {line_height}px;
font-variant-east-asian: full-width;
}}
.{unique_id}-title {{
font-size: 18px;
font-weight: bold;
font-family: "DejaVu Sans", "Arial", sans-serif;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


_THEME = TerminalTheme(
    (24, 26, 31),
    (222, 226, 230),
    [
        (60, 64, 72),
        (240, 113, 120),
        (166, 218, 149),
        (238, 200, 120),
        (122, 170, 247),
        (226, 140, 226),
        (100, 208, 222),
        (222, 226, 230),
    ],
)
_CELL = 12.2
"""Columns are this wide in Rich's pictures; letters of 20.3 px in DejaVu Sans Mono are too."""
_LINE_END = re.compile(r"<text [^>]*>\n</text>")
_LEADING = re.compile(r'x="([\d.]+)" (y="[\d.]+") textLength="([\d.]+)" ([^>]*)>((?:&#160;)+)')


def svg(renderable: RenderableType, width: int, title: str) -> str:
    """The renderable as it looks in a terminal of that width; the same input gives the same text."""
    console = Console(
        record=True,
        width=width,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        no_color=False,
    )
    console.print(renderable)
    picture = console.export_svg(title=title, theme=_THEME, code_format=_FORMAT, unique_id="backprop-tutor")
    return _LEADING.sub(_without_leading_spaces, _LINE_END.sub("", picture))


def _without_leading_spaces(found: re.Match[str]) -> str:
    """Some viewers drop the spaces that a piece of text begins with: it begins further right instead."""
    left, top, length, rest, spaces = found.groups()
    skipped = _CELL * (len(spaces) // len("&#160;"))
    return f'x="{float(left) + skipped:g}" {top} textLength="{float(length) - skipped:g}" {rest}>'
