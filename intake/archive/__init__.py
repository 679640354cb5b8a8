"""Legacy archives: sheets as a scanner gave them → papers in order, with every page accounted for. Pure."""
