"""What the engine is built on: few packages, each with its reason, in a range that is tested."""
