package io.mlassets.suite.command;

import com.zaxxer.hikari.HikariDataSource;
import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchivePlace;
import io.mlassets.archive.ArchivedDay;
import io.mlassets.dispatcher.archive.ArchiveDamage;
import io.mlassets.dispatcher.archive.ArchiveReport;
import io.mlassets.dispatcher.archive.ArchiveSettings;
import io.mlassets.dispatcher.archive.ArchiveStore;
import io.mlassets.dispatcher.archive.DamagedArchiveException;
import io.mlassets.dispatcher.archive.RestoredPart;
import io.mlassets.dispatcher.archive.SignalArchive;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.suite.Home;
import io.mlassets.suite.up.RunningSuite;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code archive}. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(run | list | check | restore)",
    description = {
      "The archive of signals: days that are over, in a folder, on a share or in an object store.",
      "Where: archive_target and archive_path of signals_policy.yaml, or ARCHIVE_TARGET (NAS,"
          + " LOCAL, S3, WASABI, B2) and ARCHIVE_PATH; for object stores ARCHIVE_REGION,"
          + " AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if need be, ARCHIVE_ENDPOINT,"
          + " ARCHIVE_PATHSTYLE=true. Database: DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD, or"
          + " the suite running from here."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed, with the reason on stderr",
      "2:wrong usage",
      "3:another run or restore is under way",
      "4:the archive is damaged, what and where on stderr; nothing was restored",
      "5:there is no such day in the archive"
    })
public final class ArchiveCommand implements Runnable {
  private static final int FAILED = 1;
  private static final int BUSY = 3;
  private static final int DAMAGED = 4;
  private static final int UNKNOWN = 5;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandSpec known = spec;
    if (known != null) {
      throw new CommandLine.ParameterException(
          known.commandLine(), "expected one of run, list, check, restore");
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Archives every day whose time has come, as the dispatcher does daily. What an earlier"
              + " run left is taken up where it was.")
  int run(
      @Option(names = "--keep-days", description = "Instead of the policy's archive_after_days.")
          @Nullable Integer keepDays) {
    return with(
        keepDays,
        archive -> {
          ArchiveReport report = archive.run();
          if (report.busy()) {
            System.err.println("ml-assets: another run or restore is under way");
            return BUSY;
          }
          report.moved().forEach(part -> System.out.println("  archived " + part));
          report.waiting().forEach(day -> System.out.println("  waits    " + day));
          System.out.printf("  %,d signals moved to core.signals_history%n", report.signals());
          report.failed().forEach(why -> System.err.println("ml-assets: " + why));
          return report.failed().isEmpty() ? 0 : FAILED;
        });
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists what is on record: each day's parts, how far they came, and where.")
  int list() {
    return with(
        null,
        archive -> {
          List<ArchivedDay> days = archive.days();
          if (days.isEmpty()) {
            System.out.println("  nothing is archived yet");
            return 0;
          }
          System.out.printf(
              "  %-10s %4s %-8s %10s %10s %12s  %s%n",
              "day", "part", "step", "signals", "dispatched", "bytes", "place");
          days.forEach(ArchiveCommand::print);
          return 0;
        });
  }

  private static void print(ArchivedDay day) {
    ArchivedDay.Contents contents = day.contents();
    System.out.printf(
        "  %-10s %4d %-8s %10s %10s %12s  %s%s%n",
        day.part().day(),
        day.part().number(),
        day.done(),
        contents == null ? "-" : contents.signals(),
        contents == null ? "-" : contents.dispatched(),
        contents == null ? "-" : contents.bytes(),
        day.place(),
        day.failure() == null ? "" : "  failed: " + day.failure());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Reads what is archived back, to the last byte, and compares it with the hashes on"
              + " record.")
  int check(
      @Option(names = "--day", paramLabel = "YYYY-MM-DD", description = "One day; without it all.")
          @Nullable LocalDate day) {
    return with(
        null,
        archive -> {
          List<ArchivePart> parts = day == null ? stored(archive) : archive.partsOf(day);
          if (day != null && parts.isEmpty()) {
            return unknown(day);
          }
          boolean damaged = false;
          for (ArchivePart part : parts) {
            List<ArchiveDamage> damage = archive.check(part);
            damage.forEach(one -> System.err.println("ml-assets: " + one));
            System.out.println("  " + part + (damage.isEmpty() ? " is intact" : " is DAMAGED"));
            damaged |= !damage.isEmpty();
          }
          return damaged ? DAMAGED : 0;
        });
  }

  private static List<ArchivePart> stored(SignalArchive archive) {
    return archive.days().stream()
        .filter(one -> one.done().isStored())
        .map(ArchivedDay::part)
        .toList();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Brings a day's rows back where they are missing: signals into core.signals_history,"
              + " their dispatch into core.signal_dispatch. Rows that are there must be the same;"
              + " else, or when the archive is damaged, nothing is restored.")
  int restore(
      @Option(
              names = "--day",
              paramLabel = "YYYY-MM-DD",
              required = true,
              description = "Which day; all its parts.")
          LocalDate day) {
    return with(
        null,
        archive -> {
          List<ArchivePart> parts = archive.partsOf(day);
          if (parts.isEmpty()) {
            return unknown(day);
          }
          for (ArchivePart part : parts) {
            Optional<RestoredPart> restored = archive.restore(part);
            if (restored.isEmpty()) {
              System.err.println("ml-assets: another run or restore is under way");
              return BUSY;
            }
            System.out.printf(
                "  %s: %,d of %,d signals and %,d of %,d dispatch rows were missing and are back%n",
                part,
                restored.get().signals(),
                restored.get().ofSignals(),
                restored.get().dispatched(),
                restored.get().ofDispatched());
          }
          return 0;
        });
  }

  private static int unknown(LocalDate day) {
    System.err.println("ml-assets: nothing of " + day + " is archived");
    return UNKNOWN;
  }

  private static int with(@Nullable Integer keepDays, ToIntFunction<SignalArchive> work) {
    RunningSuite suite = RunningSuite.find(System.getenv(), Home.varDir());
    StandardEnvironment environment = new StandardEnvironment();
    Map<String, Object> variables = new TreeMap<>(suite.archiveEnvironment());
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("suite-systemEnvironment", variables));
    ConfigurationPropertySources.attach(environment);
    environment.setConversionService(new ApplicationConversionService());
    ArchiveSettings settings =
        Binder.get(environment).bindOrCreate("archive", Bindable.of(ArchiveSettings.class));
    Policies policies = PolicyFiles.read(Home.configDir());
    ArchivePlace place = settings.place(policies.signals());
    try (ArchiveStore store = settings.open(place, environment);
        HikariDataSource pool = suite.pool()) {
      return work.applyAsInt(
          new SignalArchive(
              pool,
              store,
              place.name(),
              keepDays == null
                  ? policies.signals().archive()
                  : policies.signals().archive().keeping(keepDays),
              Home.varDir().resolve("archive-work"),
              Clock.systemUTC()));
    } catch (DamagedArchiveException e) {
      System.err.println("ml-assets: " + e.getMessage());
      return DAMAGED;
    }
  }
}
