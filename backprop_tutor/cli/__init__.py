"""The command line: the only row that opens files, reads the keyboard and prints."""
