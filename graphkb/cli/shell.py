"""The shell: a prompt at which statements and commands are typed."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from graphkb import __version__, without_store
from graphkb.cli.history import PrivateHistory, history_file
from graphkb.cli.main import told
from graphkb.cli.shell_commands import LeaveError
from graphkb.cli.shell_completion import completed
from graphkb.cli.terminal import say, shortened, visible

if TYPE_CHECKING:
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import History

    from graphkb.cli.session import Session

__all__ = ["run_shell"]

PROMPT, CONTINUED = "graphkb> ", "    ...> "


def run_shell(session: Session, history: str | None) -> None:
    """Read statements and commands from the terminal until the person leaves.

    Parameters
    ----------
    session : Session
        Where they are answered.
    history : str, optional
        The file that keeps what was typed; empty for none, None for the usual one.

    Raises
    ------
    GraphKBError
        The store cannot be opened.
    """
    store = session.base.store
    kept = history_file(history)
    held: History = InMemoryHistory() if kept is None else PrivateHistory(kept)
    session.typed = lambda: list(reversed(list(held.load_history_strings())))
    prompt: PromptSession[str] = PromptSession(
        multiline=True,
        prompt_continuation=_margin,
        history=held,
        completer=_Completer(session),
        complete_while_typing=False,
        key_bindings=_keys(),
        enable_suspend=True,
        enable_open_in_editor=True,
        reserve_space_for_menu=6,
        include_default_pygments_style=False,
    )
    # The grammar takes half a second to read: about what it takes to type the first statement.
    threading.Thread(
        target=without_store.is_whole, args=("RETURN 1 AS one\n",), daemon=True
    ).start()
    say(f"graphkb {__version__} on {store.url} ({store.engine}).")
    say("A statement ends with ; or an empty line; Tab completes; :help says the rest.")
    while True:
        try:
            text = prompt.prompt(PROMPT)
        except (KeyboardInterrupt, asyncio.CancelledError):
            # The latter where Ctrl-C comes while the prompt is made.
            continue
        except EOFError:
            return
        try:
            session.run_all(text)
        except KeyboardInterrupt:
            say("interrupted; the store is as it was")
        except LeaveError:
            return
        except Exception as error:
            if os.environ.get("GRAPHKB_DEBUG"):
                raise
            # What was typed and set so far is not to be lost with one statement.
            say(f"graphkb: {told(error)}")


def _margin(width: int, line: int, wrapped: int) -> str:  # noqa: ARG001 - as it is called
    """What stands before a line: nothing before the rest of one that the screen breaks."""
    return " " * len(CONTINUED) if wrapped else CONTINUED


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state is not None and buffer.complete_state.current_completion:
            buffer.complete_state = None
        elif not buffer.text.strip() or without_store.is_whole(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.newline(copy_margin=False)

    @keys.add("escape", "enter")
    def run(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    return keys


class _Completer(Completer):
    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - Tab is the only one
    ) -> Iterator[Completion]:
        found = self._found(document.text_before_cursor, document.text_after_cursor)
        # Beside the menu a meaning has half of the screen.
        room = max(10, shutil.get_terminal_size().columns // 2)
        for text, typed, meaning in found:
            yield Completion(
                text, start_position=-typed, display_meta=shortened(visible(meaning), room)
            )

    def _found(self, before: str, after: str) -> Iterable[tuple[str, int, str]]:
        if before.lstrip().startswith(":"):
            return completed(self._session, before.lstrip())
        found = without_store.completions(before, after, self._session.parameters)
        return ((one.text, one.typed, one.meaning) for one in found)
