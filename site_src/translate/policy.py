"""Which entries of the memory may be published: the table of states and publication policies.

| state in the memory | approved | checked | all |
|---|---|---|---|
| approved | show | show | show |
| machine, no error found | withhold | show | show |
| machine, error found | withhold | withhold | show, boxed |
| draft, withheld by a person, stale, pending | withhold | withhold | withhold |
"""

from __future__ import annotations

from typing import Literal

from site_src.model.edition import NO_REASON, Finding, Origin, Rendering
from site_src.translate.po import AUTHORS, Entry

Policy = Literal["approved", "checked", "all"]


def rendering(source: str, entry: Entry | None, findings: tuple[Finding, ...], policy: Policy) -> Rendering:
    """The sentence as a page may show it; its text is "" where the policy withholds it."""
    if entry is None or entry.state == "pending":
        return Rendering(source, "", "pending", "none", findings=findings)
    if entry.state == "approved":
        return Rendering(source, entry.text, "approved", approver(entry), findings=findings)
    if entry.state == "machine":
        engine = entry.note("engine")
        if may_publish(findings, policy):
            return Rendering(source, entry.text, "machine", "machine", engine, findings)
        return Rendering(source, "", "withheld", "machine", engine, findings)
    origin: Origin = "machine" if entry.untouched else "editor"
    why = entry.statement("withheld") or NO_REASON if entry.state == "withheld" else ""
    return Rendering(source, "", entry.state, origin, findings=findings, why=why)


def may_publish(findings: tuple[Finding, ...], policy: Policy) -> bool:
    """Whether a machine's sentence with these findings is published."""
    if policy == "checked":
        return not any(finding.severity == "error" for finding in findings)
    return policy == "all"


def approver(entry: Entry) -> Origin:
    """Who stands behind an approved entry: the project's authors if it says so, else an editor."""
    return "authors" if (entry.statement("approved") or "").lower() == AUTHORS else "editor"


def strict_failure(rendering: Rendering) -> bool:
    """Whether `--strict` fails for a sentence: it does for any that waits for somebody's work or decision."""
    if rendering.state in ("pending", "stale", "draft"):
        return True
    if rendering.origin == "machine" and not rendering.why:
        return rendering.state == "withheld" or not may_publish(rendering.findings, "checked")
    return False
