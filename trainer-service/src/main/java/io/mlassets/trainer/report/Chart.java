package io.mlassets.trainer.report;

import java.util.List;
import java.util.Locale;

/**
 * A chart as inline SVG. Colours come from the page's style by class, so that it is readable in
 * light, dark and print.
 */
final class Chart {
  private static final double HALF_PAGE = 480;
  private static final double PAGE = 980;
  private static final double LEFT = 52;
  private static final double RIGHT = 20;
  private static final double TOP = 10;
  private static final double BOTTOM = 42;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final double width;
  private final double height;
  private final StringBuilder body = new StringBuilder();

  Chart(String title, Axis x, Axis y) {
    this(title, x, y, HALF_PAGE, 280);
  }

  /** As wide as the page. */
  static Chart wide(String title, Axis x, Axis y, double height) {
    return new Chart(title, x, y, PAGE, height);
  }

  /** Beside another one. */
  static Chart half(String title, Axis x, Axis y, double height) {
    return new Chart(title, x, y, HALF_PAGE, height);
  }

  private Chart(String title, Axis x, Axis y, double width, double height) {
    this.title = title;
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
  }

  Chart line(double[] xs, double[] ys, String style) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      points.append(point(atX(xs[i]), atY(ys[i]))).append(' ');
    }
    return add("<polyline class=\"line %s\" points=\"%s\"/>", style, points.toString().trim());
  }

  /** From the line down or up to a value. */
  Chart area(double[] xs, double[] ys, double base, String style) {
    StringBuilder points = new StringBuilder(point(atX(xs[0]), atY(base)));
    for (int i = 0; i < xs.length; i++) {
      points.append(' ').append(point(atX(xs[i]), atY(ys[i])));
    }
    points.append(' ').append(point(atX(xs[xs.length - 1]), atY(base)));
    return add("<polygon class=\"area %s\" points=\"%s\"/>", style, points);
  }

  Chart segment(double x0, double y0, double x1, double y1, String style) {
    return add(
        "<line class=\"line %s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
        style, size(atX(x0)), size(atY(y0)), size(atX(x1)), size(atY(y1)));
  }

  Chart dot(double atX, double atY, double radius, String style) {
    return add(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>",
        style, size(atX(atX)), size(atY(atY)), size(radius));
  }

  /** A box between two corners, at least two units wide, of some strength in [0, 1]. */
  Chart box(double x0, double y0, double x1, double y1, String style, double strength) {
    double wide = Math.max(2, atX(x1) - atX(x0));
    return add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill-opacity=\"%s\"/>",
        style,
        size(Math.min(atX(x0), width - RIGHT - wide)),
        size(atY(y1)),
        size(wide),
        size(Math.max(1, atY(y0) - atY(y1))),
        String.format(Locale.ROOT, "%.3f", strength));
  }

  /** Names drawn left of the plot, instead of the axis's ticks. */
  Chart note(double atX, double atY, String text, String style) {
    return add(
        "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
        style, size(atX(atX)), size(atY(atY) + 4), Text.escape(text));
  }

  /** The figure, its legend below. */
  String svg(List<Legend> legend) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(Text.escape(title), size(width), size(height), Text.escape(title)));
    for (double tick : x.ticks()) {
      svg.append(
          "<line class=\"grid\" x1=\"%1$s\" y1=\"%2$s\" x2=\"%1$s\" y2=\"%3$s\"/><text class=\"mid\" x=\"%1$s\" y=\"%4$s\">%5$s</text>"
              .formatted(
                  size(atX(tick)),
                  size(TOP),
                  size(height - BOTTOM),
                  size(height - BOTTOM + 15),
                  Text.escape(x.format().apply(tick))));
    }
    for (double tick : y.ticks()) {
      svg.append(
          "<line class=\"grid\" x1=\"%s\" y1=\"%2$s\" x2=\"%3$s\" y2=\"%2$s\"/><text class=\"end\" x=\"%4$s\" y=\"%5$s\">%6$s</text>"
              .formatted(
                  size(LEFT),
                  size(atY(tick)),
                  size(width - RIGHT),
                  size(LEFT - 6),
                  size(atY(tick) + 4),
                  Text.escape(y.format().apply(tick))));
    }
    svg.append(body);
    svg.append(
        "<text class=\"mid label\" x=\"%s\" y=\"%s\">%s</text></svg>"
            .formatted(size((LEFT + width - RIGHT) / 2), size(height - 8), Text.escape(x.label())));
    svg.append("<p class=\"legend\">");
    svg.append("<span>↑ %s</span>".formatted(Text.escape(y.label())));
    legend.forEach(
        entry ->
            svg.append(
                "<span><i class=\"%s\"></i>%s</span>"
                    .formatted(entry.style(), Text.escape(entry.text()))));
    return svg.append("</p></figure>").toString();
  }

  /**
   * One entry below a chart.
   *
   * @param style class of the colour
   * @param text what it stands for
   */
  record Legend(String style, String text) {}

  private Chart add(String form, Object... parts) {
    body.append(form.formatted(parts)).append('\n');
    return this;
  }

  private double atX(double value) {
    return LEFT + (width - LEFT - RIGHT) * x.share(value);
  }

  private double atY(double value) {
    return height - BOTTOM - (height - TOP - BOTTOM) * y.share(value);
  }

  private static String point(double atX, double atY) {
    return size(atX) + "," + size(atY);
  }

  private static String size(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
