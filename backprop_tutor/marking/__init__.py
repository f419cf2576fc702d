"""A learner's sheet beside the graph: a verdict on every entry, and the idea behind the wrong ones."""
