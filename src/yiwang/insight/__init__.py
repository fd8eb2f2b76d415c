"""How the city is doing: electronic supervision, scores, monthly reports, public statistics."""
