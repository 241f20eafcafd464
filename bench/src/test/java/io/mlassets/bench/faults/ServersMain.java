package io.mlassets.bench.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Servers and a paused process of its own, until it is told to end. */
final class ServersMain {
  private ServersMain() {}

  /** The folder, and the file that is there once all run. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder.resolve("log"));
    Servers servers = new Servers(folder);
    Process child = new ProcessBuilder("sleep", "600").start();
    new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor();
    Files.writeString(folder.resolve(arguments[1]), servers.databaseUrl());
    TimeUnit.MINUTES.sleep(10);
  }
}
