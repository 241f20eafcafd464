package io.mlassets.bench.damage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of bundles offered, kind by kind. */
final class Tally {
  private static final int EXAMPLES = 20;
  private final Map<Damage, Counts> counts = new EnumMap<>(Damage.class);
  private final List<String> examples = new ArrayList<>();
  private long sound;
  private long soundLost;

  /**
   * Of one kind.
   *
   * @param offered damaged ones
   * @param refused with a reason that is about the damage
   * @param vague refused for another reason
   * @param failed with something that is no refusal
   * @param loaded taken for sound
   */
  record Counts(long offered, long refused, long vague, long failed, long loaded) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          offered + other.offered,
          refused + other.refused,
          vague + other.vague,
          failed + other.failed,
          loaded + other.loaded);
    }
  }

  void refused(Damage kind, String reason) {
    if (kind.isNamedBy(reason)) {
      add(kind, new Counts(1, 1, 0, 0, 0));
    } else {
      add(kind, new Counts(1, 0, 1, 0, 0));
      example(kind + " refused: " + reason);
    }
  }

  void failed(Damage kind, String failure) {
    add(kind, new Counts(1, 0, 0, 1, 0));
    example(kind + " failed: " + failure);
  }

  void loaded(Damage kind, String which) {
    add(kind, new Counts(1, 0, 0, 0, 1));
    example(kind + " loaded: " + which);
  }

  void sound(boolean isLoaded, String what) {
    sound++;
    soundLost += isLoaded ? 0 : 1;
    if (!isLoaded) {
      example("sound one lost: " + what);
    }
  }

  void add(Damage kind, Counts more) {
    counts.merge(kind, more, Counts::plus);
  }

  void addSound(long count, long lost) {
    sound += count;
    soundLost += lost;
  }

  void example(String what) {
    if (examples.size() < EXAMPLES) {
      examples.add(what);
    }
  }

  Map<Damage, Counts> counts() {
    return counts;
  }

  Counts total() {
    return counts.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  long sound() {
    return sound;
  }

  long soundLost() {
    return soundLost;
  }

  List<String> examples() {
    return examples;
  }
}
