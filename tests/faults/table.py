"""The tables of `docs/robustness.md`: what was tried, what happens, and which test shows it.

    python -m tests.faults.table [TRIALS]

stops every command TRIALS times in each of two ways, and writes the page with what came of it.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

from tests.faults.stopping import trials
from tests.faults.works import WORKS

PAGE = Path(__file__).parents[2] / "docs" / "robustness.md"
FIGURES = "## Commands stopped at random instants"
USUAL_TRIALS = 25

# What is done, what happens, the test (its file below tests/, its name).
# fmt: off
FAULTS = [
    ("A command is killed at any instant: build, merge, format, release",
     "The old files or the new ones, all of them. The next command ends what was begun.",
     "faults/test_stopped.py::test_killed_at_any_instant_all_files_are_old_or_all_are_new"),
    ("The same, at each single call to the system",
     "The same.",
     "test_transaction.py::test_killed_while_it_takes_back_it_still_finds_all_old"),
    ("Ctrl-C at any instant",
     "One word, exit code 130, all old or all new, nothing left over.",
     "faults/test_stopped.py"
     "::test_ctrl_c_at_any_instant_says_one_word_and_leaves_all_old_or_all_new"),
    ("Ctrl-C while the program is loaded",
     "One word, exit code 130.",
     "faults/test_stopped.py::test_ctrl_c_while_the_command_is_loaded_says_one_word"),
    ("The disk is full",
     "One sentence; every file as it was, and nothing beside them.",
     "faults/test_disk.py::test_on_a_full_disk_all_files_are_as_they_were"),
    ("Any call to the system fails: no space, no right, a broken disk",
     "One sentence; every file as it was.",
     "test_transaction.py::test_when_anything_fails_all_files_are_old_and_nothing_is_left"),
    ("The folder is read-only",
     "One sentence; every file as it was. What only reads works.",
     "faults/test_disk.py::test_in_a_folder_that_cannot_be_written_all_files_are_as_they_were"),
    ("Two merges at once",
     "One waits; the edits are there once.",
     "faults/test_together.py::test_two_merges_at_once_bring_the_edits_back_once"),
    ("A build during a merge",
     "It shows the old data or the new.",
     "faults/test_together.py::test_a_build_during_a_merge_shows_the_old_data_or_the_new"),
    ("A command reads while another writes",
     "It reads again; what it finds belongs together.",
     "faults/test_together.py"
     "::test_whoever_reads_while_another_writes_finds_what_belongs_together"),
    ("The files change again and again",
     "One sentence after five readings.",
     "faults/test_together.py::test_files_that_change_again_and_again_are_told"),
    ("The clock is wrong by decades",
     "The same bytes.",
     "faults/test_surroundings.py::test_a_wrong_clock_changes_no_byte"),
    ("Another time zone, language, seed of hashing",
     "The same bytes.",
     "faults/test_surroundings.py::test_zone_language_and_seed_change_no_byte"),
    ("A link in place of a file, inside the folder",
     "The file it leads to is read and written; the link stays.",
     "faults/test_paths.py::test_a_link_inside_the_folder_is_read_and_kept"),
    ("A link that leads out of the folder, for data, schema or dialect",
     "Refused in one sentence, not opened.",
     "faults/test_paths.py::test_a_link_that_leads_out_is_neither_read_nor_written"),
    ("A link out of the folder where a build writes",
     "Refused; what it leads to is as it was.",
     "faults/test_paths.py::test_a_build_writes_through_no_link_out_of_the_folder"),
    ("A path that leads out: `../x`, `/etc/passwd`, `file://`, `C:\\x` …",
     "Refused in one sentence, not opened.",
     "faults/test_paths.py::test_a_path_that_leads_out_is_refused_in_one_sentence"),
    ("A rule that is a link out of the folder",
     "Not run, and told.",
     "faults/test_paths.py::test_a_rule_that_is_a_link_out_of_the_folder_is_not_run"),
    ("A channel (FIFO) or a device in place of a file",
     "Told; nobody waits for it.",
     "faults/test_paths.py::test_a_channel_in_place_of_a_file_is_not_waited_for"),
    ("The workbook is open in another program while it is read",
     "It is read; a note says that what is not saved there is missing.",
     "faults/test_open_elsewhere.py"
     "::test_what_reads_an_open_workbook_says_that_it_may_not_be_saved"),
    ("The workbook is open while a build replaces it",
     "It is replaced; a note says so. (Windows refuses it: one sentence.)",
     "faults/test_open_elsewhere.py::test_a_build_that_replaces_an_open_workbook_says_so"),
]

INJECTIONS = [
    ("Formulas in cells, titles and names: `=`, `+`, `-`, `@`, tab, DDE",
     "Text in every cell of the workbook.",
     "faults/test_injection.py::test_every_cell_of_the_workbook_that_shows_them_is_a_text"),
    ("The same in the workbook of a diff, in a marked copy",
     "Text.",
     "faults/test_injection.py::test_the_workbook_of_a_diff_shows_them_as_text"),
    ("The same in a CSV of a view",
     "No CSV is built with a text that would call something. A text that would only look wrong "
     "is named (refused where the package is strict): a CSV knows no way to say “text”.",
     "faults/test_injection.py::test_no_csv_is_built_with_a_text_that_would_call_something"),
    ("The same in SQLite and JSON",
     "Kept as they are; nothing runs there.",
     "faults/test_injection.py::test_the_database_and_the_document_hold_them_as_they_are"),
    ("HTML, Markdown, workflow commands, control codes in what commands say",
     "Escaped, one line each, in all formats.",
     "faults/test_injection.py::test_no_report_of_any_command_is_more_than_text"),
    ("Control codes, marks of direction, links for terminals in names",
     "Written as escapes.",
     "faults/test_injection.py::test_a_fact_in_a_message_is_one_line_that_moves_no_cursor"),
    ("Names that look like paths or devices, very long names",
     "Files inside the folder that is built.",
     "faults/test_injection.py::test_a_build_under_such_names_stays_in_its_folder"),
    ("Patterns that are tried for ever: `(a+)+`",
     "Told after two seconds of computing. (Not on Windows, which lacks such a clock.)",
     "faults/test_endless.py::test_a_pattern_that_is_tried_for_ever_is_told"),
    ("Many cells that each take long",
     "Told; all of them together are bounded.",
     "faults/test_endless.py::test_many_cells_that_take_long_together_end_too"),
    ("SQL that never ends",
     "Stopped by its steps, or by a clock.",
     "faults/test_endless.py::test_sql_that_never_ends_is_stopped_by_its_steps_or_by_the_clock"),
    ("SQL that wants all memory, or the whole disk",
     "Stopped at 4 GB of the disk, which it gives back, or 2 GB of memory. (On Windows the "
     "clock alone bounds the disk.)",
     "faults/test_endless.py::"
     "test_sql_that_wants_the_whole_disk_gets_a_bounded_part_of_it_and_of_memory"),
    ("SQL of which a single step takes for ever",
     "Refused on long texts; what SQL makes itself stays short.",
     "faults/test_endless.py::test_no_single_step_of_sql_can_take_for_ever"),
    ("YAML that repeats itself a billion times, or holds itself",
     "Refused before it is unfolded.",
     "faults/test_endless.py::test_yaml_that_explodes_is_refused"),
    ("JSON nested a hundred levels deep and more",
     "Refused in one sentence.",
     "faults/test_endless.py::test_json_that_is_nested_too_deep_is_refused"),
    ("An address of another kind than the web: `sqlite://`, `s3://` …",
     "Refused, and not called.",
     "faults/test_paths.py"
     "::test_an_address_of_another_kind_than_the_web_is_refused_and_not_called"),
]
# fmt: on


def tables() -> str:
    """The page but for the figures."""
    return "\n".join(
        [
            "# What can go wrong without costing anybody their data",
            "",
            "Made by `python -m tests.faults.table`. Each row is shown by the test that it names, "
            "below `tests/`.",
            "",
            "## Faults",
            "",
            *_table(FAULTS),
            "",
            "## Texts, patterns and files that mean harm",
            "",
            *_table(INJECTIONS),
            "",
        ]
    )


def _table(rows: list[tuple[str, str, str]]) -> list[str]:
    lines = ["| What is done | What happens | Shown by |", "|---|---|---|"]
    return lines + [f"| {done} | {happens} | `{test}` |" for done, happens, test in rows]


def figures(count: int) -> str:
    """What came of commands that were stopped, counted now."""
    lines = [
        FIGURES,
        "",
        "| Command | Stopped by | Tried | Stopped in time | All old | All new | Mixed or lost |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for name, work in WORKS.items():
        for how, stop in (("kill", signal.SIGKILL), ("Ctrl-C", signal.SIGINT)):
            with tempfile.TemporaryDirectory() as folder:
                tally = trials(work, Path(folder), stop, count, seed=count)
            told = (tally.tried, tally.stopped, tally.old, tally.new, tally.mixed)
            lines.append(f"| {name} | {how} | {' | '.join(map(str, told))} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    trials_wanted = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL_TRIALS
    PAGE.write_text(f"{tables()}\n{figures(trials_wanted)}", encoding="utf-8")
