"""Django footing: commands, outbox, jobs, files, HTTP edge, logs, the private database."""
