"""Measurements, run by `make bench`; no test asserts on a clock."""
