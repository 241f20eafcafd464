package io.mlassets.inference.parity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.PairClass;
import io.mlassets.inference.DecidingPolicies;
import io.mlassets.inference.PairBars;
import io.mlassets.inference.PairBoard;
import io.mlassets.inference.parity.RecordedVectors.StoredVector;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.parity.EngineProbe;
import io.mlassets.parity.ProveVector;
import io.mlassets.parity.RecordedVector;
import io.mlassets.parity.VectorProof;
import io.mlassets.policy.TradingRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One round: a random sample of the newest vectors of this process' pairs is made again. For one
 * thread.
 */
@Component
class CheckParity {
  private static final Logger log = LoggerFactory.getLogger(CheckParity.class);
  private static final String BEFORE = "BEFORE_THE_FIRST_DECISION";
  private final PairBoard board;
  private final RecordedVectors vectors;
  private final ParityFindings findings;
  private final InstrumentCatalogue instruments;
  private final DecidingPolicies policies;
  private final PairBars bars;
  private final ParitySettings settings;
  private final SplittableRandom random;
  private final MeterRegistry meters;
  private final Counter mismatches;
  private final Counter barsDiffer;
  private TradingRules rules;
  private EngineProbe engines;

  CheckParity(
      PairBoard board,
      RecordedVectors vectors,
      ParityFindings findings,
      InstrumentCatalogue instruments,
      DecidingPolicies policies,
      JdbcClient jdbc,
      ParitySettings settings,
      MeterRegistry meters) {
    this.board = board;
    this.vectors = vectors;
    this.findings = findings;
    this.instruments = instruments;
    this.policies = policies;
    this.rules = policies.now().core().trading();
    this.engines = new EngineProbe(rules);
    this.bars =
        new PairBars(
            jdbc, instruments, (what, where) -> log.debug("{} is no bar: {}", where, what));
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
    this.meters = meters;
    this.mismatches = meters.counter("parity_mismatch_total");
    this.barsDiffer = meters.counter("parity_bars_differ_total");
  }

  /** Checks a sample. */
  void round() {
    TradingRules inForce = policies.now().core().trading();
    if (inForce.featureWindow() != rules.featureWindow()) {
      engines = new EngineProbe(inForce);
    }
    rules = inForce;
    // Sorted, so that the seed alone decides.
    List<Map.Entry<Pair, BarInterval>> pairs =
        List.copyOf(new TreeMap<>(board.decided()).entrySet());
    for (int i = 0; i < settings.sample() && !pairs.isEmpty(); i++) {
      Map.Entry<Pair, BarInterval> one = pairs.get(random.nextInt(pairs.size()));
      vectors
          .one(one.getKey(), one.getValue(), settings.recent(), random.nextDouble())
          .ifPresent(this::check);
    }
  }

  private void check(RecordedVector vector) {
    if (vector.isOfThisSchema()) {
      checkMadeHere(vector);
    } else {
      checkPipelines(vector);
    }
  }

  /** What came live is what the data pipeline stored, where it stored it. */
  private void checkPipelines(RecordedVector vector) {
    Optional<StoredVector> stored = vectors.stored(vector);
    VectorProof proof =
        ProveVector.ofPipeline(
            vector,
            stored.map(StoredVector::names).orElse(List.of()),
            stored.map(StoredVector::values));
    count(
        switch (proof) {
          case VectorProof.Same() -> "same";
          case VectorProof.Mismatch mismatch -> {
            tell(vector, mismatch);
            yield "mismatch";
          }
          case VectorProof.BarsDiffer differ -> "bars_differ";
          case VectorProof.Unproven unproven -> unproven.reason().name().toLowerCase(Locale.ROOT);
        });
  }

  private void checkMadeHere(RecordedVector vector) {
    Pair pair = vector.pair();
    PairClass pairClass = PairClass.of(instruments.of(pair.a()), instruments.of(pair.b()));
    List<PairBar> stored =
        bars.upTo(pair, vector.interval(), vector.ts(), Math.max(1, vector.seen().count()));
    VectorProof proof =
        ProveVector.of(
            vector,
            engines.of(pairClass),
            stored,
            new FeatureEngine(pair, vector.interval(), pairClass, rules));
    count(
        switch (proof) {
          case VectorProof.Same() -> "same";
          case VectorProof.Mismatch mismatch -> {
            tell(vector, mismatch);
            yield "mismatch";
          }
          case VectorProof.BarsDiffer differ -> {
            tell(vector, differ, stored);
            yield "bars_differ";
          }
          case VectorProof.Unproven unproven -> unproven.reason().name().toLowerCase(Locale.ROOT);
        });
  }

  private void tell(RecordedVector vector, VectorProof.Mismatch mismatch) {
    if (findings.mismatch(vector, mismatch)) {
      mismatches.increment();
      log.error(
          "{}: vector of bar {} is not what the tables give: {}",
          vector.pair(),
          vector.ts(),
          mismatch.differences());
    }
  }

  private void tell(RecordedVector vector, VectorProof.BarsDiffer differ, List<PairBar> stored) {
    List<DifferingBar> which =
        DifferingBar.among(stored, vectors.digests(vector.pair(), vector.interval(), stored));
    boolean isNew = which.isEmpty() && findings.barDiffers(vector, vector.ts(), BEFORE);
    for (DifferingBar bar : which) {
      isNew |= findings.barDiffers(vector, bar.ts(), bar.how().name());
    }
    if (isNew) {
      barsDiffer.increment();
      log.warn(
          "{}: bars in core.bars are not those bar {} was decided from ({} then, {} now): {}",
          vector.pair(),
          vector.ts(),
          differ.recorded().count(),
          differ.found().count(),
          which.isEmpty() ? BEFORE : which);
    }
  }

  private void count(String outcome) {
    meters.counter("parity_checked_total", "outcome", outcome).increment();
  }
}
