package io.mlassets.suite.ea;

import io.mlassets.platform.RedisSettings;
import java.nio.file.Path;

/** An Expert Advisor in a process of its own, to be killed. Arguments: Redis' url, its folder. */
final class AdvisorProcess {
  private AdvisorProcess() {}

  public static void main(String[] args) throws Exception {
    RedisSettings redis = new RedisSettings(args[0], "localhost", 6379, "");
    TradingFloor.listening(redis, TradingFloor.PLAIN, Path.of(args[1]));
    Thread.sleep(Long.MAX_VALUE);
  }

  /** Starts one. */
  static Process start(RedisSettings redis, Path folder) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AdvisorProcess.class.getName(),
            "redis://" + redis.address(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("advisor.log").toFile())
        .start();
  }
}
