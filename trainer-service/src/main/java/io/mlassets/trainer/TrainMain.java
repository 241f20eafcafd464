package io.mlassets.trainer;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.policy.Policies;
import io.mlassets.policy.RetrainPolicy;
import io.mlassets.trainer.dataset.DatasetException;
import io.mlassets.trainer.engine.EngineChoice;
import io.mlassets.trainer.run.AnnounceRun;
import io.mlassets.trainer.run.CommandLineRun;
import io.mlassets.trainer.run.ExecuteRun;
import io.mlassets.trainer.run.ExitCode;
import io.mlassets.trainer.run.OrphanWatch;
import io.mlassets.trainer.run.OrphanedRuns;
import io.mlassets.trainer.run.RetrainRuns;
import io.mlassets.trainer.run.RunEvent;
import io.mlassets.trainer.run.RunInProgressException;
import io.mlassets.trainer.run.RunLock;
import io.mlassets.trainer.run.RunLogs;
import io.mlassets.trainer.run.RunOutcome;
import io.mlassets.trainer.run.RunRequest;
import io.mlassets.trainer.run.SettleRuns;
import io.mlassets.trainer.run.ShowRun;
import io.mlassets.trainer.run.WatchRun;
import io.mlassets.trainer.validation.UnusableSplitException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One training run. Settings come from the environment as for the services ({@code DATABASE_URL},
 * {@code DATABASE_USER}, {@code DATABASE_PASSWORD}, {@code REDIS_URL}, {@code BUNDLE_KEY}, {@code
 * CONFIG_DIR}, {@code VAR_DIR}, {@code LOG_DIR}). Progress goes to stdout: a bar on a terminal,
 * else one JSON document per line; logs go to stderr and to {@code train-<run_id>.log}.
 */
@Command(
    name = "train",
    description = {
      "One training run, from bars to verdict, in this process. On stdout: a bar on a terminal,"
          + " else JSON lines with stage, percent and seconds left; the last line says what came of"
          + " it.",
      "Logs go to stderr and to train-<run_id>.log in LOG_DIR; the run is a row of"
          + " audit.retrain_runs. Settings as for the services (docs/operations.md)."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:trained, whatever the verdict",
      "1:failed, with the reason on stderr",
      "2:wrong usage",
      "3:another run is under way",
      "4:the data cannot be trained on",
      "5:aborted by REST",
      "130, 143:ended by a signal; the run is aborted"
    })
