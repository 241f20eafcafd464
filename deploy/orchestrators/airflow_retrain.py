"""Monthly retraining from Airflow 3. Put this file and retrain.py into the folder of the DAGs.

Airflow decides when; set retrain_cron to a far day if the trainer shall not plan runs itself. The
first task uses REST; the second DAG shows the command line with its exit codes.
"""

from datetime import datetime, timedelta

from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import dag, task

import retrain


@dag(
    schedule="0 3 1 * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["ml-assets"],
)
def ml_assets_retrain():
    @task(retries=2, retry_delay=timedelta(minutes=60), execution_timeout=timedelta(hours=12))
    def train():
        try:
            run_id = retrain.start()
        except retrain.Busy as e:
            raise AirflowSkipException(str(e)) from e
        except retrain.Refused as e:
            # Trying again cannot help.
            raise AirflowFailException(str(e)) from e
        ended = False
        try:
            run = retrain.wait(run_id)
            ended = True
        finally:
            if not ended:
                # The task was killed or timed out: so is the run.
                retrain.abort(run_id)
        if run["status"] == "aborted":
            raise AirflowFailException(f"run {run_id} was aborted")
        if run["status"] != "success":
            raise RuntimeError(run["error_message"])
        return {key: run[key] for key in ("run_id", "model_version", "verdict", "reasons")}

    @task
    def tell(result):
        print(f"model {result['model_version']}: {result['verdict']}", *result["reasons"], sep="\n")

    tell(train())


@dag(schedule=None, start_date=datetime(2026, 1, 1), catchup=False, tags=["ml-assets"])
def ml_assets_retrain_by_command():
    # 0 trained; 1 failed; 2 wrong usage; 3 another run is under way; 4 data cannot be trained on.
    BashOperator(
        task_id="train",
        bash_command="./ml-assets train --pairs XAUUSD/XAGUSD --interval PT1H",
        cwd="/opt/ml-assets-core",
        skip_on_exit_code=[3],
        retries=2,
        retry_delay=timedelta(minutes=60),
    )


ml_assets_retrain()
ml_assets_retrain_by_command()
