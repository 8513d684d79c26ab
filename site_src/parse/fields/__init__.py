"""Fields: what is stated of an article, such as its day, outlet, agency and writer, and the lines that state it."""
