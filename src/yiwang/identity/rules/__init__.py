"""Pure law of identity: roles and their reach, identity numbers, masks, lock-out."""
