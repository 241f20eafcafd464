package io.mlassets.platform.web;

/**
 * Which page is wanted.
 *
 * @param page number from 0
 * @param size rows, 1 to 1000
 */
public record PageRequest(int page, int size) {
  private static final int MOST = 1_000;

  /** Refuses numbers out of range with {@link IllegalArgumentException}. */
  public PageRequest {
    if (page < 0 || page > 10_000_000) {
      throw new IllegalArgumentException("page %d is not in [0, 10000000]".formatted(page));
    }
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException("size %d is not in [1, %d]".formatted(size, MOST));
    }
  }

  /** Rows before this page. */
  public long offset() {
    return (long) page * size;
  }
}
