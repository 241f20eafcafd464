package io.mlassets.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code manifest.json} of a part. It holds no time of writing, so that the same rows make the same
 * bytes however often they are stored.
 *
 * @param format version of the archive's form
 * @param day UTC day of the signals' bars
 * @param part its number
 * @param signals the rows of {@code core.signals_live}, by {@code bar_ts} and {@code signal_id}
 * @param dispatch the rows of {@code core.signal_dispatch} of these signals, in the same order
 */
public record ArchiveManifest(
    int format,
    LocalDate day,
    @JsonProperty("part") int part,
    ArchivedFile signals,
    ArchivedFile dispatch) {
  public static final String NAME = "manifest.json";
  public static final String SIGNALS = "signals.csv.gz";
  public static final String DISPATCH = "dispatch.csv.gz";
  public static final int FORMAT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Refuses other formats, and files that are not a part's two. */
  public ArchiveManifest {
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "format %d of the archive is not known, expected %d".formatted(format, FORMAT));
    }
    if (!signals.name().equals(SIGNALS) || !dispatch.name().equals(DISPATCH)) {
      throw new IllegalArgumentException(
          "files %s and %s, expected %s and %s"
              .formatted(signals.name(), dispatch.name(), SIGNALS, DISPATCH));
    }
    if (dispatch.rows() > signals.rows()) {
      throw new IllegalArgumentException(
          "%d dispatch rows for %d signals".formatted(dispatch.rows(), signals.rows()));
    }
  }

  /** Which part it describes. */
  public ArchivePart key() {
    return new ArchivePart(day, part);
  }

  /** Its file's content. */
  public byte[] toJson() {
    return (JSON.writeValueAsString(this).replace("\r\n", "\n") + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a file's content; {@link IllegalArgumentException} says what is wrong with it. */
  public static ArchiveManifest parse(byte[] json) {
    try {
      ArchiveManifest manifest = JSON.readValue(json, ArchiveManifest.class);
      if (manifest == null) {
        throw new IllegalArgumentException("the manifest is null");
      }
      return manifest;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a manifest: " + e.getOriginalMessage(), e);
    } catch (NullPointerException e) {
      throw new IllegalArgumentException("not a manifest: a part of it is null", e);
    }
  }
}
