"""The reference page of the stages: question, what each reads, and the fields of the record it gives."""

from __future__ import annotations

import inspect

from pydantic import BaseModel

from casque.mission.folder import LESSONS, TABLE_FOLDERS, TABLES, YAML_FILES
from casque.mission.layout import OPTIONAL_TABLES
from casque.runs.stages import EVERYTHING, STAGES, Stage
from docs.pages.fields import models_below, record_table
from docs.pages.markdown import one_line, page, table


def files_of() -> dict[str, str]:
    """For each part of the mission the file or folder that fills it."""
    found = {part: name for name, (part, _) in YAML_FILES.items()}
    found |= {part: name.split("/")[0] + "/" for name, (part, _, _) in TABLES.items()}
    found |= {part: name for name, (part, _, _) in TABLES.items() if name in OPTIONAL_TABLES}
    found |= {part: name + "/" for name, (part, _, _) in TABLE_FOLDERS.items()}
    return found | {"lessons": LESSONS + "/"}


def stages_page() -> str:
    """docs/reference/stages.md"""
    overview = table(
        ["stage", "question", "reads", "and the records of"],
        ([f"[{stage.name}](#{stage.name})", stage.title, _reads(stage), ", ".join(stage.uses)] for stage in STAGES),
    )
    shown: set[type[BaseModel]] = set()
    parts = [
        "A run goes through these stages in this order. Each is one function of what it reads and gives one record. A stage runs "
        "again only when something that it reads has changed: a file, an earlier record, an option, "
        "the reference set or the code of its rooms.",
        "Days in records are counted from D-day (D is 0). Month 0 starts on D-day; a month is a twelfth of a year.",
        overview,
    ]
    for stage in STAGES:
        steered = f" Options: {', '.join(f'`--{name}`' for name in stage.options)}." if stage.options else ""
        records = f" Records of {', '.join(stage.uses)}." if stage.uses else ""
        parts.append(f"## {stage.name}\n\n{stage.title}\n\nReads {_reads(stage)}.{records}{steered} Code: `{stage.door}`.")
        for model in models_below(stage.gives):
            if model not in shown:
                shown.add(model)
                about = one_line(inspect.getdoc(model) or "")
                parts.append(f"### {model.__name__}\n\n{about}\n\n{record_table(model)}")
    return page("Stages", *parts)


def _reads(stage: Stage) -> str:
    return "the whole folder" if stage.reads == EVERYTHING else ", ".join(f"`{files_of()[part]}`" for part in stage.reads)
