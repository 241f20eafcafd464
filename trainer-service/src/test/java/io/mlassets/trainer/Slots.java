package io.mlassets.trainer;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The schedule's row, moved about as time would. */
record Slots(JdbcClient database) {

  /** The next slot, as soon as a replica has planned it. */
  Instant planned() throws Exception {
    return Patience.await("a slot that is planned", this::next).toInstant();
  }

  private Optional<Timestamp> next() {
    return database
        .sql("select execution_time from audit.scheduled_tasks where task_name = 'retrain'")
        .query(Timestamp.class)
        .optional();
  }

  /** The next slot is now; its time. */
  Instant makeDue() throws Exception {
    planned();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    moveTo(now);
    return now;
  }

  void moveTo(Instant time) {
    database
        .sql("update audit.scheduled_tasks set execution_time = ? where task_name = 'retrain'")
        .param(Timestamp.from(time))
        .update();
  }

  /** As if a replica had died in the middle of firing the slot. */
  void pickedByTheDead(Instant slot) {
    database
        .sql(
            """
            update audit.scheduled_tasks set execution_time = ?, picked = true,
              picked_by = 'dead', last_heartbeat = now() - interval '5 minutes'
            where task_name = 'retrain'
            """)
        .param(Timestamp.from(slot))
        .update();
  }
}
