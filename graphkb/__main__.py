"""``python -m graphkb``: the command line where its program is not on the path."""

from graphkb.cli.main import main

if __name__ == "__main__":
    main()
