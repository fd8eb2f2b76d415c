"""The city in three dimensions: buildings of a layer raised by their heights."""
