package io.mlassets.bench.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A stretch of network between an Expert Advisor and Redis that can be spoiled. */
final class Proxy implements AutoCloseable {
  private static final int LARGEST_READ = 1 << 14;
  private static final int PIECE = 7;
  private static final long DELAY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** What is wrong with it. */
  enum Fault {
    NONE,
    /** Connections break, and no new one stands. */
    CUT,
    /** Nothing comes through, and nobody is told. */
    HALF_OPEN,
    /** What comes is five seconds late. */
    DELAY,
    /** Everything comes in pieces of a few bytes, and connections break in the middle of one. */
    TORN
  }

  private final ServerSocket door;
  private final int behind;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private Fault fault = Fault.NONE;

  /** Opens one in front of a port of loopback. */
  Proxy(int behind) throws IOException {
    this.behind = behind;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** From now on this is wrong. */
  void spoil(Fault now) {
    synchronized (this) {
      fault = now;
      notifyAll();
    }
    if (now == Fault.CUT) {
      breakAll();
    }
  }

  /** Nothing is wrong any more; what was torn is broken off first. */
  void heal() {
    boolean torn = fault() == Fault.TORN;
    spoil(Fault.NONE);
    if (torn) {
      breakAll();
    }
  }

  private synchronized Fault fault() {
    return fault;
  }

  private void breakAll() {
    open.forEach(Proxy::closeNow);
  }

  private static void closeNow(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.err.println("proxy: " + e);
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        if (!door.isClosed()) {
          System.err.println("proxy: " + e);
        }
      }
    }
  }

  private void connect(Socket client) {
    open.add(client);
    try {
      awaitPassage(0);
      if (fault() == Fault.CUT) {
        closeNow(client);
        return;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pass(client, server));
      pass(server, client);
    } catch (IOException e) {
      closeNow(client); // Redis is away: so is the way to it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[LARGEST_READ];
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        awaitPassage(System.nanoTime());
        if (fault() == Fault.TORN) {
          for (int at = 0; at < length; at += PIECE) {
            out.write(bytes, at, Math.min(PIECE, length - at));
            out.flush();
            Thread.sleep(1);
          }
        } else {
          out.write(bytes, 0, length);
        }
      }
    } catch (IOException e) {
      // One side is gone; closing tells the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** Holds back what was read at this time as long as the fault wants. */
  private synchronized void awaitPassage(long readAt) throws InterruptedException {
    while (fault == Fault.HALF_OPEN
        || (fault == Fault.DELAY && System.nanoTime() - readAt < DELAY_NANOS)) {
      wait(50);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    spoil(Fault.CUT);
  }
}
