package io.mlassets.trainer.transfer;

import io.mlassets.model.ModelVersion;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bundle on its way, from before the verdict to after it. What goes wrong is said in the run's
 * row and changes no verdict: live inference reads the database, not this server.
 */
public final class Delivery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private static final String STAGED = "staged";
  private final @Nullable DeliverBundle server;
  private final ModelVersion version;
  private @Nullable String state;
  private boolean left;

  private Delivery(@Nullable DeliverBundle server, ModelVersion version) {
    this.server = server;
    this.version = version;
  }

  /**
   * Stages the bundle; without a server nothing happens.
   *
   * @param awaited bundles of earlier runs that stay staged
   */
  public static Delivery staged(
      @Nullable DeliverBundle server, ModelVersion version, byte[] zip, Set<ModelVersion> awaited) {
    Delivery delivery = new Delivery(server, version);
    delivery.attempt(STAGED, to -> to.stage(version, zip, awaited));
    return delivery;
  }

  /** A bundle that a run staged and did not come to decide about. */
  public static Delivery interrupted(DeliverBundle server, ModelVersion version) {
    Delivery delivery = new Delivery(server, version);
    delivery.state = STAGED;
    return delivery;
  }

  /** After the verdict: the bundle takes its name there, or goes. */
  public void decided(boolean adopted) {
    if (isStaged()) {
      if (adopted) {
        attempt("delivered", to -> to.release(version));
      } else {
        attempt("discarded", to -> to.discard(version));
      }
    }
  }

  /** Nobody knows whether the run came to a verdict: what is staged stays there. */
  public void leave() {
    left = true;
  }

  /** A bundle nobody decided about goes. */
  @Override
  public void close() {
    if (!left) {
      decided(false);
    }
  }

  /** {@code staged, delivered, discarded, failed: …}; null without a server. */
  public @Nullable String state() {
    return state;
  }

  private boolean isStaged() {
    return STAGED.equals(state);
  }

  private void attempt(String reached, Consumer<DeliverBundle> step) {
    if (server == null) {
      return;
    }
    try {
      step.accept(server);
      state = reached;
    } catch (DeliveryException e) {
      log.error("bundle {}: {}", version, e.getMessage());
      state = "failed: " + e.getMessage();
    } catch (RuntimeException e) {
      // A fault of the library's or ours: no reason to lose a model over it.
      log.error("bundle {}", version, e);
      state = "failed: " + e;
    }
  }
}
