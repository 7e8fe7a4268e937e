"""Printing that tells the truth: readiness, jobs, and how each of them ended."""
