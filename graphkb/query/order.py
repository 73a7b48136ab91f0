"""The order in which entities are told where nothing else orders them."""

from __future__ import annotations

from graphkb.model.graph import Entity

__all__ = ["by_support"]


def by_support(entity: Entity) -> tuple[int, str, str]:
    """Return a key that puts the better supported first, then goes by name and id.

    Parameters
    ----------
    entity : Entity
        Any.

    Returns
    -------
    tuple
        Of a total order.

    Examples
    --------
    >>> ppo = Entity("Method", "method:ppo", {"name": "PPO", "support": 9})
    >>> dpo = Entity("Method", "method:dpo", {"name": "DPO"})
    >>> [entity.name for entity in sorted([dpo, ppo], key=by_support)]
    ['PPO', 'DPO']
    """
    support = entity.properties.get("support", 0)
    return (-support if isinstance(support, int) else 0, entity.name.casefold(), entity.id)
