"""The quiz: what is asked, what is said of an answer, how far the learner has come.  Pure: text in, blocks out."""
