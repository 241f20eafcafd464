package io.mlassets.trainer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleKey;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.LauncherHome;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.ServiceSettings;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegistryConfiguration;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.trainer.reproduce.ConfigFiles;
import io.mlassets.trainer.reproduce.KeptInputs;
import io.mlassets.trainer.reproduce.Reproduce;
import io.mlassets.trainer.run.ExecuteRun;
import io.mlassets.trainer.run.RetrainRuns;
import io.mlassets.trainer.run.RunLogs;
import io.mlassets.trainer.store.BundleFolder;
import io.mlassets.trainer.store.StoreCandidate;
import io.mlassets.trainer.transfer.DeliverBundle;
import io.mlassets.trainer.verdict.CompareWithChampion;
import io.mlassets.trainer.verdict.StoredChampions;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a training process needs, without a web server: it starts in a fraction of a second and
 * reads the same settings from the environment as the services.
 */
@Import({RegistryConfiguration.class, RunsConfiguration.class})
public class TrainingContext {

  /** Starts a context over the environment's settings. */
  public static AnnotationConfigApplicationContext start() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.getEnvironment().getPropertySources().addLast(LauncherHome.settings());
    ConfigurationPropertySources.attach(context.getEnvironment());
    // Outside of Spring Boot nothing reads durations by itself.
    context.getEnvironment().setConversionService(new ApplicationConversionService());
    context.register(TrainingContext.class);
    context.refresh();
    return context;
  }

  private static <T> T settings(ConfigurableEnvironment environment, String prefix, Class<T> type) {
    return Binder.get(environment).bindOrCreate(prefix, Bindable.of(type));
  }

  @Bean
  ServiceSettings serviceSettings(ConfigurableEnvironment environment) {
    return settings(environment, "", ServiceSettings.class);
  }

  @Bean
  HikariDataSource dataSource(ConfigurableEnvironment environment) {
    DatabaseSettings settings = settings(environment, "database", DatabaseSettings.class);
    HikariConfig config = new HikariConfig();
    config.setPoolName("training");
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(4);
    config.setConnectionTimeout(10_000);
    config.addDataSourceProperty("ApplicationName", "ml-assets-training");
    // As the services have: a server that vanished without a word must not hold a run for hours.
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", "120");
    return new HikariDataSource(config);
  }

  @Bean
  JdbcClient jdbcClient(DataSource dataSource) {
    return JdbcClient.create(dataSource);
  }

  @Bean
  TransactionTemplate transactions(DataSource dataSource) {
    return new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  @Bean
  RedisSettings redisSettings(ConfigurableEnvironment environment) {
    return settings(environment, "redis", RedisSettings.class);
  }

  @Bean
  JedisConnectionFactory redisConnections(RedisSettings settings) {
    RedisStandaloneConfiguration server =
        new RedisStandaloneConfiguration(
            settings.address().getHost(), settings.address().getPort());
    String password = settings.password();
    if (password != null) {
      server.setPassword(password);
    }
    return new JedisConnectionFactory(server);
  }

  @Bean
  StringRedisTemplate redis(JedisConnectionFactory connections) {
    return new StringRedisTemplate(connections);
  }

  @Bean
  Channels channels(RedisSettings settings) {
    return new Channels(settings.prefix());
  }

  @Bean
  JsonMapper json() {
    return JsonMapper.builder().build();
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Policies policies(ServiceSettings settings) {
    return PolicyFiles.read(settings.config().path());
  }

  @Bean
  InstrumentCatalogue instruments(ServiceSettings settings) {
    return InstrumentCatalogue.read(settings.config().path().resolve("instruments.yaml"));
  }

  @Bean
  BundleKey bundleKey(ConfigurableEnvironment environment) {
    return BundleKey.of(environment.getRequiredProperty("bundle.key"));
  }

  @Bean
  RunLogs logs() {
    return TrainLog.logs();
  }

  /** Nobody scrapes a process that is about to end. */
  @Bean
  MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  @Bean
  KeptInputs inputs(JdbcClient jdbc, JsonMapper json) {
    return new KeptInputs(jdbc, json);
  }

  @Bean
  Reproduce reproduce(
      DataSource dataSource, ModelRegistry registry, KeptInputs inputs, BundleKey key) {
    return new Reproduce(dataSource, registry, inputs, key);
  }

  @Bean
  ExecuteRun executeRun(
      Policies policies,
      InstrumentCatalogue instruments,
      DataSource dataSource,
      ModelRegistry registry,
      RetrainRuns runs,
      JdbcClient jdbc,
      ServiceSettings settings,
      ConfigurableEnvironment environment,
      BundleKey key,
      KeptInputs inputs,
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      Clock clock) {
    BundleFolder folder = new BundleFolder(settings.var().path().resolve("models"));
    return new ExecuteRun(
        policies,
        ConfigFiles.read(settings.config().path()),
        instruments,
        dataSource,
        new CompareWithChampion(registry, new StoredChampions(jdbc), key, policies.core()),
        new StoreCandidate(registry, dataSource, inputs, folder, key, json, clock),
        runs,
        DeliverBundle.of(environment),
        redis,
        channels,
        json,
        clock);
  }
}
