"""What lies where: checks and counts over layers, under the reader's rights and within limits."""
