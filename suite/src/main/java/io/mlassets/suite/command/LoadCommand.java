package io.mlassets.suite.command;

import io.mlassets.suite.Home;
import io.mlassets.suite.bars.BarSupply;
import io.mlassets.suite.bars.BarTable;
import io.mlassets.suite.bars.RefusedRow;
import io.mlassets.suite.up.RunningSuite;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code load}. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    description =
        "Loads bars into core.bars of DATABASE_URL (or of the suite running from here), all but the"
            + " last N, which the replay command feeds. Rows that are no bars go to"
            + " core.quarantine.")
public final class LoadCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Mixin private MarketMixin market = new MarketMixin();

  @Override
  public Integer call() throws Exception {
    BarSupply supply = BarSupply.of(market.choice(), Clock.systemUTC().instant());
    List<RefusedRow> refused = supply.loaded().refused();
    try (Connection connection = RunningSuite.find(System.getenv(), Home.varDir()).connect()) {
      BarTable table = new BarTable(connection);
      table.load(supply.history());
      table.refuse(refused);
    }
    System.out.printf(
        "  loaded %,d bars of %d symbols; %d rows refused, %d out of order put in place%n",
        supply.history().size(),
        supply.loaded().bars().size(),
        refused.size(),
        supply.loaded().reordered());
    refused.stream()
        .limit(SHOWN)
        .forEach(row -> System.out.printf("  %s: %s%n", row.source(), row.reason()));
    return 0;
  }
}
