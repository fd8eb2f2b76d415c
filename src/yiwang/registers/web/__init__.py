"""The officers' pages of registers, in the desk."""
