package io.mlassets.trainer;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A folder on a real SSH server that can stop at a rename, cut connections, or be away. */
final class SftpFolder implements AutoCloseable {
  private final Path folder;
  private final KeyPair pinned = key();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile Rename held = new Rename("\0");
  private SshServer ssh;
  private int port;

  SftpFolder(Path folder) throws Exception {
    this.folder = folder;
    start(pinned);
  }

  private static KeyPair key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    return generator.generateKeyPair();
  }

  private void start(KeyPair hostKey) throws IOException {
    SftpSubsystemFactory sftp = new SftpSubsystemFactory();
    sftp.addSftpEventListener(new Listener());
    ssh = SshServer.setUpDefaultServer();
    ssh.setHost("127.0.0.1");
    ssh.setPort(port);
    ssh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    ssh.setPasswordAuthenticator((user, password, session) -> password.equals("right"));
    ssh.setSubsystemFactories(List.of(sftp));
    ssh.setFileSystemFactory(new VirtualFileSystemFactory(folder));
    ssh.start();
    port = ssh.getPort();
  }

  /** The environment of a trainer that delivers here. */
  Map<String, String> variables() {
    return Map.of(
        "SFTP_HOST", "127.0.0.1",
        "SFTP_PORT", "" + port,
        "SFTP_USER", "mt5",
        "SFTP_PASSWORD", "right",
        "SFTP_HOST_KEY", PublicKeyEntry.toString(pinned.getPublic()));
  }

  List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  void stop() throws IOException {
    ssh.stop(true);
  }

  void startAgain() throws IOException {
    start(pinned);
  }

  void startWithAnotherKey() throws Exception {
    start(key());
  }

  /** Cuts the connection at the next write. */
  void cutOnce() {
    cuts.set(1);
  }

  /** The next rename to such a name waits. */
  Rename hold(String suffix) {
    held = new Rename(suffix);
    return held;
  }

  @Override
  public void close() throws IOException {
    held.go.complete(true);
    ssh.stop(true);
  }

  /** A rename that waits for the test. */
  static final class Rename {
    private final String suffix;
    private final CompletableFuture<Boolean> reached = new CompletableFuture<>();
    private final CompletableFuture<Boolean> go = new CompletableFuture<>();

    private Rename(String suffix) {
      this.suffix = suffix;
    }

    void await() throws Exception {
      reached.get(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets it happen, or fails it as if the client had gone before. */
    void end(boolean done) {
      go.complete(done);
    }

    private void waitFor(Path target) throws IOException {
      if (target.toString().endsWith(suffix) && !go.isDone()) {
        reached.complete(true);
        if (!go.join()) {
          throw new IOException("the client is gone");
        }
      }
    }
  }

  private final class Listener implements SftpEventListener {
    @Override
    public void moving(ServerSession session, Path from, Path to, Collection<CopyOption> options)
        throws IOException {
      held.waitFor(to);
    }

    @Override
    public void writing(
        ServerSession session,
        String remoteHandle,
        FileHandle localHandle,
        long offset,
        byte[] data,
        int dataOffset,
        int dataLen) {
      if (offset > 0 && cuts.getAndSet(0) > 0) {
        session.close(true);
      }
    }
  }
}
