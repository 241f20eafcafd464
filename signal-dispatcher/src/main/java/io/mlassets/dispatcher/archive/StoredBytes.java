package io.mlassets.dispatcher.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that comes from a store: what fails in reading it is the store, not the content. */
final class StoredBytes extends FilterInputStream {
  private final String where;

  StoredBytes(InputStream in, String where) {
    super(in);
    this.where = where;
  }

  @Override
  public int read() {
    try {
      return in.read();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int count) {
    try {
      return in.read(bytes, from, count);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private StoreFailure failed(IOException e) {
    return new StoreFailure(where + " cannot be read: " + e, e);
  }
}
