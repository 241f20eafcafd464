package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.platform.testing.TestServers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** PostgreSQL reads what was written as a literal of the same value. */
class CopyRowsTest {
  private static TestServers servers;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void start() {
    servers = TestServers.start();
    jdbc = new JdbcTemplate(servers.dataSource());
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  /** Copies into one column of a type, and has PostgreSQL compare each row with a literal. */
  private static void same(String type, List<String> literals, Consumer<CopyRows> writing) {
    List<Boolean> same =
        jdbc.execute(
            (Connection connection) -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists pg_temp.copied");
                statement.execute(
                    "create temp table copied (value %s, n int generated always as identity)"
                        .formatted(type));
              }
              copy(connection, writing);
              return new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                  .queryForList(
                      """
                      select c.value is not distinct from l.value::%s
                      from pg_temp.copied c
                      full join unnest(?::text[]) with ordinality l (value, n) using (n) order by n
                      """
                          .formatted(type),
                      Boolean.class,
                      (Object) literals.toArray(String[]::new));
            });
    assertThat(same).as("%s %s", type, literals).hasSize(literals.size()).containsOnly(true);
  }

  private static void copy(Connection connection, Consumer<CopyRows> writing) throws SQLException {
    CopyRows rows = new CopyRows("pg_temp.copied (value)", 1, 0);
    writing.accept(rows);
    rows.copy(connection.unwrap(PGConnection.class).getCopyAPI());
  }

  @Test
  void numbers_are_what_they_were() {
    same(
        "numeric(8,4)",
        List.of("0.5512", "-0.0001", "9999.9999", "0", "12.5"),
        rows ->
            List.of("0.5512", "-0.0001", "9999.9999", "0", "12.5000")
                .forEach(value -> rows.row().numeric(new BigDecimal(value))));
    same(
        "float8",
        List.of("0.1", "-0", "NaN", "Infinity", "5e-324", "1.7976931348623157e308"),
        rows -> {
          for (double value :
              new double[] {0.1, -0.0, 0.0 / 0, 1 / 0.0, 5e-324, Double.MAX_VALUE}) {
            rows.row().float8(value);
          }
        });
    same("smallint", List.of("-7"), rows -> rows.row().int2(-7));
    same("integer", List.of("2147483647"), rows -> rows.row().int4(Integer.MAX_VALUE));
    same("bigint", List.of("-9223372036854775808"), rows -> rows.row().int8(Long.MIN_VALUE));
    same("boolean", List.of("true", "false"), rows -> rows.row().bool(true).row().bool(false));
  }

  @Test
  void times_before_and_after_2000_are_rounded_to_microseconds() {
    same(
        "timestamptz",
        List.of(
            "1999-12-31T23:59:59.999999Z",
            "2026-01-05T00:00:01Z",
            "2026-01-05T00:00:00.000001Z",
            "1960-02-29T12:00:00.25Z"),
        rows ->
            List.of(
                    "1999-12-31T23:59:59.999999499Z",
                    "2026-01-05T00:00:00.999999500Z",
                    "2026-01-05T00:00:00.000000500Z",
                    "1960-02-29T12:00:00.25Z")
                .forEach(value -> rows.row().time(Instant.parse(value))));
  }

  @Test
  void arrays_texts_ids_json_and_nothing_are_what_they_were() {
    same(
        "float8[]",
        List.of("{}", "{1.5,NaN,-2}"),
        rows -> rows.row().float8s(new double[0]).row().float8s(new double[] {1.5, 0.0 / 0, -2}));
    String id = "00000000-0000-0007-8000-0000000000ff";
    same("uuid", List.of(id), rows -> rows.row().uuid(UUID.fromString(id)));
    same("jsonb", List.of("[{\"a\": 1}]"), rows -> rows.row().jsonb("[{\"a\":1}]"));
    same(
        "text",
        List.of("", "tab\t line\n back\\slash é \\N", "x".repeat(5_000)),
        rows ->
            rows.row()
                .text("")
                .row()
                .text("tab\t line\n back\\slash é \\N")
                .row()
                .text("x".repeat(5_000)));
    same("integer", Arrays.asList("1", null), rows -> rows.row().int4(1).row().nulls(1));
  }

  @Test
  void a_row_with_too_many_or_too_few_columns_is_refused() {
    CopyRows rows = new CopyRows("somewhere (a, b)", 2, 0).row().int4(1);

    assertThatThrownBy(rows::row).hasMessageContaining("1 columns are wanting");
    assertThatThrownBy(() -> rows.int4(2).int4(3)).hasMessageContaining("more than 2 columns");
  }

  @Test
  void a_number_that_has_not_the_decimals_of_its_column_is_refused() {
    CopyRows rows = new CopyRows("somewhere (a)", 1, 0).row();

    assertThatThrownBy(() -> rows.numeric(new BigDecimal("0.12345")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> rows.numeric(new BigDecimal("10000")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void a_value_of_another_type_is_refused_by_postgresql() {
    assertThatThrownBy(() -> same("integer", List.of("1"), rows -> rows.row().int8(1)))
        .isInstanceOf(DataAccessException.class);
  }
}
