package io.mlassets.trainer.store;

import io.mlassets.model.BundleDraft;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelEntry;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegistryEntry;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.RiskRates;
import io.mlassets.trainer.report.ReportData;
import io.mlassets.trainer.report.RunReport;
import io.mlassets.trainer.reproduce.KeptInputs;
import io.mlassets.trainer.reproduce.TrainingInputs;
import io.mlassets.trainer.verdict.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records a judged candidate in one transaction, from its bytes to the end of the run; its files
 * are written in it, too. Announcements follow the commit.
 */
public final class StoreCandidate {
  private static final Logger log = LoggerFactory.getLogger(StoreCandidate.class);
  private final ModelRegistry registry;
  private final StoreEvidence evidence;
  private final KeptInputs inputs;
  private final BundleFolder folder;
  private final BundleKey key;
  private final JsonMapper json;
  private final Clock clock;

  /** Over one database and one folder. */
  public StoreCandidate(
      ModelRegistry registry,
      DataSource dataSource,
      KeptInputs inputs,
      BundleFolder folder,
      BundleKey key,
      JsonMapper json,
      Clock clock) {
    this.registry = registry;
    this.evidence = new StoreEvidence(dataSource);
    this.inputs = inputs;
    this.folder = folder;
    this.key = key;
    this.json = json;
    this.clock = clock;
  }

  /** The candidate as a bundle under a free version; nothing is stored yet. */
  public Prepared prepare(Candidate candidate) {
    ModelVersion version = registry.freeVersion();
    byte[] zip =
        BundleFile.write(
            new BundleDraft(
                version,
                clock.instant(),
                candidate.manifest(),
                candidate.trees(),
                candidate.goldenRows()),
            key);
    // Reading verifies: a bundle that inference would refuse must not get into the registry.
    return new Prepared(BundleFile.read(zip, key), zip);
  }

  /** A bundle and its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Prepared(ModelBundle bundle, byte[] zip) {}

  /**
   * Stores, adopts or refuses, all in one transaction; older bundles beyond {@code keep} go, with
   * their files.
   *
   * @param alsoInTransaction what else must commit with it: the end of the run
   */
  public void store(
      Prepared prepared,
      TrainingSet set,
      Candidate candidate,
      Verdict verdict,
      TrainingInputs made,
      int keep,
      Runnable alsoInTransaction) {
    ModelBundle bundle = prepared.bundle();
    ModelVersion version = bundle.version();
    String scope = candidate.manifest().scope();
    String report =
        RunReport.html(new ReportData(bundle, made.barsSha256(), set, candidate, verdict));
    Runnable together =
        () -> {
          registry.store(version, bundle.contentSha256(), bundle.sha256(), prepared.zip());
          inputs.keep(version, made);
          evidence.store(version, set, candidate, report);
          alsoInTransaction.run();
          // Last: whatever fails before leaves no file, and a full disk undoes the rows.
          folder.write(version, prepared.zip(), report);
        };
    List<RegistryEntry> entries = entries(candidate, verdict, folder.fileOf(version));
    if (verdict instanceof Verdict.Adopted) {
      registry.adopt(version, scope, entries, together);
    } else {
      registry.reject(version, scope, entries, together);
    }
    retain(scope, keep);
  }

  /** After the commit: the next run makes up for it. */
  private void retain(String scope, int keep) {
    try {
      folder.remove(registry.retain(scope, keep));
    } catch (DataAccessException | TransactionException | UncheckedIOException e) {
      log.warn("older bundles of scope {} are not removed yet: {}", scope, e.getMessage());
    }
  }

  private List<RegistryEntry> entries(Candidate candidate, Verdict verdict, Path file) {
    BundleManifest manifest = candidate.manifest();
    String notes = verdict.wire() + ": " + String.join("; ", verdict.reasons());
    return manifest.models().entrySet().stream()
        .map(
            model ->
                new RegistryEntry(
                    model.getKey(),
                    LocalDate.ofInstant(manifest.trainFrom(), ZoneOffset.UTC),
                    LocalDate.ofInstant(manifest.trainTo(), ZoneOffset.UTC),
                    manifest.thresholds(),
                    metrics(candidate, model.getValue()),
                    file.toString(),
                    notes,
                    manifest.featureSchemaHash(),
                    manifest.seed(),
                    json.writeValueAsString(RegistryParams.of(model.getValue()))))
        .toList();
  }

  /** The model's own metrics and, because G-01 wants them in every row, the backtest's. */
  private String metrics(Candidate candidate, ModelEntry entry) {
    ObjectNode metrics = json.valueToTree(entry.metrics());
    metrics.set("backtest", json.valueToTree(BacktestFigures.of(candidate.manifest().backtest())));
    RiskRates risk = RiskRates.of(candidate);
    metrics.put("risk_pass_rate", risk.passRate());
    metrics.put("risk_flag_rate", risk.flagRate());
    metrics.put("no_trade_rate", risk.noTradeRate());
    return json.writeValueAsString(metrics);
  }
}
