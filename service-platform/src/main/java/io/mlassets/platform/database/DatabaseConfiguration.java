package io.mlassets.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.ServiceName;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service's pool, with its own role, and what is built on it. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

  @Bean
  @ConditionalOnMissingBean(DataSource.class)
  HikariDataSource dataSource(DatabaseSettings settings, ServiceName service) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(service.name());
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(5_000);
    config.setValidationTimeout(2_000);
    config.setIdleTimeout(300_000);
    config.setMaxLifetime(900_000);
    // A service starts while PostgreSQL is away and waits for it.
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "ml-assets-" + service.name());
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", "120");
    return new HikariDataSource(config);
  }

  @Bean
  CopyRows copyRows(DataSource dataSource) {
    return new CopyRows(dataSource);
  }

  @Bean
  Quarantine quarantine(JdbcClient jdbc, MeterRegistry meters, ServiceName service) {
    return new Quarantine(jdbc, meters, service);
  }
}
