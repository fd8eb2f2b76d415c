"""Pure rules of openness: categories, index numbers, the life of policy files, what lacks a link."""
