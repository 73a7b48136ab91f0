"""The entry for ``spark-submit``, with the arguments of ``graphkb bulk``.

    spark-submit [options of Spark] …/graphkb/cli/submit.py SOURCE… -o DIR

Where that file is says ``python -c "import graphkb.cli.submit as s; print(s.__file__)"``.
"""

from __future__ import annotations

import sys

from graphkb.cli.main import main

__all__: list[str] = []

if __name__ == "__main__":
    main(["bulk", "--spark", *sys.argv[1:]])
