"""What the project measures of itself: how much it finds, and what it costs to start."""
