package io.mlassets.trainer.verdict;

import java.util.List;
import java.util.Locale;

/** What became of a candidate. */
public sealed interface Verdict {

  /** Why, each with its numbers; never empty. */
  List<String> reasons();

  /** The word in tables and reports. */
  default String wire() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** It replaces the model in force. */
  record Adopted(List<String> reasons) implements Verdict {
    /** Copies. */
    public Adopted {
      reasons = List.copyOf(reasons);
    }
  }

  /** It is no improvement; the model in force stays. */
  record Held(List<String> reasons) implements Verdict {
    /** Copies. */
    public Held {
      reasons = List.copyOf(reasons);
    }
  }

  /** It may not be used. */
  record Rejected(List<String> reasons) implements Verdict {
    /** Copies. */
    public Rejected {
      reasons = List.copyOf(reasons);
    }
  }
}