public final class TrainMain implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(TrainMain.class);

  @Option(
      names = "--pairs",
      required = true,
      split = ",",
      paramLabel = "PAIR",
      description = "such as XAUUSD/XAGUSD,EURUSD/GBPUSD")
  private List<Pair> pairs = List.of();

  @Option(
      names = "--interval",
      required = true,
      paramLabel = "DURATION",
      description = "length of the bars, such as PT1M or PT1H")
  private BarInterval interval = BarInterval.M1;

  @Option(
      names = "--from",
      converter = DateOrInstant.class,
      paramLabel = "TIME",
      description =
          "start of the first bar, 2024-01-31 or 2024-01-31T10:00:00Z; default: the first there is")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      converter = DateOrInstant.class,
      paramLabel = "TIME",
      description = "bars that start before this time; default: all there are")
  private @Nullable Instant to;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides everything random; default: the policy's search_seed")
  private @Nullable Long seed;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "parameter trials per engine and model; default: the policy's search_trials")
  private @Nullable Integer trials;

  @Option(
      names = "--engine",
      description = "lightgbm, xgboost or both; default: ${DEFAULT-VALUE}",
      defaultValue = "both")
  private EngineChoice engine = EngineChoice.BOTH;

  @Option(
      names = "--feature-schema",
      paramLabel = "HASH",
      description =
          "schema in core.feature_schemas whose vectors the data pipeline put into core.features;"
              + " default: features are made here")
  private @Nullable String featureSchema;

  @Option(names = "--run-id", hidden = true, description = "a service keeps the run's row")
  private @Nullable UUID runId;

  private final ShowRun show = ShowRun.on(System.out);

  /** Runs and exits with one of {@link ExitCode}. */
  public static void main(String[] args) {
    TrainLog.configure();
    int code = commandLine().execute(args);
    System.out.flush();
    System.exit(code);
  }

  /** The command, to be run or put under another. */
  public static CommandLine commandLine() {
    return new CommandLine(new TrainMain())
        .registerConverter(Pair.class, Pair::parse)
        .registerConverter(BarInterval.class, BarInterval::parse)
        .registerConverter(EngineChoice.class, EngineChoice::parse)
        .setExecutionExceptionHandler((e, command, parsed) -> ExitCode.FAILED);
  }

  /** {@code 2024-01-31} or {@code 2024-01-31T10:00:00Z}. */
  static final class DateOrInstant implements CommandLine.ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    }
  }

  @Override
  public Integer call() {
    try (AnnotationConfigApplicationContext context = TrainingContext.start()) {
      RunRequest request = request(context.getBean(Policies.class).retrain());
      UUID kept = runId;
      if (kept == null) {
        return keepingTheRow(context, request);
      }
      logOf(context, kept);
      OrphanWatch.onStandardInput();
      return reported(() -> execute(context, kept, request));
    } catch (IllegalArgumentException e) {
      return failed(e, ExitCode.USAGE);
    } catch (RuntimeException | Error e) {
      return failed(e, ExitCode.FAILED);
    }
  }

  private RunRequest request(RetrainPolicy policy) {
    return new RunRequest(
        pairs,
        interval,
        from,
        to,
        seed == null ? policy.seed() : seed,
        trials == null ? policy.search().trials() : trials,
        engine,
        featureSchema,
        null);
  }

  private static void logOf(AnnotationConfigApplicationContext context, UUID run) {
    RunLogs logs = TrainLog.logs();
    TrainLog.into(logs.of(run));
    logs.removeOld(context.getBean(Clock.class).instant());
  }

  /** On the command line this process is the only one that knows of the run. */
  private int keepingTheRow(AnnotationConfigApplicationContext context, RunRequest request) {
    RetrainRuns runs = context.getBean(RetrainRuns.class);
    DataSource dataSource = context.getBean(DataSource.class);
    AnnounceRun announce = context.getBean(AnnounceRun.class);
    context.getBean(OrphanedRuns.class).giveUp();
    context.getBean(SettleRuns.class).settle();
    Optional<RunLock> free = RunLock.tryAcquire(dataSource);
    if (free.isEmpty()) {
      String running = runs.running().map(UUID::toString).orElse("unknown");
      return failed(new IllegalStateException("run " + running + " is under way"), ExitCode.BUSY);
    }
    try (RunLock lock = free.get()) {
      CommandLineRun run = CommandLineRun.begin(request, runs, announce);
      UUID id = run.id();
      logOf(context, id);
      log.info("run {}: {}", id, request);
      try (WatchRun watch = new WatchRun(runs, lock, id, run::abort, () -> {})) {
        log.debug("{} watches", watch);
        return reported(() -> run.toTheEnd(() -> execute(context, id, request)));
      }
    } catch (RunInProgressException e) {
      return failed(e, ExitCode.BUSY);
    }
  }

  private RunOutcome execute(
      AnnotationConfigApplicationContext context, UUID id, RunRequest request) {
    return context.getBean(ExecuteRun.class).run(id, request, show::at);
  }

  private int reported(java.util.function.Supplier<RunOutcome> run) {
    try {
      show.ended(RunEvent.success(run.get()));
      return ExitCode.DONE;
    } catch (DatasetException | UnusableSplitException e) {
      return failed(e, ExitCode.NO_DATA);
    } catch (RuntimeException | Error e) {
      return failed(e, ExitCode.FAILED);
    }
  }

  private int failed(Throwable e, int code) {
    if (code == ExitCode.FAILED) {
      log.error("training failed", e);
    } else {
      log.error("training failed: {}", e.getMessage());
    }
    show.ended(RunEvent.ended("failed", message(e)));
    return code;
  }

  /** Spring wraps what is wrong with a setting many times over. */
  private static String message(Throwable e) {
    Throwable telling = e;
    while (telling instanceof BeansException && telling.getCause() != null) {
      telling = telling.getCause();
    }
    return telling.getMessage() == null ? telling.toString() : telling.getMessage();
  }
}
