package io.mlassets.trainer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mlassets.channel.Channels;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleKey;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.ServiceSettings;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegistryConfiguration;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.trainer.run.ExecuteRun;
import io.mlassets.trainer.run.RetrainRuns;
import io.mlassets.trainer.store.BundleFolder;
import io.mlassets.trainer.store.StoreCandidate;
import io.mlassets.trainer.verdict.CompareWithChampion;
import java.time.Clock;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
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
@Import(RegistryConfiguration.class)
class TrainingContext {

  /** Starts a context over the environment's settings. */
  static AnnotationConfigApplicationContext start() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.getEnvironment().getPropertySources().addLast(foldersOfTheLauncher());
    ConfigurationPropertySources.attach(context.getEnvironment());
    context.register(TrainingContext.class);
    context.refresh();
    return context;
  }

  /** Started by the launcher from anywhere, the folders are still the project's. */
  private static PropertiesPropertySource foldersOfTheLauncher() {
    Properties folders = new Properties();
    String home = System.getProperty("mlassets.home");
    if (home != null) {
      folders.setProperty("config.dir", home + "/config");
      folders.setProperty("var.dir", home + "/var");
    }
    return new PropertiesPropertySource("launcher", folders);
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
  RetrainRuns runs(JdbcClient jdbc, JsonMapper json, Clock clock) {
    return new RetrainRuns(jdbc, json, clock, TrainLog.path());
  }

  @Bean
  ExecuteRun executeRun(
      Policies policies,
      InstrumentCatalogue instruments,
      DataSource dataSource,
      ModelRegistry registry,
      TransactionTemplate transactions,
      ServiceSettings settings,
      BundleKey key,
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      Clock clock) {
    BundleFolder folder = new BundleFolder(settings.var().path().resolve("models"));
    return new ExecuteRun(
        policies,
        instruments,
        dataSource,
        new CompareWithChampion(registry, key, policies.core()),
        new StoreCandidate(registry, transactions, dataSource, folder, key, json, clock),
        redis,
        channels,
        json,
        clock);
  }
}
