"""Pure rules of pages: their addresses, bodies and kinds."""
