"""What is said, how it is said, and the sound of it."""
