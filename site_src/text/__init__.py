"""Pure functions over text: folding, sentences, dates, figures, names, languages. No file is read here but tables."""
