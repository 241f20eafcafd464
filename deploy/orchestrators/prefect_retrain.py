"""Monthly retraining from Prefect 3; retrain.py lies beside it. `python prefect_retrain.py` serves it."""

import retrain
from prefect import flow, get_run_logger, task
from prefect.states import Failed


def worth_retrying(_task, _task_run, state):
    """A refused request stays refused, and somebody wanted the end of an aborted run."""
    try:
        state.result()
    except (retrain.Refused, retrain.Busy, Aborted):
        return False
    except Exception:
        return True
    return False


class Aborted(Exception):
    """The run was ended on request."""


@task(retries=2, retry_delay_seconds=3600, retry_condition_fn=worth_retrying, timeout_seconds=43200)
def train():
    run_id = retrain.start()
    ended = False
    try:
        run = retrain.wait(run_id)
        ended = True
    finally:
        if not ended:
            retrain.abort(run_id)
    if run["status"] == "aborted":
        raise Aborted(run_id)
    if run["status"] != "success":
        raise RuntimeError(run["error_message"])
    return run


@flow(name="ml-assets-retrain")
def ml_assets_retrain():
    log = get_run_logger()
    try:
        run = train()
    except retrain.Busy as e:
        return Failed(message=str(e))
    log.info("model %s: %s", run["model_version"], run["verdict"])
    for reason in run["reasons"]:
        log.info("%s", reason)
    return run


if __name__ == "__main__":
    ml_assets_retrain.serve(cron="0 3 1 * *")
