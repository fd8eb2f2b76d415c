"""The desk's pages of the grid."""
