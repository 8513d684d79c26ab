"""Translation with a memory: what a person or a machine has said once is never asked twice, and never lost."""
