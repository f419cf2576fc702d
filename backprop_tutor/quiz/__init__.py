"""The quiz: what is asked, what an answer is worth, and what is said to it; text in, text out."""
