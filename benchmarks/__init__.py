"""What is measured: each file is run by hand, as `python -m benchmarks.engine`, and prints its figures."""
