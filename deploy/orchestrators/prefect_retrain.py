"""Monthly retraining from Prefect 3; retrain.py lies beside it. `python prefect_retrain.py` serves it."""

import retrain
from prefect import flow, get_run_logger, task


def worth_retrying(_task, _task_run, state):
    """A refused request stays refused, and somebody wanted the end of an aborted run."""
    try:
        state.result()
    except (retrain.Refused, retrain.Aborted):
        return False
    except Exception:
        return True
    return False


@task(retries=2, retry_delay_seconds=3600, retry_condition_fn=worth_retrying, timeout_seconds=43200)
def train():
    return retrain.run()


@flow(name="ml-assets-retrain")
def ml_assets_retrain():
    log = get_run_logger()
    run = train()
    log.info("model %s: %s", run["model_version"], run["verdict"])
    for reason in run["reasons"]:
        log.info("%s", reason)
    return run


if __name__ == "__main__":
    ml_assets_retrain.serve(cron="0 3 1 * *")
