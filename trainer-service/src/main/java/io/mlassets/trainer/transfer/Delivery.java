package io.mlassets.trainer.transfer;

import io.mlassets.model.ModelVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bundle on its way, from before the verdict to after it. What goes wrong is said in the run's
 * row and changes no verdict: live inference reads the database, not this server.
 */
public final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private final @Nullable DeliverBundle server;
  private final ModelVersion version;
  private @Nullable String state;

  private Delivery(@Nullable DeliverBundle server, ModelVersion version) {
    this.server = server;
    this.version = version;
  }

  /** Stages the bundle; without a server nothing happens. */
  public static Delivery staged(@Nullable DeliverBundle server, ModelVersion version, byte[] zip) {
    Delivery delivery = new Delivery(server, version);
    delivery.attempt("staged", to -> to.stage(version, zip));
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

  /** {@code delivered}, {@code discarded}, {@code failed: …}; null without a server. */
  public @Nullable String state() {
    return state;
  }

  private boolean isStaged() {
    return "staged".equals(state);
  }

  private void attempt(String reached, java.util.function.Consumer<DeliverBundle> step) {
    if (server == null) {
      return;
    }
    try {
      step.accept(server);
      state = reached;
    } catch (DeliveryException e) {
      log.error("bundle {}: {}", version, e.getMessage());
      state = "failed: " + e.getMessage();
    }
  }
}
