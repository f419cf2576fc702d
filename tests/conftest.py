"""Makes what several tests share importable: ``support`` and ``reference`` stand in this folder."""
