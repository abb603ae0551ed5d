"""Tables of facts: phrases, names, hosts. No logic. Each row has its source and a sample that the tests run."""
