"""`python -m dlrecipe`: the same as `dlrecipe`."""

from dlrecipe.cli.app import main

if __name__ == "__main__":
    main()
