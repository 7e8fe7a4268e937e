"""What the three leaflets for an audience looked like, and how they read, when last looked at."""
