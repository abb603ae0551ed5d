"""Hostile links, addresses, servers and pages, and what the client makes of them."""
