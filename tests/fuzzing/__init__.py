"""What is tried on every reader, by hypothesis in the tests and by atheris in ``make fuzz``."""
