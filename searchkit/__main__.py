"""The program: ``searchkit`` in the shell, or ``python -m searchkit``."""

import gc


def main() -> None:
    """See :func:`searchkit.cli.main`."""
    gc.disable()  # to look for garbage while modules are imported, which stay, takes a twentieth of a search
    from searchkit.cli import main as run  # hence not above

    run()


if __name__ == "__main__":
    main()
