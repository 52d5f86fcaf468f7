"""A letter's chain as trees."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webui.current import archive, user
from webui.relatives import tree_of
from webui.secrecy import note_read, sees
from webui.views.letters import visible

blueprint = Blueprint("chains", __name__, url_prefix="/letters")


@blueprint.get("/<node_id>/chain")
def chain(node_id: str) -> ResponseReturnValue:
    """From the letters that pass this one on, above, down to its origin."""
    here, person = archive(), user()
    node = visible(here, node_id)
    note_read(here, person, f"letter:{node.id}", node.copies, "chain")
    tree = tree_of(here, node, lambda other: sees(here, person, other))
    return render_template("chain.html", node=node, tree=tree)
