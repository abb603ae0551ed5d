"""Steps for the frameworks that corpora are made with. Each is loaded only by who uses it, and has its own extra."""
