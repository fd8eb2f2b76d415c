"""How one department sees what another knows: catalogue, grant, request, trace."""
