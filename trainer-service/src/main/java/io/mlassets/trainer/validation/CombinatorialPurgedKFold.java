package io.mlassets.trainer.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Combinatorial purged cross-validation (López de Prado, Advances in Financial Machine Learning,
 * ch. 12): N groups of time, every k of them tested once together by models trained on the rest.
 * Each group is tested {@code C(N − 1, k − 1)} times by different models; the n-th time of every
 * group makes the n-th path, a full history of out-of-sample scores.
 */
public final class CombinatorialPurgedKFold {
  private final int groups;
  private final int tested;
  private final Embargo embargo;

  /**
   * A split.
   *
   * @param groups groups of time, N, 3 to 16
   * @param tested groups tested together, k, at least 1 and fewer than all
   * @param embargo left out after each test block
   */
  public CombinatorialPurgedKFold(int groups, int tested, Embargo embargo) {
    if (groups < 3 || groups > 16 || tested < 1 || tested >= groups) {
      throw new IllegalArgumentException(
          "%d of %d groups tested: N must be 3 to 16, k less".formatted(tested, groups));
    }
    this.groups = groups;
    this.tested = tested;
    this.embargo = embargo;
  }

  /**
   * One choice of test groups.
   *
   * @param train rows to train on, ascending, never empty
   * @param tests rows of each test group, and the path its scores belong to
   */
  @SuppressWarnings("ArrayRecordComponent") // read by position in inner loops, never compared
  public record Split(int[] train, List<TestGroup> tests) {}

  /**
   * The rows of one tested group.
   *
   * @param group its number, from 0, in time order
   * @param path the path the scores of this split belong to, from 0
   * @param rows ascending, never empty
   */
  @SuppressWarnings("ArrayRecordComponent") // read by position in inner loops, never compared
  public record TestGroup(int group, int path, int[] rows) {}

  /** Paths that come of it: {@code C(N, k) · k / N}. */
  public int paths() {
    long splits = 0;
    for (int mask = 0; mask < 1 << groups; mask++) {
      splits += Integer.bitCount(mask) == tested ? 1 : 0;
    }
    return (int) (splits * tested / groups);
  }

  /**
   * All splits.
   *
   * @param spans one per row, sorted by start
   * @throws UnusableSplitException if a group has no row or a split none to train on
   */
  public List<Split> split(List<LabelSpan> spans) {
    int[] starts = Purge.cut(spans, groups);
    Purge purge = new Purge(spans, embargo);
    int[] timesTested = new int[groups];
    List<Split> splits = new ArrayList<>();
    for (int mask = 0; mask < 1 << groups; mask++) {
      if (Integer.bitCount(mask) == tested) {
        List<TestGroup> tests = new ArrayList<>();
        List<Purge.TestBlock> blocks = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
          if ((mask >> group & 1) == 1) {
            int[] rows = IntStream.range(starts[group], starts[group + 1]).toArray();
            tests.add(new TestGroup(group, timesTested[group]++, rows));
            blocks.add(new Purge.TestBlock(starts[group], starts[group + 1]));
          }
        }
        splits.add(new Split(purge.trainingRows(blocks), List.copyOf(tests)));
      }
    }
    return List.copyOf(splits);
  }
}
