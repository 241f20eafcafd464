package io.mlassets.ea;

import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import java.util.List;

/**
 * What the machine wants done. Actions are done in their order, one not before those ahead of it.
 */
public sealed interface EaAction {

  /** Open this socket, then tell {@code connected} or {@code lost}. */
  record Connect(EaSocket socket) implements EaAction {}

  /** Close it; nothing is told. */
  record Close(EaSocket socket) implements EaAction {}

  /**
   * Send a command.
   *
   * @param socket where
   * @param words the command's words
   */
  record Send(EaSocket socket, List<String> words) implements EaAction {}

  /**
   * Append a line to the journal and have it on disk; if that is not sure, do nothing further,
   * ever.
   *
   * @param line without its line feed
   * @param surely whether it must outlive a crash; false for a note that costs nothing when lost
   */
  record Journal(String line, boolean surely) implements EaAction {}

  /**
   * Send an order, then tell its result.
   *
   * @param id which
   * @param pair the signal's pair
   * @param symbol instrument
   * @param lots positive to buy, negative to sell
   * @param closing whether it takes away what is held
   */
  record Order(OrderId id, Pair pair, Symbol symbol, double lots, boolean closing)
      implements EaAction {}

  /**
   * Find out whether this order was ever sent, then tell its deals as the result.
   *
   * @param id which
   * @param pair the signal's pair
   * @param symbol instrument
   */
  record LookUp(OrderId id, Pair pair, Symbol symbol) implements EaAction {}

  /**
   * Write a result file whole and rename it.
   *
   * @param file its name
   * @param text its content
   */
  record WriteFile(String file, String text) implements EaAction {}

  /**
   * Trade no more.
   *
   * @param why in few words
   */
  record Stop(String why) implements EaAction {}
}
