package io.mlassets.suite.server;

import io.mlassets.platform.ServiceLauncher;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.context.ConfigurableApplicationContext;

/** The five services as five Spring contexts of this JVM, each on its own port. */
public final class InProcessServices implements AutoCloseable {
  private final Map<ServiceName, ConfigurableApplicationContext> contexts =
      new ConcurrentHashMap<>();

  private InProcessServices() {}

  /** Starts all services at once and returns when every one is ready. */
  public static InProcessServices start(SuiteSettings settings, Map<ServiceName, Integer> ports)
      throws InterruptedException {
    InProcessServices services = new InProcessServices();
    try (ExecutorService starters = Executors.newFixedThreadPool(ports.size())) {
      Map<ServiceName, Future<?>> starts = new EnumMap<>(ServiceName.class);
      ports.forEach(
          (service, port) ->
              starts.put(service, starters.submit(() -> services.start(service, port, settings))));
      for (Map.Entry<ServiceName, Future<?>> start : starts.entrySet()) {
        try {
          start.getValue().get();
        } catch (ExecutionException e) {
          throw new ServiceStartException(start.getKey(), e);
        }
      }
      return services;
    } catch (InterruptedException | RuntimeException e) {
      services.close();
      throw e;
    }
  }

  private void start(ServiceName service, int port, SuiteSettings settings) {
    try {
      contexts.put(
          service,
          ServiceLauncher.start(
              Class.forName(service.mainClass()),
              service.label(),
              Map.of(),
              arguments(service, port, settings)));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(service.mainClass() + " is not on the class path", e);
    }
  }

  /** Command-line arguments win over whatever the caller's environment holds. */
  private static String[] arguments(ServiceName service, int port, SuiteSettings settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=" + port);
    arguments.add("--server.address=127.0.0.1");
    // Nobody has mounted a share for a demo.
    arguments.add("--archive.target=LOCAL");
    arguments.add("--archive.path=" + settings.archiveDir());
    // A demo shows the model it trained, also beside one of an earlier demo.
    arguments.add("--inference.swap.shadow-bars=0");
    // We stop them in our own order.
    arguments.add("--spring.main.register-shutdown-hook=false");
    settings
        .environment(service)
        .forEach(
            (name, value) ->
                arguments.add(
                    "--" + name.toLowerCase(Locale.ROOT).replace('_', '.') + "=" + value));
    return arguments.toArray(String[]::new);
  }

  @Override
  public void close() {
    // Those that talk to the market stop first.
    for (ServiceName service :
        List.of(
            ServiceName.INFERENCE,
            ServiceName.DISPATCHER,
            ServiceName.VALIDATOR,
            ServiceName.TRAINER,
            ServiceName.REGISTRY)) {
      ConfigurableApplicationContext context = contexts.remove(service);
      if (context != null) {
        context.close();
      }
    }
  }
}
