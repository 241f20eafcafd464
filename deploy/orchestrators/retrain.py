"""One retraining for any orchestrator, over the trainer's REST interface or the command line; standard library only.

TRAINER_URL      such as http://trainer:8082
OPERATOR_TOKEN   bearer token that may start runs

Started by hand it prints the run's row and ends with 0 (trained, whatever the verdict), 1 (failed, aborted or
the trainer was not heard of for too long) or 2 (wrong request or token). Its own check: python3 retrain_check.py
"""

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

BUSY = 409
ENDED = {"success", "failed", "aborted"}
# A trainer that is restarted, or whose database is, answers again before long.
PATIENCE_SECONDS = 600
PAUSE_SECONDS = 15
# Everything a connection can die of, on either side of the answer's head, and half an answer.
LOST = (OSError, http.client.HTTPException, json.JSONDecodeError)


class Refused(Exception):
    """This request is not taken; asking again the same way cannot help."""


class Busy(Exception):
    """Another run is under way."""


class Aborted(Exception):
    """The run was ended on request; nobody wants it tried again."""


class Failed(Exception):
    """The run failed; another may do better."""


class Unheard(Exception):
    """The trainer was not heard of for too long; its run may well go on, and is taken up by the next try."""


def call(method, path, body=None):
    """One request, tried again for as long as the trainer is away."""
    first = time.monotonic()
    while True:
        try:
            return once(method, path, body)
        except LOST as e:
            if time.monotonic() - first > PATIENCE_SECONDS:
                raise Unheard(f"{method} {path or '/'}: {e!r}") from e
        time.sleep(PAUSE_SECONDS)


def once(method, path, body):
    request = urllib.request.Request(
        os.environ["TRAINER_URL"].rstrip("/") + "/api/v1/retrain" + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["OPERATOR_TOKEN"],
            "Content-Type": "application/json",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as e:
        detail = e.read().decode(errors="replace")
        if e.code == BUSY:
            raise Busy(detail) from e
        if e.code < 500:
            raise Refused(f"{e.code}: {detail}") from e
        raise


def start(body=None):
    """Starts a run and returns (its id, True), or (id, False) of the run that is under way already.

    That run may be our own: its worker was killed, or the answer that told its id was lost. Without a body the
    pairs of the model in force are taken.
    """
    while True:
        try:
            return call("POST", "", body or {})["run_id"], True
        except Busy:
            running = under_way()
            if running:
                return running, False
        # It ended between the two questions.
        time.sleep(PAUSE_SECONDS)


def under_way():
    for run in call("GET", "?size=50")["items"]:
        if run["status"] == "running":
            return run["run_id"]
    return None


def wait(run_id):
    """The run's row when it has ended."""
    while True:
        run = call("GET", "/" + run_id)
        if run["status"] in ENDED:
            return run
        time.sleep(PAUSE_SECONDS)


def abort(run_id):
    """Ends a run; nothing happens when it has ended."""
    try:
        call("DELETE", "/" + run_id)
    except Busy:
        pass


def run(body=None):
    """A run from start to success: its row. Raises Refused, Aborted, Failed or Unheard.

    When the caller is killed or timed out, so is the run, if it is ours.
    """
    run_id, ours = start(body)
    try:
        row = wait(run_id)
    except Unheard:
        # No reason to end a run.
        raise
    except BaseException:
        if ours:
            abort(run_id)
        raise
    if row["status"] == "aborted":
        raise Aborted(f"run {run_id} was aborted")
    if row["status"] != "success":
        raise Failed(f"run {run_id}: {row['error_message']}")
    return row


def run_command(command, cwd=None):
    """`./ml-assets train …` to its end; its exit code becomes one of the exceptions above."""
    code = subprocess.run(command, cwd=cwd, check=False).returncode
    if code == 3:
        raise Busy("another run is under way")
    if code == 5:
        raise Aborted("the run was aborted")
    if code in (2, 4):
        raise Refused({2: "wrong usage", 4: "the data cannot be trained on"}[code])
    if code != 0:
        raise Failed(f"exit code {code}")


def main():
    try:
        row = run(json.loads(sys.argv[1]) if len(sys.argv) > 1 else None)
    except Refused as e:
        print(e, file=sys.stderr)
        return 2
    except (Aborted, Failed, Unheard) as e:
        print(e, file=sys.stderr)
        return 1
    print(json.dumps(row, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
