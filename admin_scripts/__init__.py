"""One verb a file, each a function first and a thin command last."""
