"""Pictures of the ground: orthophotos of a year, and the height of the ground."""
