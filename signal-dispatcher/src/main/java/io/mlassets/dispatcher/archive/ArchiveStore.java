package io.mlassets.dispatcher.archive;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where files of the archive lie. Every method throws {@link StoreFailure} when the store does not
 * do what is asked; names are paths with slashes.
 */
public interface ArchiveStore extends AutoCloseable {
  /** Says whether it can be used at all, before anything is done. */
  void check();

  /** Stores a file's content under a name, whole or not at all; replaces what was there. */
  void put(String name, Path file);

  /** The content under a name, whose reading also fails by {@link StoreFailure}; empty without. */
  Optional<InputStream> open(String name);

  /** The names of what lies under a folder, at any depth. */
  List<String> list(String folder);

  @Override
  void close();
}
