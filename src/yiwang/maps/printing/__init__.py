"""Maps on paper and still images: drawn by the server to an exact scale, under the reader's rights."""
