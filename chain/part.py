"""Linking some packets into a graph that stands: the same result as linking everything anew, at the cost of what the
packets touch.

Touched are the copies they hold, the letters those may belong to, the citations that could mean those letters, and the
letters whose number these citations vote on. Everything else is neither read nor written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chain.absent import placeholders, signs
from chain.assemble import FUTURE, Assembly
from chain.facts import Facts
from chain.graph import answer, candidates
from chain.heads import Verdict, compare
from chain.identity import Index, Letters, group_heads, is_whole
from chain.judged import Judged, judged
from chain.keys import CROWDED, asked_of, day_keys, nickname_keys, pair_keys
from chain.linking import Decision, in_full, worthwhile
from chain.model import Copy, CopyRef, Judgement, Link, LinkState, MentionRef
from chain.moved import stood
from chain.prior import SMALLEST
from chain.records import Head, Mention, by_packet, read_packet
from chain.rewrite import Rewriting
from chain.shelf import Part, Shelf

_WITNESSES = 3  # copies of a letter that are looked at for whether it fits in full


def link_part(shelf: Shelf, packets: Collection[str], copies: Iterable[Copy], judgements: Sequence[Judgement],
              among: int = SMALLEST) -> Part:
    """What changes when ``packets`` hold these copies now (none: the packet is gone). ``among``: how many letters a
    citation is taken to choose from, the same as when the others were linked."""
    heads: list[Head] = []
    mentions: list[Mention] = []
    for packet in by_packet(copies).values():
        read, cited = read_packet(packet)
        heads += read
        mentions += cited
    work = _Work(shelf, frozenset(packets), {head.ref: head for head in heads},
                 {mention.ref: mention for mention in mentions}, judgements, among)
    return work.part()


@dataclass(slots=True)
class _Work:
    """What is known while a part is linked. ``heads`` are the new ones and whatever was fetched."""

    shelf: Shelf
    packets: frozenset[str]
    new_heads: dict[CopyRef, Head]
    new_mentions: dict[MentionRef, Mention]
    judgements: Sequence[Judgement]
    among: int
    heads: dict[CopyRef, Head] = field(default_factory=dict)
    mentions: dict[MentionRef, Mention] = field(default_factory=dict)
    node: dict[CopyRef, str] = field(default_factory=dict)
    old_heads: dict[CopyRef, Head] = field(default_factory=dict)
    old_mentions: dict[MentionRef, Mention] = field(default_factory=dict)

    def part(self) -> Part:
        """The work in order."""
        old_heads, old_mentions = self.shelf.of_packets(self.packets)
        self.old_heads = {head.ref: head for head in old_heads}
        self.old_mentions = {mention.ref: mention for mention in old_mentions}
        self.heads.update(self.new_heads)
        self.mentions.update(self.new_mentions)
        touched, members = self._touched_letters()
        letters = self._group(members)
        moved, shaken = self._moved(members, letters, touched)
        open_again = self._open_again(moved, shaken)
        decisions, people = self._decide(open_again, letters)
        voted = self._voted(touched, decisions)
        absent, old_places = self._placeholders(decisions, voted)
        return self._write(touched, voted, members, letters, decisions, people, absent, old_places)

    # --- letters ------------------------------------------------------------------------------------------------------

    def _touched_letters(self) -> tuple[set[str], set[CopyRef]]:
        """Letters (ids) that have to do with the copies of the packets, and all their copies as they are now."""
        stems = {**self.old_heads, **self.new_heads}
        both = [*self.old_heads.values(), *self.new_heads.values()]
        near = self._fetch_near(both)
        related = {ref for ref in near for stem in both
                   if ref not in stems and compare(stem, self.heads[ref]).verdict is not Verdict.DIFFERENT}
        said = {ref for judgement in self.judgements for ref in (judgement.copy, judgement.other) if ref
                and self.packets & {one.packet for one in (judgement.copy, judgement.other) if one}}
        self._know(set(self.old_heads) | related | said)
        touched = {self.node[ref] for ref in (*self.old_heads, *related, *said) if ref in self.node}
        members = self._copies(touched) | set(self.new_heads)
        touched |= self._undecided(members)
        return touched, self._copies(touched) | set(self.new_heads)

    def _copies(self, names: Collection[str]) -> set[CopyRef]:
        """The copies of letters that are not of the packets in work."""
        refs = {ref for some in self.shelf.copies_of(names).values() for ref in some if ref.packet not in self.packets}
        self._fetch(refs)
        return refs

    def _undecided(self, members: set[CopyRef]) -> set[str]:
        """Letters next to the touched ones where one of two copies says too little: whether they join may change."""
        found = set()
        for ref in members:
            head = self.heads[ref]
            for other in self._fetch_near([head]) - members:
                near = self.heads[other]
                if not (is_whole(head) and is_whole(near)) and compare(head, near).verdict is not Verdict.DIFFERENT:
                    found.add(other)
        self._know(found)
        return {self.node[ref] for ref in found}

    def _fetch_near(self, heads: Iterable[Head]) -> set[CopyRef]:
        """Copies (outside the packets) that heads have to be compared with."""
        keys: set[int] = set()
        crowded: set[int] = set()
        for head in heads:
            keys |= pair_keys(head.facts)
            crowded |= nickname_keys(head.facts)
        under = self.shelf.heads_under(keys, dict.fromkeys(crowded, CROWDED))
        found = {ref for refs in under.values() for ref in refs if ref.packet not in self.packets}
        self._fetch(found)
        return found

    def _group(self, members: set[CopyRef]) -> Letters:
        """The touched copies grouped anew, beside the copies they border on, which stay in their letters."""
        context = self._fetch_near(self.heads[ref] for ref in members) - members
        self._know(context)
        near = {ref: self.heads[ref] for ref in (*members, *context)}
        return group_heads(near, self.judgements, {ref: self.node[ref] for ref in context})

    def _moved(self, members: set[CopyRef], letters: Letters, touched: set[str]) -> tuple[set[CopyRef], set[str]]:
        """Copies whose letter has changed, and letters that did not only get copies more."""
        self._know(members | set(self.old_heads))
        groups = letters.members()
        whole = {root: {self.node.get(ref) for ref in refs} - {None} for root, refs in groups.items()}
        before = {name: {ref for ref in refs if ref.packet not in self.packets}
                  for name, refs in self.shelf.copies_of(touched).items()}
        shaken = set()
        for name, refs in before.items():
            roots = {letters.root[ref] for ref in refs if ref in letters.root}
            lost = any(self.node.get(ref) == name for ref in self.old_heads)
            if len(roots) != 1 or lost or any(whole[root] != {name} for root in roots):
                shaken.add(name)
        moved = {ref for ref in members if self.node.get(ref) in shaken or ref in self.new_heads}
        moved |= {ref for root, refs in groups.items() for ref in refs if not whole[root] <= {self.node.get(ref)}
                  or self.node.get(ref) in shaken}
        return moved, shaken

    # --- citations ----------------------------------------------------------------------------------------------------

    def _open_again(self, moved: set[CopyRef], shaken: set[str]) -> set[MentionRef]:
        """Citations whose meaning could have changed."""
        said = {facts for head in (*(self.heads[ref] for ref in moved), *self.old_heads.values())
                for facts in (head.facts, head.own)}
        found = self._weighing(said)
        found |= {link.mention for link in self.shelf.links_to(shaken)}
        _, beside = self.shelf.of_packets({ref.packet for ref in moved} - self.packets)
        found |= {mention.ref for mention in beside if mention.behind}
        found |= {judgement.mention for judgement in self.judgements
                  if judgement.mention and judgement.mention.copy.packet in self.packets}
        found = {ref for ref in found if ref.copy.packet not in self.packets}
        self.mentions.update(self.shelf.mentions(found))
        return {ref for ref in (*found, *self.new_mentions) if ref in self.mentions}

    def _weighing(self, said: Collection[Facts]) -> set[MentionRef]:
        """Citations that weigh, or weighed, a letter that says this."""
        asked = {facts: asked_of(facts) for facts in said}
        under = self.shelf.mentions_under({key for keys in asked.values() for key in keys}, {})
        by_facts = {facts: {ref for key in keys for ref in under.get(key, ())} for facts, keys in asked.items()}
        missing = {ref for refs in by_facts.values() for ref in refs if ref not in self.mentions}
        self.mentions.update(self.shelf.mentions(missing))
        near: dict[MentionRef, list[Facts]] = defaultdict(list)
        for facts, refs in by_facts.items():
            for ref in refs:
                if ref in self.mentions and worthwhile(self.mentions[ref].cited, facts, exact=False):
                    near[ref].append(facts)
        return near.keys() - self._settled({
            ref for ref, some in near.items()
            if not any(worthwhile(self.mentions[ref].cited, facts, exact=True) for facts in some)})

    def _settled(self, refs: Collection[MentionRef]) -> set[MentionRef]:
        """Those of the citations that a letter elsewhere fits in full: beside it none is weighed that does not nearly
        do so as well. Only a few of its copies are looked at; what a person spoke of is never settled."""
        spoken = {judgement.mention for judgement in self.judgements}
        keys = {ref: day_keys(self.mentions[ref].cited) for ref in refs if ref not in spoken}
        under = self.shelf.heads_under({key for some in keys.values() for key in some}, {})
        fitting = {ref: [one for key in some for one in under.get(key, ())
                         if one.packet not in self.packets and one.packet != ref.copy.packet][:_WITNESSES]
                   for ref, some in keys.items()}
        looked_at = {one for some in fitting.values() for one in some}
        self._fetch(looked_at)
        self._know(looked_at | {ref.copy for ref in fitting})
        return {ref for ref, some in fitting.items()
                if any(in_full(self.mentions[ref].cited, self.heads[one].facts)
                       and self.node[one] != self.node[ref.copy] for one in some)}

    def _decide(self, open_again: set[MentionRef], letters: Letters) -> tuple[dict[MentionRef, Decision], Judged]:
        """What they mean, against all the copies they could."""
        asked = [self.mentions[ref] for ref in open_again]
        keys = {key for mention in asked for key in asked_of(mention.cited)}
        crowded = {key for mention in asked for key in nickname_keys(mention.cited)}
        under = self.shelf.heads_under(keys, dict.fromkeys(crowded, CROWDED))
        wanted = {ref for refs in under.values() for ref in refs}
        wanted |= {ref for mention in asked for ref in (mention.ref.copy, *mention.behind)}
        wanted |= {judgement.other for judgement in self.judgements
                   if judgement.other and judgement.mention in open_again}
        wanted = {ref for ref in wanted if ref.packet not in self.packets}
        self._fetch(wanted)
        self._place(wanted, letters)
        index = Index()
        for key, refs in under.items():
            index.put(key, [ref for ref in refs if ref.packet not in self.packets])
        for head in self.new_heads.values():
            index.add(head)
        people = judged([one for one in self.judgements if one.mention in open_again], letters.root)
        found = {mention.ref: answer(mention, (self.heads[ref] for ref in candidates(mention, index)), letters, people,
                                     self.among) for mention in asked}
        return found, people

    def _place(self, refs: Iterable[CopyRef], letters: Letters) -> None:
        """Tells for copies that were not grouped now who stands for their letter."""
        loose = sorted(ref for ref in refs if ref not in letters.root and ref in self.heads)
        self._know({*loose, *letters.root})
        roots: dict[str, CopyRef] = {}
        for ref in sorted(letters.root):
            if ref not in self.new_heads and ref in self.node:
                roots.setdefault(self.node[ref], letters.root[ref])
        for ref in loose:
            letters.root[ref] = roots.setdefault(self.node[ref], ref)

    def _voted(self, touched: set[str], decisions: Mapping[MentionRef, Decision]) -> set[str]:
        """Letters that the citations in work, and all others of the touched letters, voted on or vote on now."""
        before = self.shelf.links_of({*decisions, *self.old_mentions})
        voted = {link.target for links in before.values() for link in links if link.target}
        voted |= {self.node[one.target] for one in decisions.values() if one.target in self.node}
        return voted | {link.target for link in self.shelf.links_from(touched) if link.target}

    def _placeholders(self, decisions: Mapping[MentionRef, Decision],
                      voted: set[str]) -> tuple[dict[MentionRef, MentionRef], set[str]]:
        """The citations of absent letters that are touched, grouped anew, and the placeholders they were in."""
        waiting = {ref for ref, found in decisions.items() if found.target is None}
        left = [ref for ref, links in self.shelf.links_of(set(decisions) - waiting).items()
                if any(link.state is LinkState.ABSENT for link in links)]
        come_or_gone = [self.mentions[ref].cited for ref in (*waiting, *left)]
        come_or_gone += [mention.cited for mention in self.old_mentions.values()]
        places = {*self.shelf.absent(voted)} | set(self._waiting_near(come_or_gone, decisions).values())
        there = {link.mention for link in self.shelf.links_to(places)
                 if link.mention not in decisions and link.mention.copy.packet not in self.packets
                 and link.state is not LinkState.REJECTED}
        self.mentions.update(self.shelf.mentions(there))
        members = waiting | there
        near = self._waiting_near([self.mentions[ref].cited for ref in members], decisions)
        beside = {ref: name for ref, name in near.items() if ref not in members}
        found = placeholders(self.mentions, {*members, *beside}, beside, self.among)
        return {ref: root for ref, root in found.items() if ref in members}, places

    def _waiting_near(self, said: Collection[Facts],
                      decisions: Mapping[MentionRef, Decision]) -> dict[MentionRef, str]:
        """Citations of absent letters that may mean the same as these, with their placeholders."""
        keys: set[int] = set()
        crowded: set[int] = set()
        for cited in said:
            keys |= pair_keys(cited)
            crowded |= nickname_keys(cited)
        found = {ref: name for ref, name in self.shelf.waiting_under(keys, dict.fromkeys(crowded, CROWDED)).items()
                 if ref not in decisions and ref.copy.packet not in self.packets}
        self.mentions.update(self.shelf.mentions({ref for ref in found if ref not in self.mentions}))
        shown = {sign for cited in said for sign in signs(cited)}
        return {ref: name for ref, name in found.items() if not shown.isdisjoint(signs(self.mentions[ref].cited))}

    # --- writing ------------------------------------------------------------------------------------------------------

    def _write(self, touched: set[str], voted: set[str], members: set[CopyRef], letters: Letters,
               decisions: dict[MentionRef, Decision], people: Judged, absent: dict[MentionRef, MentionRef],
               old_places: set[str]) -> Part:
        """The letters whose copies or votes changed, made anew, with all links that come from or go to them."""
        names = (touched | voted) - old_places
        for node in self.shelf.nodes(voted - touched).values():
            for ref in node.copies[:1]:
                letters.doubts[ref].update(node.compared)
        rebuilt = self._copies(names) | members
        self._place(rebuilt, letters)
        links = [link for link in (*self.shelf.links_to(names | old_places), *self.shelf.links_from(names))
                 if link.mention not in decisions and link.mention.copy.packet not in self.packets]
        opened = set(decisions)
        self._recall(links, decisions, absent, letters)
        parts = Assembly(self.heads, {ref: self.mentions[ref] for ref in decisions}, letters, decisions, absent, people)
        new_heads, new_mentions = tuple(self.new_heads.values()), tuple(self.new_mentions.values())
        was = stood((self.old_heads.values(), self.old_mentions.values()), (new_heads, new_mentions))
        return Rewriting(self.shelf, parts, self.node, rebuilt, names | old_places, opened, links, self.packets,
                         was).part(new_heads, new_mentions, set(self.old_mentions))

    def _recall(self, links: Iterable[Link], decisions: dict[MentionRef, Decision],
                absent: Mapping[MentionRef, MentionRef], letters: Letters) -> None:
        """Puts decisions that stand beside the new ones, as far as their letters are made anew."""
        stand = [link for link in links if link.state is not LinkState.REJECTED]
        missing = {link.mention for link in stand if link.mention not in self.mentions}
        self.mentions.update(self.shelf.mentions(missing))
        self._fetch({link.mention.copy for link in stand})
        self._place({link.mention.copy for link in stand}, letters)
        root = {self.node[ref]: place for ref, place in letters.root.items()
                if ref in self.node and ref not in self.new_heads}
        for link in stand:
            target = None if link.mention in absent else root.get(link.target or "")
            future = bool(link.reasons) and link.reasons[-1] == FUTURE[0]
            reasons = tuple(zip(link.reasons, link.reasons_en, strict=True))
            decisions[link.mention] = Decision(
                LinkState.LINKED if future else link.state, target, link.score, reasons[:-1] if future else reasons,
                link.rule, link.rule == "next-in-packet", ())

    def _fetch(self, refs: Collection[CopyRef]) -> None:
        missing = {ref for ref in refs if ref not in self.heads}
        if missing:
            self.heads.update(self.shelf.heads(missing))

    def _know(self, refs: Collection[CopyRef]) -> None:
        missing = {ref for ref in refs if ref not in self.node}
        if missing:
            self.node.update(self.shelf.nodes_of(missing))
