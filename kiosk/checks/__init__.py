"""The rules that `check` holds the content to, by subject; see docs/writing.md."""
