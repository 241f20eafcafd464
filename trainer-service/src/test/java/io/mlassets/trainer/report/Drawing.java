package io.mlassets.trainer.report;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is drawn in one figure of a page, back in the values of its axes. */
record Drawing(String svg, double width, double height, Axis x, Axis y) {
  private static final double LEFT = 52;
  private static final double RIGHT = 20;
  private static final double TOP = 10;
  private static final double BOTTOM = 42;

  /** The figure of a title within a page. */
  static Drawing of(String html, String title, Axis x, Axis y) {
    int from = html.indexOf("<figcaption>" + Text.escape(title) + "</figcaption>");
    String svg = html.substring(from, html.indexOf("</svg>", from));
    MatchResult box =
        Pattern.compile("viewBox=\"0 0 ([0-9.]+) ([0-9.]+)\"")
            .matcher(svg)
            .results()
            .findFirst()
            .orElseThrow();
    return new Drawing(
        svg, Double.parseDouble(box.group(1)), Double.parseDouble(box.group(2)), x, y);
  }

  /** A box, by the values of its sides. */
  record Box(double fromX, double toX, double fromY, double toY) {}

  /** A point. */
  record Point(double x, double y) {}

  List<Box> boxes(String style) {
    return all("<rect class=\""
            + style
            + "\" x=\"(.+?)\" y=\"(.+?)\" width=\"(.+?)\" height=\"(.+?)\"")
        .map(
            found -> {
              double left = number(found, 1);
              double top = number(found, 2);
              return new Box(
                  valueX(left),
                  valueX(left + number(found, 3)),
                  valueY(top + number(found, 4)),
                  valueY(top));
            })
        .toList();
  }

  List<Point> dots(String style) {
    return all("<circle class=\"" + style + "\" cx=\"(.+?)\" cy=\"(.+?)\"")
        .map(found -> new Point(valueX(number(found, 1)), valueY(number(found, 2))))
        .toList();
  }

  Point lastOfLine(String style) {
    String points =
        all("<polyline class=\"line " + style + "\" points=\"(.+?)\"")
            .findFirst()
            .orElseThrow()
            .group(1);
    String[] last = points.substring(points.lastIndexOf(' ') + 1).split(",", -1);
    return new Point(valueX(Double.parseDouble(last[0])), valueY(Double.parseDouble(last[1])));
  }

  /** Half a tenth of a point, to which is drawn, on the axis of x. */
  double exactX() {
    return 0.06 * (x.high() - x.low()) / (width - LEFT - RIGHT);
  }

  /** The same on the axis of y. */
  double exactY() {
    return 0.06 * (y.high() - y.low()) / (height - TOP - BOTTOM);
  }

  private Stream<MatchResult> all(String pattern) {
    return Pattern.compile(pattern).matcher(svg).results();
  }

  private static double number(MatchResult found, int group) {
    return Double.parseDouble(found.group(group));
  }

  private double valueX(double at) {
    return x.low() + (x.high() - x.low()) * (at - LEFT) / (width - LEFT - RIGHT);
  }

  private double valueY(double at) {
    return y.low() + (y.high() - y.low()) * (height - BOTTOM - at) / (height - TOP - BOTTOM);
  }
}
