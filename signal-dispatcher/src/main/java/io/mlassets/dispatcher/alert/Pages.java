package io.mlassets.dispatcher.alert;

import io.mlassets.alert.Alert;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Incidents that go on for a while. They are kept in the database, so that a dispatcher that comes
 * after the one that told them tells their end; what goes on when one starts is told again.
 */
@Component
public class Pages {
  private final JdbcClient jdbc;
  private final Alerts alerts;
  private final Set<String> toldHere = new HashSet<>();

  Pages(JdbcClient jdbc, Alerts alerts) {
    this.jdbc = jdbc;
    this.alerts = alerts;
  }

  /**
   * It goes on; told when it began, and when it grew.
   *
   * @param mark grows with it
   */
  public synchronized void open(Alert alert, long mark) {
    boolean grew =
        jdbc.sql(
                    """
                    insert into core.open_pages as p (key, mark) values (?, ?)
                    on conflict (key) do update set mark = excluded.mark where p.mark < excluded.mark
                    """)
                .params(alert.key(), mark)
                .update()
            > 0;
    if (toldHere.add(alert.key()) || grew) {
      alerts.raise(alert);
    }
  }

  /** It is over; told if it was open. */
  public synchronized void close(String key, String text) {
    toldHere.remove(key);
    if (jdbc.sql("delete from core.open_pages where key = ?").param(key).update() > 0) {
      alerts.resolve(key, text);
    }
  }

  /** Keys of what goes on that begin so. */
  public List<String> open(String prefix) {
    return jdbc.sql("select key from core.open_pages where starts_with(key, ?)")
        .param(prefix)
        .query(String.class)
        .list();
  }
}
