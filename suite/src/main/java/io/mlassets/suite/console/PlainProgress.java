package io.mlassets.suite.console;

/** A line whenever another fifth is done or the note changes, for logs. */
final class PlainProgress implements Progress {
  private final String what;
  private long fifths = -1;
  private String lastNote = "";

  PlainProgress(String what, long total) {
    this.what = what;
    at(0, total, "");
  }

  @Override
  public void at(long done, long total, String note) {
    long now = total <= 0 ? 0 : done * 5 / total;
    if (now != fifths || !note.equals(lastNote)) {
      fifths = now;
      lastNote = note;
      System.out.println("  %-8s %5d/%d  %s".formatted(what, done, total, note).stripTrailing());
    }
  }

  @Override
  public void close() {}
}
