"""The slow shell: the queue, its tasks, the sweeper."""
