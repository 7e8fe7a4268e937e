"""Signed content packs: made, checked, installed and taken back (docs/packs.md)."""
