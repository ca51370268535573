"""How long the engine takes and how much memory, beside floors and other programs."""
