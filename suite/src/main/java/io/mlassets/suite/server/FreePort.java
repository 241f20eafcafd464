package io.mlassets.suite.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds loopback ports nobody listens on. */
public final class FreePort {
  private FreePort() {}

  /** {@code wanted} when it is free, any free port otherwise. */
  public static int near(int wanted) {
    return isFree(wanted) ? wanted : any();
  }

  /** Any free port. */
  public static int any() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free loopback port", e);
    }
  }

  private static boolean isFree(int port) {
    // The wildcard address: a service that listens on all interfaces must find it free everywhere.
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
