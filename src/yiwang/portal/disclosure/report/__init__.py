"""The annual report on disclosure (Art. 49-50 of Order 711): six parts, from cases and registers."""
