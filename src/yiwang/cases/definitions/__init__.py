"""What packs may write of cases."""
