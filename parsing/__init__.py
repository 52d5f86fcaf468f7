"""Pages → letters: where each letter of a packet starts and ends, every field with evidence and honest doubt."""

from parsing.contract import packet_json
from parsing.packet import parse_packet

__all__ = ["packet_json", "parse_packet"]
