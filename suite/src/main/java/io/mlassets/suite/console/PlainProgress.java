package io.mlassets.suite.console;

/** A line whenever another tenth is done, for logs. */
final class PlainProgress implements Progress {
  private final String what;
  private long tenths = -1;

  PlainProgress(String what, long total) {
    this.what = what;
    at(0, total, "");
  }

  @Override
  public void at(long done, long total, String note) {
    long now = total <= 0 ? 0 : done * 10 / total;
    if (now != tenths) {
      tenths = now;
      System.out.println("  %-8s %5d/%d  %s".formatted(what, done, total, note).stripTrailing());
    }
  }

  @Override
  public void close() {}
}
