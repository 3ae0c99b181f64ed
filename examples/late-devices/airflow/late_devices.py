"""Runs the days of examples/late-devices as they are scheduled, and whatever came late.

Each day is a task of its own, several at once. A task runs its day and notes which earlier days are late; these are run by the last task,
which runs all that is due. Both commands may be tried again at any time, and at the same time: what is done is not done twice.
Exit code 75 says that a day is not there or not ready yet, or that another process is at it: Airflow tries again after a while.
"""

from datetime import datetime, timedelta

from airflow import DAG

try:
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:  # Airflow 2
    from airflow.operators.bash import BashOperator

PIPEGRAPH = "/opt/millrace/examples/late-devices/pipegraph.conf"
LAKE = "--set lake=/data/lake"

with DAG(
    dag_id="late_devices",
    start_date=datetime(2024, 1, 1),
    schedule="@daily",
    catchup=True,
    max_active_runs=3,
    default_args={"retries": 12, "retry_delay": timedelta(minutes=10)},
) as dag:
    run_the_day = BashOperator(
        task_id="run_the_day",
        bash_command=f"millrace late-data run {PIPEGRAPH} {LAKE} --date {{{{ ds }}}} --leave-backfills",
    )
    run_late_days = BashOperator(
        task_id="run_late_days",
        bash_command=f"millrace late-data run {PIPEGRAPH} {LAKE}",
        max_active_tis_per_dag=1,
    )
    run_the_day >> run_late_days
