"""What an officer may do to a case, one act a page: its questions and the command behind it."""
