"""Verbs that look things up: ``search``, ``show``, ``chain``, ``packets``."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from typing import Any

import click

from archive import Archive
from chain import ChainView, Graph, Match, Node, chain_of, look_up
from chain.asked import understand
from chain.dot import dot
from chain.report import report
from chain.text import known_day, name, tree
from index import open_engine
from letters.errors import BadRequest, IndexUnavailable, NotFound
from parsing.contract import letter_json, packet_json
from saraban.cli.common import home_option, json_option, print_json
from saraban.cli.files import summary
from saraban.cli.opening import all_packets, opened
from saraban.graphviz import svg

DAY = click.DateTime(formats=["%Y-%m-%d"])


def find_letters(archive: Archive, query: str, limit: int = 20) -> list[Match]:
    """Letters by number or date as an officer types them, best first."""
    return look_up(query, archive.graph.meant(understand(query)))[:limit]


def one_letter(archive: Archive, query: str) -> Node:
    """The letter a query means: its id, or the best match by number or date.

    Raises ``NotFound`` if there is none, ``BadRequest`` naming the candidates if several match alike.
    """
    try:
        return archive.graph.node(query)
    except NotFound:
        found = find_letters(archive, query)
    if not found:
        raise NotFound(query)
    best = [match for match in found if match.score == found[0].score]
    if len(best) > 1:
        raise BadRequest(
            query, "ตรงกับหลายฉบับ: " + "; ".join(f"{name(match.node)} [{match.node.id}]" for match in best[:5])
        )
    return best[0].node


@click.command()
@click.argument("query", default="")
@click.option("--from", "first", type=DAY, help="First day (CE, YYYY-MM-DD).")
@click.option("--to", "last", type=DAY, help="Last day (CE, YYYY-MM-DD).")
@click.option("--sender", help="Words of the sender's name.")
@click.option("--limit", default=20, show_default=True)
@home_option
@json_option
def search(
    query: str,
    first: dt.datetime | None,
    last: dt.datetime | None,
    sender: str | None,
    limit: int,
    home: Path | None,
    as_json: bool,
) -> None:
    """Find letters by Thai words, a number in either digits, or a date, within a range of dates.

    \b
    Example: saraban search "ศูนย์ช่วยเหลือประชาชน" --from 2023-01-01
             saraban search "ว ๑๐๕๕"
    """
    since, until = (moment.date() if moment else None for moment in (first, last))
    with opened(home) as (archive, settings):
        looked = [
            _row(match.node, " · ".join(match.differs), match.score)
            for match in find_letters(archive, query, limit)
            if _within(match.node, since, until) and (sender or "") in (match.node.issuer or "")
        ]
        try:
            engine = open_engine(settings.index, settings.index_folder)
            results = engine.search(query, limit=limit, first=since, last=until, sender=sender)
            known = {row["id"] for row in looked}
            looked += [
                _row(archive.graph.node(hit.id), _plain(hit.snippet), None)
                for hit in results.hits
                if hit.id not in known
            ]
            engine.close()
        except IndexUnavailable as error:
            click.echo(error.message("th"), err=True)
    _print_found(looked[:limit], as_json)


def _within(node: Node, first: dt.date | None, last: dt.date | None) -> bool:
    if first is None and last is None:
        return True
    return (
        node.date is not None
        and (first is None or node.date.latest >= first)
        and (last is None or node.date.earliest <= last)
    )


def _plain(snippet: str) -> str:
    """A snippet for the terminal: marks become brackets."""
    return html.unescape(re.sub(r"</?mark>", lambda tag: "[" if tag[0] == "<mark>" else "]", snippet)).replace(
        "\n", " "
    )


def _row(node: Node, found: str, score: float | None) -> dict[str, Any]:
    return {
        "id": node.id,
        "number": str(node.number) if node.number else None,
        "date": node.date.iso if node.date else None,
        "issuer": node.issuer,
        "subject": node.subject,
        "absent": node.absent,
        "found": found,
        "score": score,
    }


def _print_found(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    for row in rows:
        date = known_day(row["date"]) if row["date"] else "–"
        absent = "  (ไม่มีในคลัง)" if row["absent"] else ""
        click.echo(f"{row['number'] or '(ไม่มีเลขที่)'}  {date}  {row['issuer'] or ''}{absent}\n    {row['subject'] or ''}")
        if row["found"]:
            click.echo(f"    {row['found'][:160]}")
    if not rows:
        click.echo("ไม่พบหนังสือที่ค้นหา")


@click.command()
@click.argument("number")
@home_option
@json_option
def show(number: str, home: Path | None, as_json: bool) -> None:
    """Show a letter: its fields, copies, and what a person should check.

    \b
    Example: saraban show "มท 0810.8/ว 5567"
    """
    with opened(home) as (archive, _):
        node = one_letter(archive, number)
        copies = [archive.letters.copy(ref) for ref in node.copies]
    if as_json:
        print_json(
            {
                "id": node.id,
                "number": str(node.number or ""),
                "date": node.date.iso if node.date else None,
                "absent": node.absent,
                "doubts": list(node.doubts),
                "copies": [{"packet": copy.packet_name, **letter_json(copy.letter)} for copy in copies],
            }
        )
        return
    click.echo(name(node) + ("  (อ้างถึงแต่ไม่มีในคลัง)" if node.absent else ""))
    for copy in copies[:1]:
        _print_letter(letter_json(copy.letter))
    for copy in copies:
        click.echo(f"สำเนา: {copy.packet_name} หน้า {', '.join(map(str, copy.letter.pages))}")
    for doubt in node.doubts:
        click.echo(f"⚠ {doubt}")


def _print_letter(fields: dict[str, Any]) -> None:
    rows = [
        ("เรื่อง", fields["subject"]),
        ("จาก", fields["issuer"]),
        (fields["addressed_as"] or "เรียน", "; ".join(fields["recipients"])),
        ("ชั้นความเร็ว", fields["urgency"]),
        ("กำหนด", "; ".join(item["text"] for item in fields["deadlines"])),
        ("ให้ทำ", " / ".join(fields["actions"])),
        ("ลงนาม", (fields["signatory"] or {}).get("name")),
    ]
    rows += [("ควรตรวจ", item["reason"]) for item in fields["review"]]
    for label, value in rows:
        if value:
            click.echo(f"  {label}: {value}")


@click.command()
@click.argument("number", required=False)
@click.option("--largest", is_flag=True, help="The chain with the most letters instead of one letter's.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "dot", "svg"]),
    default="text",
    show_default=True,
    help="A tree, plain data, or a drawing; svg needs Graphviz.",
)
@home_option
@json_option
def chain(number: str | None, largest: bool, form: str, home: Path | None, as_json: bool) -> None:
    """Show the chain of a letter as a tree: what covers or cites it above, what it covers or cites below.

    \b
    Example: saraban chain "มท 0810.8/ว 5567"
             saraban chain "มท 0810.8/ว 5567" --format svg > chain.svg
    """
    if (number is None) != largest:
        raise click.UsageError("give a NUMBER, or --largest")
    with opened(home) as (archive, _):
        graph = archive.graph.load()
        view = _largest_chain(graph) if number is None else chain_of(graph, one_letter(archive, number).id)
        letters = {ref: archive.letters.copy(ref).letter for hop in view.hops for ref in hop.node.copies}
    if as_json or form == "json":
        print_json(report(view, letters))
    elif form == "text":
        click.echo(tree(view, report(view, letters)))
    else:
        drawing = dot(view, report(view, letters))
        click.echo(drawing if form == "dot" else svg(drawing, number or "chain"), nl=False)


def _largest_chain(graph: Graph) -> ChainView:
    """The chain with the most letters; raises ``NotFound`` in an empty archive."""
    if not graph.nodes:
        raise NotFound("หนังสือ")
    return max((chain_of(graph, node.id) for node in graph.nodes if not node.absent), key=lambda view: len(view.hops))


@click.command()
@home_option
@json_option
def packets(home: Path | None, as_json: bool) -> None:
    """List the packets with the letters found in each: pages, number, date, subject, deadlines.

    \b
    Example: saraban packets
    """
    with opened(home) as (archive, _):
        parsed = [packet for row in all_packets(archive) if (packet := archive.packets.parse(row.id))]
    if as_json:
        print_json([packet_json(packet) for packet in parsed])
        return
    for packet in sorted(parsed, key=lambda packet: packet.name):
        click.echo(summary(packet))


COMMANDS = (search, show, chain, packets)
