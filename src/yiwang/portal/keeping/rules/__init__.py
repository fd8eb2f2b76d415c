"""Which requests the same page answers for everybody, and what makes a kept page old. Pure."""
