"""``python -m backprop_tutor``."""

from .cli.app import main

main()
