"""The starting codebook: 24 themes in 6 groups, shipped with the text package."""

import json
from importlib.resources import files

from stories.models import Theme


def load_codebook() -> int:
    """Adds every group and theme that is not there yet; returns how many. What lay members
    changed since stays theirs."""
    codebook = json.loads((files("stories.text") / "data" / "codebook.json").read_text("utf-8"))
    groups = {}
    added = 0
    for row in codebook["groups"]:
        groups[row["id"]], made = Theme.objects.get_or_create(
            slug=row["id"],
            defaults={
                "name": row["label"],
                "child_label": row["child_label"],
                "definition": row["definition"],
            },
        )
        added += made
    for row in codebook["themes"]:
        _theme, made = Theme.objects.get_or_create(
            slug=row["id"],
            defaults={
                "parent": groups[row["group"]],
                "name": row["label"],
                "child_label": row["child_label"],
                "definition": row["definition"],
                "include": row["include"],
                "exclude": row["exclude"],
                "cues": "\n".join(row["cues"]),
            },
        )
        added += made
    return added
