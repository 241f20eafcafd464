package io.mlassets.trainer.engine;

import com.microsoft.ml.lightgbm.lightgbmlib;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads LightGBM's native library from its jar by way of a directory of our own. The library's own
 * loader writes to one fixed path for all processes: a second process would overwrite the code the
 * first one is running, and whoever may write there decides what is loaded.
 */
final class LightGbmLibrary {
  private static final String ROOT = "/lightgbm4j/";

  private LightGbmLibrary() {}

  /** Initialised once per class loader, by the first use. */
  private static final class Loaded {
    private static final String VERSION = loadFrom(platform());
  }

  /** Loads if need be; the library's version. */
  static String load() {
    return Loaded.VERSION;
  }

  private static String loadFrom(String platform) {
    boolean windows = platform.startsWith("windows");
    String suffix = windows ? ".dll" : platform.startsWith("osx") ? ".dylib" : ".so";
    try {
      Path directory = Files.createTempDirectory("ml-assets-lightgbm");
      for (String name : List.of("lib_lightgbm" + suffix, "lib_lightgbm_swig" + suffix)) {
        loadCopy(ROOT + platform + "/" + name, directory.resolve(name), windows);
      }
      if (!windows) {
        Files.delete(directory);
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new EngineException(
          "LightGBM's native library does not load (on Linux it needs libgomp1): " + e.getMessage(),
          e);
    }
    return LibraryVersion.of(lightgbmlib.class, "io.github.metarank", "lightgbm4j");
  }

  /** Once loaded the file may go; only Windows holds on to it. */
  private static void loadCopy(String resource, Path copy, boolean windows) throws IOException {
    try (InputStream in = lightgbmlib.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new EngineException("LightGBM has no native library " + resource);
      }
      Files.copy(in, copy);
    }
    System.load(copy.toString());
    if (windows) {
      copy.toFile().deleteOnExit();
    } else {
      Files.delete(copy);
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String os = system.startsWith("mac") ? "osx" : system.startsWith("win") ? "windows" : "linux";
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return os + "/" + (arch.equals("aarch64") || arch.equals("arm64") ? "aarch64" : "x86_64");
  }
}
