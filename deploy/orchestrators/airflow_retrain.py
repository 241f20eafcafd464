"""Monthly retraining from Airflow 3. Put this file and retrain.py into the folder of the DAGs.

Airflow decides when; set retrain_cron to a far day if the trainer shall not plan runs itself. The
first DAG uses REST; the second shows the command line with its exit codes. A try that finds a run
under way, such as the one of a worker that was killed, waits for it instead of starting another.
"""

from datetime import datetime, timedelta

from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.sdk import dag, task

import retrain

TRIES = {"retries": 2, "retry_delay": timedelta(minutes=60), "execution_timeout": timedelta(hours=12)}


@dag(
    schedule="0 3 1 * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["ml-assets"],
)
def ml_assets_retrain():
    @task(**TRIES)
    def train():
        try:
            run = retrain.run()
        except (retrain.Refused, retrain.Aborted) as e:
            # Trying again cannot help, or is not wanted.
            raise AirflowFailException(str(e)) from e
        return {key: run[key] for key in ("run_id", "model_version", "verdict", "reasons")}

    @task
    def tell(result):
        print(f"model {result['model_version']}: {result['verdict']}", *result["reasons"], sep="\n")

    tell(train())


@dag(schedule=None, start_date=datetime(2026, 1, 1), catchup=False, tags=["ml-assets"])
def ml_assets_retrain_by_command():
    @task(**TRIES)
    def train():
        # 1 failed, and is tried again; 2 wrong usage, 4 data cannot be trained on, 5 aborted: never.
        command = ["./ml-assets", "train", "--pairs", "XAUUSD/XAGUSD", "--interval", "PT1H"]
        try:
            retrain.run_command(command, cwd="/opt/ml-assets-core")
        except retrain.Busy as e:
            raise AirflowSkipException(str(e)) from e
        except (retrain.Refused, retrain.Aborted) as e:
            raise AirflowFailException(str(e)) from e

    train()


ml_assets_retrain()
ml_assets_retrain_by_command()
