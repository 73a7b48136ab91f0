"""The functions that both stores answer alike, and what stands for the others."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AGGREGATES", "FUNCTIONS", "INSTEAD", "Function"]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of Cypher.

    Parameters
    ----------
    name : str
        As Neo4j spells it.
    gives : str
        The kind of its value; empty: it hangs on the argument.
    null : bool
        True where it may be null though no argument is.
    not_negative : bool
        Of a number.
    """

    name: str
    gives: str = ""
    null: bool = False
    not_negative: bool = False


def _table(*rows: tuple[str, str]) -> dict[str, Function]:
    return {
        name.rstrip("?+").lower(): Function(
            name.rstrip("?+"), kind, null=name.endswith("?"), not_negative=name.endswith("+")
        )
        for kind, names in rows
        for name in names.split()
    }


# `?` may be null though no argument is; `+` is never below zero.
FUNCTIONS = _table(
    ("string", "toUpper toLower trim ltrim rtrim replace substring left right toString"),
    ("string", "type randomUUID"),
    ("", "reverse coalesce head? last? abs+ sign"),
    ("float", "ceil floor round sqrt+ exp+ log log10 sin cos tan cot asin acos atan atan2"),
    ("float", "pi+ rand+ degrees radians haversin toFloat?"),
    ("integer", "toInteger? size+ length+"),
    ("boolean", "toBoolean? exists"),
    ("list", "split tail range keys labels nodes relationships"),
    ("node", "startNode endNode"),
    ("map", "properties"),
    ("date", "date date.truncate"),
    ("moment", "datetime localdatetime time localtime"),
    ("span", "duration duration.inDays duration.inMonths duration.inSeconds"),
)
AGGREGATES = _table(
    ("integer", "count+"),
    ("", "sum min? max?"),
    ("float", "avg? stDev+"),
    ("list", "collect"),
)

# What the embedded engine has not, or answers otherwise, and what both answer alike.
INSTEAD = {
    "apoc": "use the functions of Cypher itself",
    "btrim": "write trim(x)",
    "char_length": "write size(x)",
    "character_length": "write size(x)",
    "duration.between": "write duration.inDays(a, b).days",
    "e": "write exp(1)",
    "isempty": "write size(x) = 0",
    "isnan": "see that no divisor is zero, instead of asking afterwards",
    "point": "compare latitude and longitude as numbers",
    "lower": "write toLower(x)",
    "nullif": "write CASE WHEN a = b THEN null ELSE a END",
    "percentilecont": "WITH x ORDER BY x, then collect(x), and take the item in the middle",
    "percentiledisc": "WITH x ORDER BY x, then collect(x), and take the item in the middle",
    "stdevp": "write coalesce(stDev(x), 0.0), which divides by one less",
    "timestamp": "pass the time as a parameter",
    "tobooleanornull": "write toBoolean(x)",
    "tofloatornull": "write toFloat(x)",
    "tointegerornull": "write toInteger(x)",
    "tostringornull": "write toString(x)",
    "tobooleanlist": "write [x IN list | toBoolean(x)]",
    "tofloatlist": "write [x IN list | toFloat(x)]",
    "tointegerlist": "write [x IN list | toInteger(x)]",
    "tostringlist": "write [x IN list | toString(x)]",
    "upper": "write toUpper(x)",
}
