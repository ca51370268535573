"""Input that nobody would write on purpose: changed at random, and tried with every command."""
