"""The way of the data, on one screen: load → read → parse → store → link → tasks → index.

The output of every stage is kept in the archive, so any later stage can be run again alone. The first four work on one
packet; the last three on the whole archive, once after however many packets came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from archive import Archive, Change, ChangeKind, Stage, StageState
from archive.packets import PacketRow
from chain import Copy, Known, Node, letters_of, link_bulk, link_part, read_all, version
from chain.ids import Place
from chain.moved import rehomed, stood
from index import Engine, open_engine
from letters import Packet, Page, Source
from letters.errors import NotFound, SarabanError
from ocr import Reader, open_document, read_pages
from parsing import parse_packet
from saraban.areas import note_areas
from saraban.entries import entries_of
from saraban.giving import all_anew, give_tasks, renew_tasks
from saraban.settings import Settings

LINK = "link"
"""The kind of job that links, assigns and indexes the whole archive."""

Progress = Callable[[str, int, int], None]
"""Told the stage and how many of how many pages or packets are done; may raise to stop the work."""

_TOLD_EVERY = 200

_PACKET_STAGES = (Stage.LOAD, Stage.READ, Stage.PARSE, Stage.STORE)
_ARCHIVE_STAGES = (Stage.LINK, Stage.TASKS, Stage.INDEX)


def quiet(stage: str, done: int, total: int) -> None:
    """A progress that tells nobody."""


def take_in(archive: Archive, settings: Settings, path: Path, name: str, actor: str) -> tuple[PacketRow, bool]:
    """Receives a file: looks whether it can be read, keeps the original, queues its job. ``True`` if it is new.

    Raises a ``BadFile`` error, and keeps nothing, for a file that no later stage could use.
    """
    open_document(path, settings.limits, name).close()
    return archive.packets.receive(name, path, actor)


def process(
    archive: Archive, settings: Settings, packet_id: str, progress: Progress = quiet, first: Stage = Stage.LOAD
) -> None:
    """Takes one packet through load, read, parse and store, beginning at ``first``; then linking is queued.

    A run that was broken off goes on where it stopped: pages read by the same reader are not read again.
    """
    stages = _PACKET_STAGES[_PACKET_STAGES.index(first) :]
    with _Stages(archive, [packet_id]) as stage:
        if Stage.READ in stages:
            stage(Stage.LOAD)
            pages = read(archive, settings, packet_id, stage, progress)
        else:
            pages = list(archive.packets.pages(packet_id).values())
        stage(Stage.PARSE)
        packet = parse(archive.packets.get(packet_id).stem, pages)
        stage(Stage.STORE)
        archive.corrections.keep(packet_id, packet)
        stage(None)
    for later in _ARCHIVE_STAGES:
        archive.packets.set_stage(packet_id, later, StageState.PENDING)
    archive.jobs.enqueue(LINK)


def connect(archive: Archive, settings: Settings, progress: Progress = quiet, first: Stage = Stage.LINK, *,
            anew: bool = False) -> None:
    """Links what came, or all letters ``anew``, gives out tasks and brings the index up to date; the same result in any
    order of arrival."""
    stages = _ARCHIVE_STAGES[_ARCHIVE_STAGES.index(first) :]
    work: dict[Stage, Callable[[Archive, Settings], None]] = {
        Stage.LINK: partial(link, progress=progress, anew=anew), Stage.INDEX: refresh_index,
        Stage.TASKS: give_tasks if first is Stage.TASKS else renew_tasks}
    with archive.exclusively(LINK), _Stages(archive, archive.packets.unfinished()) as stage:
        for number, name in enumerate(stages):
            progress(name.value, number, len(stages))
            stage(name)
            if name is Stage.TASKS:
                note_areas(archive)
            work[name](archive, settings)
        stage(None)


# --- the stages -------------------------------------------------------------------------------------------------------


def read(archive: Archive, settings: Settings, packet_id: str, stage: _Stages, progress: Progress) -> list[Page]:
    """Load and read: the packet's pages, each kept as soon as it is read."""
    row = archive.packets.get(packet_id)
    with open_document(archive.files.path(packet_id), settings.limits, row.name) as document:
        stage(Stage.READ)
        reader = Reader(languages=settings.languages, seconds=settings.page_seconds)
        pages = {
            number: page
            for number, page in archive.packets.pages(packet_id).items()
            if number <= document.page_count and (page.source is not Source.OCR or page.reader == reader.version)
        }
        progress(Stage.READ, len(pages), document.page_count)
        missing = [number for number in range(1, document.page_count + 1) if number not in pages]
        for page in read_pages(document, missing, reader, settings.workers):
            archive.packets.save_page(packet_id, page)
            pages[page.number] = page
            progress(Stage.READ, len(pages), document.page_count)
    return [pages[number] for number in sorted(pages)]


def parse(name: str, pages: list[Page]) -> Packet:
    """Pages → letters."""
    return parse_packet(name, pages)


def link(archive: Archive, settings: Settings, *, progress: Progress = quiet, anew: bool = False) -> None:
    """Letters → graph, people's judgements included: what came or changed since the last time, or everything ``anew``.

    Both give the same graph. The letters keep their ids. ``progress`` is told how many letters were looked at, where
    all are.
    """
    del settings
    start, judgements = archive.revision(), archive.judgements.linking()
    packets, among = None if anew else _changed_packets(archive), int(archive.meta.get("link.among") or 0)
    if packets is None or letters_of(archive.letters.count()) > among:
        linked = link_bulk(_told(archive, progress), judgements, _known(archive))
        archive.graph.save_linked(linked)
        all_anew(archive)
        packets, among = None, linked.among
    for some in batched(packets or ()):
        copies = [copy for packet in some for copy in archive.letters.of_packet(packet)]
        with archive.linking.shelf() as shelf:
            part = link_part(shelf, some, copies, judgements, among)
        archive.graph.save_part(part)
    archive.meta.set("link.revision", str(start))
    archive.meta.set("link.judgements", str(len(judgements)))
    archive.meta.set("link.model", version())
    archive.meta.set("link.among", str(among))


