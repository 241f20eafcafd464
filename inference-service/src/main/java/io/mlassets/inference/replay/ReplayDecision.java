package io.mlassets.inference.replay;

import io.mlassets.decision.DecideBar;
import io.mlassets.decision.DecisionTrace;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.inference.SignalRow;
import io.mlassets.inference.TraceRow;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.KeptPolicies;
import io.mlassets.policy.CorePolicy;
import io.mlassets.policy.InvalidPolicyException;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.signal.Leg;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a past decision again, by the live path's own {@link DecideBar}, {@link SignalRow} and
 * {@code SignalJson}, from what was recorded. Reads the database, writes nothing.
 */
public final class ReplayDecision {
  private static final TypeReference<List<Leg>> LEGS = new TypeReference<>() {};
  private final Recorded recorded;
  private final KeptPolicies policies;
  private final BundleKey key;
  private final JsonMapper json;
  private final SignalRow rows;
  private final CheckBars bars;
  private final CheckEntry entry;
  private final CheckPayload payload;

  /**
   * Over one database.
   *
   * @param key the bundles' signature
   * @param signalKey the seal of sent signals; without it seals are not checked
   */
  public ReplayDecision(
      JdbcClient jdbc,
      InstrumentCatalogue instruments,
      BundleKey key,
      Optional<SignalKey> signalKey,
      JsonMapper json) {
    this.recorded = new Recorded(jdbc);
    this.policies = new KeptPolicies(jdbc);
    this.key = key;
    this.json = json;
    this.rows = new SignalRow(json);
    this.bars = new CheckBars(jdbc, instruments);
    this.entry = new CheckEntry(recorded);
    this.payload = new CheckPayload(signalKey);
  }

  /** Makes the decision of a signal again; empty if there is no such signal. */
  public Optional<Replayed> run(UUID signalId) {
    return recorded
        .signal(signalId, SignalRow.COLUMNS)
        .map(
            signal -> {
              List<Check> checks = new ArrayList<>();
              try {
                replay(signalId, signal, checks);
                return Replayed.of(signalId, signal.subject(), null, checks);
              } catch (NotReplayableException e) {
                return Replayed.of(signalId, signal.subject(), e.getMessage(), checks);
              }
            });
  }

  private void replay(UUID signalId, RecordedSignal signal, List<Check> checks) {
    TraceRow row =
        recorded
            .trace(signalId)
            .orElseThrow(
                () ->
                    new NotReplayableException(
                        "core.decision_states has no row of it: decided before they were recorded,"
                            + " or deleted"));
    DecisionTrace trace = row.trace();
    checks.add(Check.of("state", "sha256", row.sha256(), trace.sha256()));
    FeatureVector features = readable("its row", () -> features(signal));
    checks.add(
        Check.of("features", "sha256", trace.featuresSha256(), DecisionTrace.sha256(features)));
    CorePolicy policy = policy(trace, checks);
    checks.addAll(
        bars.check(features, signal.interval(), trace.state().spread(), policy.trading()));
    checks.addAll(entry.check(signal, trace.state().position()));
    ModelBundle bundle = bundle(readable("its row", signal::modelVersion), trace, checks);
    Signal again =
        readable(
            "the decision",
            () ->
                new DecideBar(policy, trace.policyHash())
                    .decide(bundle, signal.mode(), signal.interval(), features, trace.state())
                    .signal());
    String scope = bundle.manifest().scope();
    checks.addAll(row(signal, rows.of(scope, again)));
    checks.addAll(payload.check(scope, SignalRow.readBack(again), recorded.dispatch(signalId)));
  }

  /** Runs what refuses values it cannot use, and says which. */
  private static <T> T readable(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException | InvalidBundleException e) {
      throw new NotReplayableException(what + ": " + e.getMessage());
    }
  }

  private FeatureVector features(RecordedSignal signal) {
    Recorded.Features values =
        recorded
            .features(signal.pair(), signal.interval(), signal.barTs())
            .orElseThrow(
                () -> new NotReplayableException("its features are not in core.live_features"));
    FeatureSchema current = FeatureSchema.current();
    FeatureSchema schema =
        values.schemaHash().equals(current.hash()) ? current : recorded.schema(values.schemaHash());
    return FeatureVector.of(schema, signal.pair(), signal.barTs(), values.values());
  }

  private CorePolicy policy(DecisionTrace trace, List<Check> checks) {
    String hash = trace.policyHash();
    String content =
        policies
            .content(hash)
            .orElseThrow(
                () ->
                    new NotReplayableException(
                        "policy %s is not in core.policies".formatted(hash)));
    try {
      checks.add(Check.of("policy", "sha256", hash, PolicyFiles.hashOf(content)));
      return PolicyFiles.readCore(content);
    } catch (InvalidPolicyException e) {
      throw new NotReplayableException("policy %s: %s".formatted(hash, e.getMessage()));
    }
  }

  private ModelBundle bundle(ModelVersion version, DecisionTrace trace, List<Check> checks) {
    byte[] zip =
        recorded
            .bundle(version)
            .orElseThrow(
                () ->
                    new NotReplayableException(
                        "bundle %s is not in core.model_artifacts; retention deletes old ones"
                            .formatted(version)));
    checks.add(Check.of("bundle", "sha256", trace.bundleSha256(), BundleFile.sha256(zip)));
    try {
      return BundleFile.read(zip, key);
    } catch (InvalidBundleException e) {
      throw new NotReplayableException("bundle %s: %s".formatted(version, e.getMessage()));
    }
  }

  private List<Check> row(RecordedSignal signal, SequencedMap<String, Object> again) {
    List<Check> checks = new ArrayList<>();
    for (Map.Entry<String, Object> column : again.entrySet()) {
      String name = column.getKey();
      String was = name.equals("legs") ? legs(signal.get(name)) : signal.get(name);
      checks.add(Check.of(stageOf(name), name, was, RecordedSignal.text(column.getValue())));
    }
    return checks;
  }

  /** In the form they are inserted in; jsonb gives back another one. */
  private String legs(String stored) {
    try {
      return json.writeValueAsString(json.readValue(stored, LEGS));
    } catch (JacksonException e) {
      return stored;
    }
  }

  private static String stageOf(String column) {
    return switch (column) {
      case "return_prob", "risk_score", "confidence", "position_scale" -> "scores";
      case "action", "reason", "risk_flag", "legs", "entry" -> "decision";
      default -> "row";
    };
  }
}
