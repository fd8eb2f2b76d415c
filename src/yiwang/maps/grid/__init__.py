"""The city's grid: coded cells and components, and whether they fit (CJ/T 213, CJ/T 214, GB/T 30428)."""
