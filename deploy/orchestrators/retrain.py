"""One retraining over the trainer's REST interface, for any orchestrator; standard library only.

TRAINER_URL      such as http://trainer:8082
OPERATOR_TOKEN   bearer token that may start runs

Started by hand it prints the run's row and ends with 0 (trained, whatever the verdict), 1 (failed or
aborted), 2 (wrong request or token) or 3 (another run is under way).
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request

BUSY = 409
ENDED = {"success", "failed", "aborted"}
# A trainer that is restarted, or whose database is, answers again before long.
PATIENCE_SECONDS = 600


class Refused(Exception):
    """The trainer does not take this request; asking again the same way cannot help."""


class Busy(Exception):
    """Another run is under way."""


def call(method, path, body=None):
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
    """Starts a run and returns its id; without a body the pairs of the model in force are taken."""
    return call("POST", "", body or {})["run_id"]


def wait(run_id, every_seconds=15):
    """The run's row when it has ended."""
    last_heard = time.monotonic()
    while True:
        try:
            run = call("GET", "/" + run_id)
            last_heard = time.monotonic()
            if run["status"] in ENDED:
                return run
        except (urllib.error.URLError, TimeoutError):
            if time.monotonic() - last_heard > PATIENCE_SECONDS:
                raise
        time.sleep(every_seconds)


def abort(run_id):
    """Ends a run; nothing happens when it has ended."""
    try:
        call("DELETE", "/" + run_id)
    except Busy:
        pass


def main():
    try:
        run = wait(start(json.loads(sys.argv[1]) if len(sys.argv) > 1 else None))
    except Refused as e:
        print(e, file=sys.stderr)
        return 2
    except Busy as e:
        print(e, file=sys.stderr)
        return 3
    print(json.dumps(run, indent=2))
    return 0 if run["status"] == "success" else 1


if __name__ == "__main__":
    sys.exit(main())
