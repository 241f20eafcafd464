package io.mlassets.trainer.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words, numbers and small pieces of HTML. Whatever comes from outside is escaped here. */
final class Text {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private Text() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** So many digits after the point; a dash for what there is not. */
  static String number(@Nullable Double value, int digits) {
    return value == null || !Double.isFinite(value)
        ? "–"
        : String.format(Locale.ROOT, "%,." + digits + "f", value).replace('-', '−');
  }

  static String percent(@Nullable Double share, int digits) {
    return share == null || !Double.isFinite(share) ? "–" : number(100 * share, digits) + " %";
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String minute(Instant time) {
    return MINUTE.format(time.atOffset(ZoneOffset.UTC)) + " UTC";
  }

  /** A table; the first column holds names, the others figures. Cells are escaped. */
  static String table(List<String> head, List<List<String>> rows) {
    String cells =
        rows.stream()
            .map(row -> "<tr>" + cells(row, "td") + "</tr>")
            .collect(Collectors.joining("\n"));
    return "<div class=\"wide\"><table><thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
        .formatted(cells(head, "th"), cells);
  }

  private static String cells(List<String> cells, String tag) {
    return cells.stream()
        .map(cell -> "<%s>%s</%s>".formatted(tag, escape(cell), tag))
        .collect(Collectors.joining());
  }

  /** A section of the page with what is in it. */
  static String section(String title, String lead, String... parts) {
    return "<section><h2>%s</h2><p class=\"lead\">%s</p>%s</section>%n"
        .formatted(escape(title), escape(lead), String.join("\n", parts));
  }

  /** Charts side by side where there is room. */
  static String charts(List<String> charts) {
    return "<div class=\"charts\">" + String.join("\n", charts) + "</div>";
  }
}
