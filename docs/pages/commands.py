"""The reference page of the command line, from the commands themselves."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from typing import Any

from cyclopts import App

from casque import cli
from docs.pages.markdown import one_line, page, table

_EXIT = """## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | done, and a finding has severity *error* (`check`, `run`) |
| 2 | the folder or the command line cannot be read as meant, or a file cannot be written |
| 3 | a mistake of the program |
| 130 | stopped by the user; finished stages are kept |

Faults and errors go to standard error, everything else to standard output. Faults of a scenario that was not asked for do not stand in
the way: they go to standard error as warnings, and with `--json` into `data` under `warnings`."""

_JSON = """## JSON

With `--json` every command prints one object of the same shape, done or failed, and nothing else:

```json
{"ok": true, "status": 0, "command": "check", "data": {}, "error": null}
```

`ok` is true for the exit codes 0 and 1, `status` is the exit code. `data` depends on the command and is described there.
When the command fails, `command` and `data` are null and `error` is `{"kind", "message", "next_step", "faults"}`.
Each fault has `file`, `line`, `where`, `seen`, `expected`, `nearest` and `next_step`."""


def commands() -> dict[str, Callable[..., Any]]:
    """Every command by name, in the order in which they are written; those of a group under the group's name."""
    return {name: app.default_command for name, app in _apps(cli.app).items()}  # type: ignore[misc]


def _apps(app: App, before: str = "") -> dict[str, App]:
    found: dict[str, App] = {}
    for name in app:
        if not name.startswith("-"):
            below = _apps(app[name], f"{before}{name} ")
            found |= below or {f"{before}{name}": app[name]}
    return found


def commands_page() -> str:
    """docs/reference/commands.md"""
    parts = [
        one_line(cli.app.help or ""),
        "Commands read a mission folder; only `new`, `run`, `schema`, `upgrade` and `workbook` write anything. "
        "`casque --version` prints the version, "
        "`casque COMMAND --help` the options.",
        table(
            ["command", "what it does"],
            [[f"[{name}](#casque-{name.replace(' ', '-')})", help_of(function)[0]] for name, function in commands().items()],
        ),
    ]
    parts += [_section(name, function) for name, function in commands().items()]
    return page("Commands", *parts, _EXIT, _JSON)


def help_of(function: Callable[..., Any]) -> tuple[str, str, dict[str, str]]:
    """First line of a command's docstring, the rest before its parameters, and the help of each parameter."""
    text = inspect.getdoc(function) or ""
    said, _, listed = text.partition("Parameters\n----------\n")
    first, _, rest = said.strip().partition("\n\n")
    helps: dict[str, str] = {}
    name = ""
    for line in listed.splitlines():
        if line and not line.startswith(" "):
            name = line.strip()
        elif line.strip():
            helps[name] = f"{helps.get(name, '')} {line.strip()}".strip()
    return one_line(first), one_line(rest), helps


def _section(name: str, function: Callable[..., Any]) -> str:
    first, rest, helps = help_of(function)
    usage, rows = f"casque {name}", []
    for item in _apps(cli.app)[name].assemble_argument_collection():
        kind = item.field_info.kind
        field = item.name.removeprefix("--").replace("-", "_")
        positional = kind is not inspect.Parameter.KEYWORD_ONLY
        written = field.upper() if positional else item.name
        default = item.field_info.default
        usage += f" {written}" if item.required else f" [{written}{'' if positional or item.hint is bool else ' N'}]"
        left_out = "*needed*" if item.required else "off" if default is False else "none" if default == "" else f"`{default}`"
        rows.append([f"`{written}`", left_out, helps.get(field) or str(item.parameter.help or "")])
    shape = f"`data`:\n\n```text\n{data_shape(function)}\n```"
    return "\n\n".join(
        part
        for part in (f"## casque {name}", first, rest, f"```text\n{usage}\n```", table(["argument", "if left out", "meaning"], rows), shape)
        if part
    )


def data_shape(function: Callable[..., Any]) -> str:
    """The shape of `data` in the JSON of a command, read from the call that gives it."""
    tree = ast.parse(inspect.getsource(function))
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "data"
    ]
    return "\nor\n".join(_shape(call.args[0]) for call in sorted(calls, key=lambda call: call.lineno))


def _shape(node: ast.expr) -> str:
    if isinstance(node, ast.Dict):
        return "{" + ", ".join(_entry(key, value) for key, value in zip(node.keys, node.values, strict=True)) + "}"
    if isinstance(node, ast.BinOp):
        return "{" + _shape(node.left)[1:-1] + ", " + _shape(node.right)[1:-1] + "}"
    if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        return f"[{_shape(node.elt)}, ...]"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "model_dump":
        return "{every field of the record}"
    return "..."


def _entry(key: ast.expr | None, value: ast.expr) -> str:
    if key is None:
        return _shape(value)[1:-1]
    return f'"{ast.literal_eval(key)}": {_shape(value)}'
