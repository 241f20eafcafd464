package io.mlassets.archive;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is archived at once: the signals of a day, or those that came after it was archived.
 *
 * @param day UTC day of the signals' bars
 * @param number from 1; the first part is the day as it was when its time came
 */
public record ArchivePart(LocalDate day, int number) implements Comparable<ArchivePart> {
  private static final Pattern FOLDER =
      Pattern.compile("(\\d{4})/(\\d{2})/(\\d{2})/part-([1-9]\\d{0,8})");
  private static final int LAST_YEAR = 9999;

  /** Refuses numbers below 1, and years without four digits. */
  public ArchivePart {
    if (number < 1) {
      throw new IllegalArgumentException("part %d of %s is not at least 1".formatted(number, day));
    }
    if (day.getYear() < 0 || day.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException("year of %s is not in [0, 9999]".formatted(day));
    }
  }

  /** Folder of its files within the archive, such as {@code 2026/01/31/part-1}. */
  public String folder() {
    return "%s/part-%d".formatted(folderOf(day), number);
  }

  /** Folder of a day's parts. */
  public static String folderOf(LocalDate day) {
    return "%04d/%02d/%02d".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
  }

  /** The part of a folder's name; empty for another's. */
  public static Optional<ArchivePart> ofFolder(String folder) {
    Matcher parts = FOLDER.matcher(folder);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate day =
          LocalDate.of(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3)));
      return Optional.of(new ArchivePart(day, Integer.parseInt(parts.group(4))));
    } catch (DateTimeException e) {
      return Optional.empty(); // 2026/02/31 is nobody's day.
    }
  }

  @Override
  public int compareTo(ArchivePart other) {
    return Comparator.comparing(ArchivePart::day)
        .thenComparingInt(ArchivePart::number)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return "%s part %d".formatted(day, number);
  }
}
