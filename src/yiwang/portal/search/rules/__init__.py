"""Pure rules of searching: words, spellings, what a query asks for, which result comes first."""
