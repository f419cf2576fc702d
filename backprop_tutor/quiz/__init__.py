"""The quiz: what is asked, what is said of answers, and what they tell of the learner.  No input, no output."""
