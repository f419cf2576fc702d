"""Graph to facts: forward, backward and updates, in any arithmetic and under any rules."""
