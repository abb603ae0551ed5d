"""How fast corpora are scanned, beside what the work cannot be faster than, and beside other tools."""
