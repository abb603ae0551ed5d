"""How fast links are followed, and what it costs, beside other ways to follow them."""