def _known(archive: Archive) -> Known:
    """The ids given so far, at the places where the letters stand that have them: packets read anew since the last time
    may be cut differently."""
    known, since = archive.graph.known(), archive.meta.get("link.revision")
    packets, was = _read_since(archive, int(since)) if since else [], dict[Place, Place]()
    for some in batched(packets):
        new = read_all(copy for packet in some for copy in archive.letters.of_packet(packet))
        with archive.linking.shelf() as shelf:
            was |= stood(shelf.of_packets(some), (new[0].values(), new[1].values()))
    return rehomed(known, set(packets), was) if packets else known


def _read_since(archive: Archive, revision: int) -> list[str]:
    """Packets whose letters have changed since a revision."""
    packets: set[str] = set()
    while changes := archive.changes(revision):
        packets |= {change.copy.packet for change in changes if change.kind is ChangeKind.COPY}
        revision = changes[-1].revision
    return sorted(packets)


def _told(archive: Archive, progress: Progress) -> Iterator[Iterable[Copy]]:
    """The copies of every packet, with word of how many packets there were."""
    total = archive.packets.count()
    for place, copies in enumerate(archive.letters.packets()):
        if place % _TOLD_EVERY == 0:
            progress(Stage.LINK.value, place, max(total, place))
        yield copies


def _changed_packets(archive: Archive) -> list[str] | None:
    """Packets whose letters, or whose decisions by people, are new since the last time; ``None`` if all must be linked
    anew: the first time, and with other numbers in the model. (An archive that has outgrown the power of ten of
    letters it was linked among is linked anew, too.)"""
    after, seen = archive.meta.get("link.revision"), int(archive.meta.get("link.judgements") or 0)
    if after is None or archive.meta.get("link.model") != version():
        return None
    packets = set(_read_since(archive, int(after)))
    for judgement in archive.judgements.linking()[seen:]:
        refs = (judgement.copy, judgement.other, judgement.mention and judgement.mention.copy)
        packets |= {ref.packet for ref in refs if ref}
    return sorted(packets)


def batched(packets: Sequence[str], size: int = 20) -> Iterator[Sequence[str]]:
    """Packets that are linked in one go."""
    for start in range(0, len(packets), size):
        yield packets[start : start + size]


def refresh_index(archive: Archive, settings: Settings) -> None:
    """Graph → index: what changed since the last time, or everything where there is no index. Secret letters are in no
    index: its counts and files tell nothing of them.

    A broken or locked index never blocks taking letters in: its stage fails with a message, the letters stay.
    """
    engine = open_engine(settings.index, settings.index_folder)
    try:
        if not engine.exists():
            for _ in rebuild_index(archive, engine):
                pass
            return
        revision, secret = int(archive.meta.get("index.revision") or 0), archive.secret_letters()
        while changes := archive.changes(revision):
            nodes = [node for change in changes if (node := _node_of(archive, change)) and node.id not in secret]
            gone = [change.key for change in changes if change.kind is ChangeKind.NODE and change.gone]
            engine.remove([*gone, *sorted(secret)])
            cited = archive.findable.cited_only(node.id for node in nodes) - secret
            nodes += [archive.graph.node(name) for name in sorted(cited)]  # who finds them hangs on who cites them
            engine.write(entries_of(archive, dict.fromkeys(nodes)))
            revision = changes[-1].revision
            archive.meta.set("index.revision", str(revision))
    finally:
        engine.close()


def rebuild_index(archive: Archive, engine: Engine) -> Iterator[int]:
    """Builds the index anew from the archive, going on with a rebuild that was broken off; yields letters done."""
    revision, secret = archive.revision(), archive.secret_letters()
    after = engine.unfinished()
    entries = entries_of(archive, (node for node in all_nodes(archive, after) if node.id not in secret))
    yield from engine.rebuild(entries, resume_after=after)
    archive.meta.set("index.revision", str(revision))


def all_nodes(archive: Archive, after: str | None = None) -> Iterator[Node]:
    """Every letter of the graph, page by page, those after a given id only."""
    while nodes := archive.graph.nodes(after, 200):
        yield from nodes
        after = nodes[-1].id


def _node_of(archive: Archive, change: Change) -> Node | None:
    if change.gone:
        return None
    if change.kind is ChangeKind.COPY:  # its class may have been taken off, which the letter itself does not show
        return archive.graph.node_of(change.copy)
    try:
        return archive.graph.node(change.key)
    except NotFound:  # gone since
        return None


class _Stages:
    """Notes how the stages of some packets stand; an error marks the stage it came from, in words for the clerk."""

    def __init__(self, archive: Archive, packets: Sequence[str]) -> None:
        self._archive, self._packets = archive, packets
        self._current: Stage | None = None

    def __enter__(self) -> _Stages:
        return self

    def __call__(self, stage: Stage | None) -> None:
        """The current stage is done and ``stage`` begins (``None``: that was the last)."""
        self._note(StageState.DONE)
        self._current = stage
        self._note(StageState.RUNNING)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, SarabanError):
            self._note(StageState.FAILED, error.message("th"))

    def _note(self, state: StageState, detail: str = "") -> None:
        if self._current is not None:
            for packet in self._packets:
                self._archive.packets.set_stage(packet, self._current, state, detail)
