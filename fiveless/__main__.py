"""`python -m fiveless` is the same as `fiveless`."""

from fiveless.cli import main

if __name__ == "__main__":
    main()
