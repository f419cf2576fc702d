"""A second opinion: the same mathematics written without the project's engine, for tests to compare with."""
