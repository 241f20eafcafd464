package io.mlassets.dispatcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A PagerDuty that takes everything. */
public final class PagesHeard implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final List<JsonNode> pages = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  public PagesHeard() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          pages.add(JSON.readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    server.start();
  }

  /** What a dispatcher is started with to page here. */
  public String[] arguments(String... others) {
    String[] all = Arrays.copyOf(others, others.length + 2);
    all[others.length] = "--pagerduty.routing.key=0123456789abcdef0123456789abcdef";
    all[others.length + 1] =
        "--pagerduty.events.url=http://localhost:" + server.getAddress().getPort() + "/";
    return all;
  }

  /** Actions of an incident, in order. */
  public List<String> actions(String key) {
    return of(key).stream().map(page -> page.path("event_action").asString()).toList();
  }

  /** Pages of an incident. */
  public List<JsonNode> of(String key) {
    return pages.stream()
        .filter(page -> page.path("dedup_key").asString().equals("ml-assets/" + key))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
