package io.mlassets.trainer.retune;

import io.mlassets.decision.Thresholds;
import io.mlassets.trainer.verdict.Check;
import java.util.List;

/** What becomes of the thresholds in force. */
sealed interface ThetaVerdict {

  /** Why, each with its numbers; never empty. */
  List<String> reasons();

  /** Others are put in force. */
  record Adopted(Thresholds next, List<String> reasons) implements ThetaVerdict {
    /** Copies. */
    public Adopted {
      reasons = List.copyOf(reasons);
    }

    static Adopted by(Thresholds next, List<Check> passed) {
      return new Adopted(next, passed.stream().map(Check::line).toList());
    }
  }

  /** They stay. */
  record Held(List<String> reasons) implements ThetaVerdict {
    /** Copies. */
    public Held {
      reasons = List.copyOf(reasons);
    }

    static Held by(List<Check> checks) {
      return new Held(checks.stream().filter(check -> !check.passed()).map(Check::line).toList());
    }
  }
}
