"""What anyone may fetch to check the city: certificates, revoked seals, the ledger and its proofs."""
