package io.mlassets.suite.ea;

/**
 * How the paper market treats an account.
 *
 * @param name the account; {@code shadow-…} follows shadow signals
 * @param equity account size in quote currency units
 * @param slippageBps largest slippage of a deal, basis points
 * @param rejectShare share of orders refused
 * @param partialShare share of orders filled in two deals
 * @param seed seed of slippage, refusals and partial fills
 */
public record PaperAccount(
    String name,
    double equity,
    double slippageBps,
    double rejectShare,
    double partialShare,
    long seed) {

  /** The usual account of a demo. */
  public static PaperAccount usual(String name, long seed) {
    return new PaperAccount(name, 100_000, 0.3, 0.02, 0.05, seed);
  }

  /** Whether it listens to shadow signals. */
  public boolean isShadow() {
    return name.startsWith("shadow-");
  }
}
