#!/usr/bin/env python3
"""Every command of Heard starts here: `up`, `test`, `lint` and Django's own.

Only the standard library until the packages are there: see cms/bootstrap.py.
"""

import os
import sys
from pathlib import Path


def main() -> int:
    """Run one command and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is read by whatever python3 is there
        found = ".".join(str(part) for part in sys.version_info[:2])
        print(f"Heard needs Python 3.11 or newer; this is {found}.", file=sys.stderr)  # noqa: T201
        return 1
    from cms import bootstrap, suites  # not above: an older Python can't read these

    code = bootstrap.enter(Path(__file__).resolve().parent, sys.argv[1:])
    if code:
        return code
    if sys.argv[1:2] in (["test"], ["lint"]):
        return suites.run(sys.argv[1], sys.argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
