package io.mlassets.trainer.pipeline;

import io.mlassets.policy.SearchRules;
import io.mlassets.trainer.engine.TreeEngine;
import io.mlassets.trainer.search.SearchSpaces;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Names studies by what determines their trials: prepared folds, labels, weights, space, pruning,
 * seed, engine and the search's own code. A study is only taken up where all of these are the same.
 */
final class StudyKeys {
  /** To be raised with every change of the code after which the same study has other trials. */
  private static final int CODE = 7;

  private final SearchRules rules;
  private final int folds;
  private final byte[] data;

  StudyKeys(List<FoldData> folds, SearchRules rules) {
    this.rules = rules;
    this.folds = folds.size();
    MessageDigest digest = sha256();
    for (FoldData fold : folds) {
      add(digest, fold.train());
      add(digest, fold.test());
      for (int[] rows : List.of(fold.fold().train(), fold.fold().test())) {
        ByteBuffer bytes = ByteBuffer.allocate(rows.length * Integer.BYTES);
        bytes.asIntBuffer().put(rows);
        digest.update(bytes);
      }
    }
    data = digest.digest();
  }

  String of(TreeEngine engine, Target target, long seed) {
    MessageDigest digest = sha256();
    digest.update(data);
    add(digest, target.labels());
    double[] weights = target.weights();
    if (weights != null) {
      add(digest, weights);
    }
    String rest =
        String.join(
            "\n",
            "code " + CODE,
            "weights " + (weights == null ? "none" : "given"),
            target.type().name(),
            new TreeMap<>(target.directions()).toString(),
            engine.id().name(),
            engine.version(),
            SearchSpaces.of(engine.id()).toString(),
            SearchSpaces.pruner(rules.pruning(), folds).toString(),
            "multivariate " + rules.multivariate(),
            "patience " + SearchSpaces.PATIENCE,
            "window " + SearchSpaces.WINDOW,
            "seed " + seed);
    digest.update(rest.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
