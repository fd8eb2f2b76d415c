"""A made-up city inside the real districts: plots between the roads, parcels, buildings, plans and projects.

``python -m yiwang.maps.synthesis.town CITY PACKS --seed 7`` writes the data of the packs
``demonstration_ground``, ``demonstration_buildings``, ``urban_planning`` and ``housing_land``: the same for
the same seed.
"""
