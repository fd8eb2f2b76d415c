"""Files of imagery that officers send: they arrive in parts, and are read by a job."""
