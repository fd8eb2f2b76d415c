"""Exchange: how one department may see what another knows.

A *resource* stands in the catalogue, a *grant* says who may see which of its fields for which purpose and
until when, a *request* is bound to a purpose such as a case number, and every look leaves a *trace line*
that the person concerned can read. The engine knows resources and providers, not registers or cases.
"""
