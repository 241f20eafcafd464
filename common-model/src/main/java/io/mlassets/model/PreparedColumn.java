package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How one feature becomes a column of the trees. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PreparedColumn.Numeric.class, name = "numeric"),
  @JsonSubTypes.Type(value = PreparedColumn.Category.class, name = "category")
})
public sealed interface PreparedColumn {

  /** The feature's name. */
  String name();

  /** The column's value; NaN or an infinity is missing. */
  double apply(double value);

  /**
   * {@code (value - mean) / sd}, missing values first replaced by the median.
   *
   * @param name the feature's name
   * @param median median of the training rows, finite
   * @param mean mean of the training rows, finite
   * @param sd standard deviation of the training rows, positive; 1 for a constant feature
   */
  record Numeric(
      @JsonProperty("name") String name,
      @JsonProperty("median") double median,
      @JsonProperty("mean") double mean,
      @JsonProperty("sd") double sd)
      implements PreparedColumn {

    /** Refuses what breaks an invariant with {@link IllegalArgumentException}. */
    public Numeric {
      if (!Double.isFinite(median) || !Double.isFinite(mean) || !Double.isFinite(sd) || !(sd > 0)) {
        throw new IllegalArgumentException(
            "feature %s: median %s, mean %s, sd %s".formatted(name, median, mean, sd));
      }
    }

    @Override
    public double apply(double value) {
      return ((Double.isFinite(value) ? value : median) - mean) / sd;
    }
  }

  /**
   * The position of the value among the categories seen in training; an unseen one is missing
   * (NaN).
   *
   * @param name the feature's name
   * @param codes the codes seen, rising
   */
  record Category(@JsonProperty("name") String name, @JsonProperty("codes") List<Integer> codes)
      implements PreparedColumn {

    /** Refuses codes that do not rise with {@link IllegalArgumentException}. */
    public Category {
      codes = List.copyOf(codes);
      for (int i = 1; i < codes.size(); i++) {
        if (codes.get(i) <= codes.get(i - 1)) {
          throw new IllegalArgumentException(
              "feature %s: codes %s do not rise".formatted(name, codes));
        }
      }
    }

    @Override
    public double apply(double value) {
      for (int i = 0; i < codes.size(); i++) {
        if (codes.get(i) == value) {
          return i;
        }
      }
      return Double.NaN;
    }
  }
}
