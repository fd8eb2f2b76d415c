"""Made-up imagery of the demonstration, painted from made-up buildings by a process of its own."""
