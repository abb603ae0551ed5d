"""Scripts that make what is kept in the repository: data from its sources, and the outputs in the README."""
