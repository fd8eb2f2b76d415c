"""Pure rules of publishing: one check of the gate a file, and the clocks and figures of sites."""
