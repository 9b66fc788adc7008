"""How the types of engagement group: what the stages on either side of the events share."""

from __future__ import annotations

CHANNELS = ("joint_committee", "consultations")  # a fixed channel wins over meeting and visit
CONTACTS = ("meeting", "visit", "summit", *CHANNELS)
NEXT_ROUND = "next_round"
PAPERS = frozenset({"credentials", "message"})
DEEDS = ("agreement", "aid", "cooperation")  # what figures are usually of
