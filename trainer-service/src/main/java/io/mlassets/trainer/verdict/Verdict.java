package io.mlassets.trainer.verdict;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What became of a candidate, with every rule it was held against. */
public sealed interface Verdict {

  /** Every rule looked at, passed or not, with its numbers; never empty. */
  List<Check> checks();

  /** What is worth knowing and no reason for or against. */
  List<String> remarks();

  /** Why, each with its numbers, then the remarks; never empty. */
  default List<String> reasons() {
    boolean adopted = this instanceof Adopted;
    return Stream.concat(
            checks().stream().filter(check -> check.passed() == adopted).map(Check::line),
            remarks().stream())
        .toList();
  }

  /** The word in tables and reports. */
  default String wire() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** It replaces the model in force: every check passed. */
  record Adopted(List<Check> checks, List<String> remarks) implements Verdict {
    /** Copies; refuses a failed check with {@link IllegalArgumentException}. */
    public Adopted {
      checks = List.copyOf(checks);
      remarks = List.copyOf(remarks);
      if (checks.isEmpty() || checks.stream().anyMatch(check -> !check.passed())) {
        throw new IllegalArgumentException("adopted in spite of %s".formatted(checks));
      }
    }
  }

  /** It is no improvement; the model in force stays. */
  record Held(List<Check> checks, List<String> remarks) implements Verdict {
    /** Copies. */
    public Held {
      checks = List.copyOf(checks);
      remarks = List.copyOf(remarks);
    }
  }

  /** It may not be used. */
  record Rejected(List<Check> checks, List<String> remarks) implements Verdict {
    /** Copies. */
    public Rejected {
      checks = List.copyOf(checks);
      remarks = List.copyOf(remarks);
    }
  }
}
