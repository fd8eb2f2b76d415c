"""Pages of identity: sign-in, registration, one's account, mandates, stand-ins, and accounts at the desk."""
