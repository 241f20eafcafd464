package io.mlassets.validator.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How alike two feature names are: their words (split at underscores, dots and hyphens) are paired,
 * best pairs first; a word that begins with the other ({@code vol}, {@code volatility}) counts 0.9,
 * other words one minus their edit distance (Levenshtein 1966) over the longer length.
 */
final class NameSimilarity {
  private static final double ABBREVIATION = 0.9;
  private static final int SHORTEST_ABBREVIATION = 2;

  private NameSimilarity() {}

  /** In [0, 1]; 1 for the same words in any order. */
  static double of(String first, String second) {
    List<String> left = words(first);
    List<String> right = words(second);
    int most = Math.max(left.size(), right.size());
    if (most == 0) {
      return 0;
    }
    double sum = 0;
    while (!left.isEmpty() && !right.isEmpty()) {
      sum += takeBest(left, right);
    }
    return sum / most;
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String word : name.toLowerCase(Locale.ROOT).split("[_.\\-\\s]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static double takeBest(List<String> left, List<String> right) {
    double best = -1;
    int bestLeft = 0;
    int bestRight = 0;
    for (int i = 0; i < left.size(); i++) {
      for (int j = 0; j < right.size(); j++) {
        double similarity = ofWords(left.get(i), right.get(j));
        if (similarity > best) {
          best = similarity;
          bestLeft = i;
          bestRight = j;
        }
      }
    }
    left.remove(bestLeft);
    right.remove(bestRight);
    return best;
  }

  private static double ofWords(String a, String b) {
    if (a.equals(b)) {
      return 1;
    }
    boolean abbreviated =
        Math.min(a.length(), b.length()) >= SHORTEST_ABBREVIATION
            && (a.startsWith(b) || b.startsWith(a));
    double byLetters = 1 - (double) distance(a, b) / Math.max(a.length(), b.length());
    return abbreviated ? Math.max(ABBREVIATION, byLetters) : byLetters;
  }

  /** Levenshtein distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
