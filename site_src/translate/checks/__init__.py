"""What is wrong with a translation, seen from the two texts alone: pure functions, no model.

They are imported when there is a pair to check: most builds have none that is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_src.model.edition import Finding

if TYPE_CHECKING:
    from site_src.text.names import NameBook


def check_pair(
    source: str, target: str, names: NameBook, source_lang: str = "ar", target_lang: str = "en"
) -> tuple[Finding, ...]:
    """What is wrong with `target` as a translation of `source`; nothing found is an empty tuple."""
    from site_src.translate.checks.every import findings
    from site_src.translate.checks.pair import Pair, Side

    return findings(Pair(Side(source, source_lang, "source", names), Side(target, target_lang, "target", names)))
