"""Systems of departments that ask by themselves."""
