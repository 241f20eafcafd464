package io.mlassets.suite.demo;

import io.mlassets.suite.server.SuiteSettings;
import org.flywaydb.core.Flyway;

/** Placeholder for the platform's command until it is here. */
final class Migration {
  private Migration() {}

  static void run(SuiteSettings settings) {
    Flyway.configure()
        .dataSource(settings.databaseUrl(), settings.databaseUser(), settings.databasePassword())
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
