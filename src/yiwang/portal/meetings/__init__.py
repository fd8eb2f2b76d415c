"""Meeting notices between offices: sent, received, answered, changed, cancelled."""
