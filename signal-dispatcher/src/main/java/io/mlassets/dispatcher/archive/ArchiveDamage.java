package io.mlassets.dispatcher.archive;

/**
 * Something stored that is not what was stored.
 *
 * @param object its name in the store
 * @param what is wrong with it, and what was expected
 */
public record ArchiveDamage(String object, String what) {
  @Override
  public String toString() {
    return object + " " + what;
  }
}
