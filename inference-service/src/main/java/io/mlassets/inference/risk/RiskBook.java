package io.mlassets.inference.risk;

import io.mlassets.decision.DecisionRule;
import io.mlassets.decision.Scores;
import io.mlassets.drift.RiskPassRate;
import io.mlassets.drift.RiskPassRate.Passed;
import io.mlassets.drift.RollingRisk;
import io.mlassets.inference.DecidingPolicies;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.policy.CorePolicy;
import io.mlassets.signal.Signal;
import io.mlassets.signal.SignalMode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The candidates of every pair of this process, told by the decision thread once they are
 * committed. Another model or mode begins anew.
 */
@Component
public class RiskBook {
  /** Bars within which a pair's candidates lie, in candidates: where one bar in so many is one. */
  private static final int BARS_PER_CANDIDATE = 50;

  private final DecidingPolicies policies;
  private final ConcurrentMap<Pair, PairRisk> pairs = new ConcurrentHashMap<>();

  RiskBook(DecidingPolicies policies) {
    this.policies = policies;
  }

  private CorePolicy core() {
    return policies.now().core();
  }

  private int candidates() {
    return policies.now().retrain().drift().riskWatch().candidates();
  }

  /** Forgets all pairs but these. */
  public void keep(Collection<Pair> live) {
    pairs.keySet().retainAll(live);
  }

  /** A pair is decided for, by that model. */
  public void knows(Pair pair, BarInterval interval, SignalMode mode, String modelVersion) {
    PairRisk.Of of = new PairRisk.Of(pair, interval, mode, modelVersion);
    pairs.compute(
        pair, (same, known) -> known != null && known.of().equals(of) ? known : beginning(of));
  }

  private PairRisk beginning(PairRisk.Of of) {
    return new PairRisk(
        of,
        new RollingRisk(candidates(), span(of.interval()), core().thetaSearch().theta2()),
        candidates());
  }

  Duration span(BarInterval interval) {
    return interval.length().multipliedBy((long) BARS_PER_CANDIDATE * candidates());
  }

  /** A decision was committed. */
  public void decided(Signal signal) {
    PairRisk risk = pairs.get(signal.pair());
    if (risk == null || !risk.of().modelVersion().equals(signal.modelVersion().value())) {
      return;
    }
    Scores scores = new Scores(signal.returnProb(), signal.riskScore(), signal.positionScale());
    if (DecisionRule.isCandidate(signal.zScore(), core().trading())
        && !scores.equals(Scores.NOT_ASKED)) {
      risk.decided(new PairRisk.Candidate(signal.barTs(), signal.riskScore(), signal.riskFlag()));
    } else {
      risk.decided(signal.barTs());
    }
  }

  /** What AI2 did to a pair's candidates; empty while those before are still read. */
  public Optional<RiskFigures> figures(Pair pair) {
    return Optional.ofNullable(pairs.get(pair))
        .filter(PairRisk::isRestored)
        .map(PairRisk::counted)
        .map(counted -> RiskFigures.of(judged(counted.passed()), counted.flagRun()));
  }

  /** What it did to those of all pairs of a mode together; empty while some are still read. */
  public Optional<RiskFigures> whole(SignalMode mode) {
    List<PairRisk> all = all().filter(risk -> risk.of().mode() == mode).toList();
    if (all.isEmpty() || !all.stream().allMatch(PairRisk::isRestored)) {
      return Optional.empty();
    }
    Passed passed = Passed.NONE;
    int run = 0;
    for (PairRisk risk : all) {
      PairRisk.Counted counted = risk.counted();
      passed = passed.plus(counted.passed());
      run = Math.max(run, counted.flagRun());
    }
    return Optional.of(RiskFigures.of(judged(passed), run));
  }

  private RiskPassRate judged(Passed passed) {
    int least = Math.min(candidates(), policies.now().retrain().drift().minRows());
    return RiskPassRate.of(passed, core().riskPassRate(), least);
  }

  Stream<PairRisk> all() {
    return pairs.values().stream();
  }
}
