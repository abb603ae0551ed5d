"""Cases for the rows of each platform's file, each with what must come out of it. Only tests read them."""
