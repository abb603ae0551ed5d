"""What goes out: records, and words for people."""
