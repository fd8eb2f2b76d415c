"""How the city is doing: boards, scores, warnings."""
