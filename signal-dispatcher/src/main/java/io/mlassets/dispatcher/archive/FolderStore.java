package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of this machine or of a mounted share. A file is written beside its name, forced to the
 * disk and then renamed, so that a name never has half a content.
 */
final class FolderStore implements ArchiveStore {
  private static final String UNFINISHED = ".unfinished";
  private final ArchivePlace.Folder place;

  FolderStore(ArchivePlace.Folder place) {
    this.place = place;
  }

  @Override
  public void check() {
    if (place.mounted()) {
      // Making the folder would fill this machine's disk while the share is away.
      if (!Files.isDirectory(place.path())) {
        throw new StoreFailure(place.name() + ": no such folder; is the share mounted?");
      }
      return;
    }
    try {
      Files.createDirectories(place.path());
    } catch (IOException e) {
      throw failed("cannot be made", place.path(), e);
    }
  }

  @Override
  public void put(String name, Path file) {
    Path target = resolve(name);
    Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
    try {
      check();
      Files.createDirectories(target.getParent());
      Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
      force(unfinished, StandardOpenOption.WRITE);
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      for (Path folder = target.getParent();
          folder != null && folder.startsWith(place.path());
          folder = folder.getParent()) {
        force(folder, StandardOpenOption.READ);
      }
    } catch (IOException e) {
      throw failed("cannot be written", target, e);
    }
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<InputStream> open(String name) {
    Path file = resolve(name);
    try {
      return Optional.of(new StoredBytes(Files.newInputStream(file), file.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("cannot be read", file, e);
    }
  }

  @Override
  public List<String> list(String folder) {
    Path under = resolve(folder);
    if (!Files.isDirectory(under)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(under)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> place.path().relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.endsWith(UNFINISHED))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failed("cannot be listed", under, e);
    }
  }

  private Path resolve(String name) {
    Path path = place.path().resolve(name).normalize();
    if (!path.startsWith(place.path())) {
      throw new IllegalArgumentException("'%s' leads out of %s".formatted(name, place.name()));
    }
    return path;
  }

  private StoreFailure failed(String what, Path path, IOException e) {
    return new StoreFailure("%s: %s %s: %s".formatted(place.name(), path, what, e), e);
  }

  @Override
  public void close() {}
}
