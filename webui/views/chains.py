"""A letter's chain: as a graph, along time, as trees and as a table, with people's judgements about it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from chain import CopyRef, Hop, JudgementKind, MentionRef, Node, Step
from chain.dot import dot
from letters.errors import BadRequest, NotFound
from saraban.graphviz import svg
from webui import words
from webui.access import may, sight
from webui.chaintold import drawing, events, mergeable, told
from webui.current import archive, user
from webui.filters import thai_date
from webui.judging import LONGEST_REASON, on_citation, on_copies
from webui.relatives import Tree, tree_of
from webui.secrecy import note_read, visible_node

blueprint = Blueprint("chains", __name__, url_prefix="/letters/<node_id>/chain")


@blueprint.get("")
def chain(node_id: str) -> ResponseReturnValue:
    """From the letters that pass this one on down to its origin."""
    node, tree = _chain(node_id)
    whole = told(archive(), tree, sight())
    return render_template("chain.html", node=node, tree=tree, told=whole, events=events(whole),
                           nodes={hop.node.id: hop.node for hop in tree.view.hops})


@blueprint.get("/graph")
def graph(node_id: str) -> ResponseReturnValue:
    """Nodes and edges for the graph library."""
    _node, tree = _chain(node_id)
    show: dict[str, Callable[..., str]] = {"date": thai_date, "days": lambda days: _("%(n)s วัน", n=f"{days:,}")}
    tables = {"level": words.level, "relation": words.relation, "link_state": words.link_state}
    return jsonify(drawing(told(archive(), tree, sight()), tables, show))


@blueprint.get("/drawing.svg")
def picture(node_id: str) -> ResponseReturnValue:
    """The chain drawn by Graphviz, as a file."""
    node, tree = _chain(node_id)
    drawn = svg(dot(tree.view), str(node.number or node.id))
    return Response(drawn, mimetype="image/svg+xml",
                    headers={"Content-Disposition": f'attachment; filename="chain-{node.id}.svg"'})


@blueprint.get("/letter/<other_id>")
def letter(node_id: str, other_id: str) -> ResponseReturnValue:
    """One letter of the chain, with its copies: what can be merged and split."""
    node, tree = _chain(node_id)
    hop = _hop(tree, other_id)
    seen = archive().sights.copies(sight(), hop.node.copies)
    return render_template("chain_letter.html", node=node, hop=hop, longest=LONGEST_REASON,
                           copies=[archive().letters.copy(ref) for ref in seen],
                           others=mergeable(tree, hop.node) if may(user().role, "chains.judge") else [])


@blueprint.get("/step/<upper>/<lower>")
def step(node_id: str, upper: str, lower: str) -> ResponseReturnValue:
    """One citation of the chain: what it says, why it was linked, what a person can decide."""
    node, tree = _chain(node_id)
    return render_template("chain_step.html", node=node, step=_step(tree, upper, lower), upper=_hop(tree, upper),
                           lower=_hop(tree, lower), longest=LONGEST_REASON)


@blueprint.post("/judge")
def judge(node_id: str) -> ResponseReturnValue:
    """Keeps a decision; the next job links anew."""
    _chosen, tree = _chain(node_id)
    form = request.form
    try:
        kind = JudgementKind(form.get("kind", ""))
    except ValueError as error:
        raise BadRequest(form.get("kind", "")[:40]) from error
    if kind in (JudgementKind.CONFIRM, JudgementKind.REJECT):
        found = _step(tree, form.get("upper", ""), form.get("lower", ""))
        _of_citation(kind, found, _hop(tree, found.lower).node)
    else:
        _of_copies(kind, tree)
    return redirect(url_for("chains.chain", node_id=node_id, said=kind.value))


def _of_citation(kind: JudgementKind, found: Step, target: Node) -> None:
    other = target.copies[0] if target.copies else None
    for link in found.links:
        on_citation(kind, MentionRef(link.mention.copy, link.mention.reference), other, request.form.get("reason", ""))


def _of_copies(kind: JudgementKind, tree: Tree) -> None:
    node, reason = _hop(tree, request.form.get("letter", "")).node, request.form.get("reason", "")
    if kind is JudgementKind.MERGE:
        on_copies(kind, node.copies[0], _hop(tree, request.form.get("other", "")).node.copies[0], reason)
        return
    chosen = _copy(request.form.get("copy", ""), node)
    for rest in node.copies:
        if rest != chosen:
            on_copies(kind, chosen, rest, reason)


def _copy(text: str, node: Node) -> CopyRef:
    packet, _slash, index = text.partition("/")
    for ref in node.copies:
        if (ref.packet, str(ref.index)) == (packet, index):
            return ref
    raise NotFound(text[:80])


def _chain(node_id: str) -> tuple[Node, Tree]:
    here, person = archive(), user()
    node = visible_node(here, person, node_id)
    if node.id != node_id and request.method == "GET" and request.endpoint == "chains.chain":
        abort(redirect(url_for("chains.chain", node_id=node.id)))  # letters that became one keep their old addresses
    note_read(here, person, f"letter:{node.id}", node.copies, "chain")
    return node, tree_of(here, node, sight())


def _hop(tree: Tree, node_id: str) -> Hop:
    try:
        return tree.view.hop(node_id)
    except KeyError as error:
        raise NotFound(node_id[:80]) from error


def _step(tree: Tree, upper: str, lower: str) -> Step:
    for one in tree.view.steps:
        if (one.upper, one.lower) == (upper, lower):
            return one
    raise NotFound(f"{upper[:40]}→{lower[:40]}")
