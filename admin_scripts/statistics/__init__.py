"""Figures for a finite population: numbers in, numbers out. What each method is and where it comes from: README.md."""
