"""The synthetic twin of the exchange: every resource answers with made-up data, without grant or trace.

Integrators write and test against it. Nothing here reads a register: a twin knows definitions only.
"""
