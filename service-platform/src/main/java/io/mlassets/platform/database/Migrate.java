package io.mlassets.platform.database;

import io.mlassets.platform.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings the database to the newest migration as its owner and lets the services' roles log in.
 * Services never migrate.
 */
public final class Migrate {
  /** The roles of the services, the loader and the read-only analyst. */
  public static final List<String> ROLES =
      List.of(
          "mlassets_loader",
          "mlassets_trainer",
          "mlassets_inference",
          "mlassets_dispatcher",
          "mlassets_registry",
          "mlassets_validator",
          "mlassets_analyst");

  private Migrate() {}

  /**
   * Migrates.
   *
   * @param owner the owner's connection
   * @param rolePassword the password every service role gets
   * @return migrations applied
   */
  public static int run(DatabaseSettings owner, String rolePassword) {
    int applied =
        Flyway.configure()
            .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
            .locations("classpath:db/migration")
            // Our tables have schemas of their own; what the owner keeps in public is none of ours.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load()
            .migrate()
            .migrationsExecuted;
    letRolesIn(owner, rolePassword);
    return applied;
  }

  private static void letRolesIn(DatabaseSettings owner, String password) {
    try (Connection connection =
            DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
        Statement statement = connection.createStatement()) {
      String quoted = "'" + password.replace("'", "''") + "'";
      for (String role : ROLES) {
        statement.execute("alter role " + role + " login password " + quoted);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("service roles could not be given their password", e);
    }
  }

  /** Takes everything from the environment: DATABASE_URL, _USER, _PASSWORD, SERVICE_DB_PASSWORD. */
  public static void main(String[] args) {
    Map<String, String> env = System.getenv();
    for (String name : List.of("DATABASE_URL", "DATABASE_USER", "SERVICE_DB_PASSWORD")) {
      if (env.getOrDefault(name, "").isBlank()) {
        System.err.println("migrate: environment variable " + name + " is not set");
        System.exit(2);
      }
    }
    DatabaseSettings owner =
        new DatabaseSettings(
            env.getOrDefault("DATABASE_URL", ""),
            env.getOrDefault("DATABASE_USER", ""),
            env.getOrDefault("DATABASE_PASSWORD", ""),
            1);
    System.out.println(
        "migrations applied: " + run(owner, env.getOrDefault("SERVICE_DB_PASSWORD", "")));
  }
}
