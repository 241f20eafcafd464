package io.mlassets.bench.damage;

/** Ways to damage the text of a model, each wrong by construction. */
interface ModelText {
  /** A child becomes the root, the node itself or its other child. */
  String cycle();

  /** A child that is not there. */
  String child();

  /** A column that is not there. */
  String column();

  /** A category, or a set of them, that is not there. */
  String category();

  /** A leaf, threshold or base score that is no number, and leaves that sum up to none. */
  String number();

  /** Counts that do not match what is there. */
  String count();

  /** Something left out. */
  String missing();

  /** Something that stands twice. */
  String twice();

  /** Made for something else, or by something else. */
  String header();

  /** The end is missing. */
  String cut();

  /** Another type of value. */
  String type();

  /** Millions of numbers, lines or levels. */
  String huge();

  /** The text of a model of a bundle, one of whose larger trees is damaged. */
  static ModelText of(String file, String text, Case of) {
    return file.endsWith(".txt") ? new LightGbmDamage(text, of) : new XgBoostDamage(text, of);
  }
}
