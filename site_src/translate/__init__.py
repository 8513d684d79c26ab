"""Translation with a memory: a sentence that a person or a machine has translated is not translated again, nor lost."""
