"""What agencies publish of themselves (主动公开): lists, policy files and their life, answers, alerts."""
