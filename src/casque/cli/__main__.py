"""`python -m casque.cli`."""

from casque.cli import main

if __name__ == "__main__":
    main()
