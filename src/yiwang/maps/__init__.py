"""Maps: layers over registers, vector tiles under the registers' own rights."""
