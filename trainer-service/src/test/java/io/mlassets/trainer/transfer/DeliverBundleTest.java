package io.mlassets.trainer.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.model.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Against a real SSH server in this process. */
@Tag("R-05")
class DeliverBundleTest {
  private static final ModelVersion VERSION = new ModelVersion("20260101_0300");
  private static final byte[] ZIP = new byte[300_000];

  static {
    new SplittableRandom(1).nextBytes(ZIP);
  }

  @TempDir Path folder;
  private SshServer ssh;
  private KeyPair hostKey;

  @BeforeEach
  void startServer() throws Exception {
    hostKey = key();
    ssh = SshServer.setUpDefaultServer();
    ssh.setHost("127.0.0.1");
    ssh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    ssh.setPasswordAuthenticator((user, password, session) -> password.equals("right"));
    ssh.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    ssh.setFileSystemFactory(new VirtualFileSystemFactory(folder));
    ssh.start();
  }

  @AfterEach
  void stopServer() throws IOException {
    ssh.stop(true);
  }

  private static KeyPair key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    return generator.generateKeyPair();
  }

  private static DeliverBundle to(int port, KeyPair pinned, String password) {
    String line = PublicKeyEntry.toString(pinned.getPublic());
    return new DeliverBundle(
        new SftpSettings("127.0.0.1", port, "mt5", password, null, line, "."),
        Duration.ofSeconds(5),
        Duration.ofMillis(10));
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_bundle_is_staged_whole_and_takes_its_name_when_released() throws Exception {
    DeliverBundle deliver = to(ssh.getPort(), hostKey, "right");
    deliver.stage(VERSION, ZIP, Set.of());
    assertThat(files()).containsExactly("best_model-20260101_0300.zip.staged");
    deliver.release(VERSION);
    assertThat(files()).containsExactly("best_model-20260101_0300.zip");
    assertThat(folder.resolve("best_model-20260101_0300.zip")).hasBinaryContent(ZIP);
    // Told again after a lost answer: nothing changes.
    deliver.release(VERSION);
    assertThat(files()).containsExactly("best_model-20260101_0300.zip");
  }

  @Test
  void a_bundle_that_was_refused_leaves_nothing() throws Exception {
    Delivery delivery =
        Delivery.staged(to(ssh.getPort(), hostKey, "right"), VERSION, ZIP, Set.of());
    assertThat(delivery.state()).isEqualTo("staged");
    delivery.decided(false);
    assertThat(delivery.state()).isEqualTo("discarded");
    assertThat(files()).isEmpty();
  }

  @Test
  void a_server_with_another_host_key_gets_nothing() throws Exception {
    Delivery delivery = Delivery.staged(to(ssh.getPort(), key(), "right"), VERSION, ZIP, Set.of());
    assertThat(delivery.state()).startsWith("failed: ").contains("pinned SFTP_HOST_KEY");
    delivery.decided(true);
    assertThat(delivery.state()).startsWith("failed: ");
    assertThat(files()).isEmpty();
  }

  @Test
  void a_wrong_password_and_a_closed_port_are_said() throws Exception {
    assertThatThrownBy(() -> to(ssh.getPort(), hostKey, "wrong").stage(VERSION, ZIP, Set.of()))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("Auth fail");
    int port = ssh.getPort();
    ssh.stop(true);
    assertThatThrownBy(() -> to(port, hostKey, "right").stage(VERSION, ZIP, Set.of()))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void a_connection_cut_half_way_is_tried_again_and_never_shows_half_a_bundle() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(ssh.getPort(), 120_000, 1)) {
      to(proxy.port(), hostKey, "right").stage(VERSION, ZIP, Set.of());
      assertThat(proxy.connections()).isEqualTo(2);
    }
    assertThat(folder.resolve("best_model-20260101_0300.zip.staged")).hasBinaryContent(ZIP);

    Files.delete(folder.resolve("best_model-20260101_0300.zip.staged"));
    try (CuttingProxy proxy = new CuttingProxy(ssh.getPort(), 120_000, 99)) {
      Delivery delivery =
          Delivery.staged(to(proxy.port(), hostKey, "right"), VERSION, ZIP, Set.of());
      assertThat(delivery.state()).startsWith("failed: ");
      assertThat(proxy.connections()).isEqualTo(3);
    }
    assertThat(files()).allMatch(name -> name.endsWith(".part"));
  }

  @Test
  void an_rsa_key_is_taken_from_a_server_that_no_longer_signs_with_sha_1() throws Exception {
    ssh.setSignatureFactories(List.of(BuiltinSignatures.rsaSHA512, BuiltinSignatures.rsaSHA256));
    to(ssh.getPort(), hostKey, "right").stage(VERSION, ZIP, Set.of());
    assertThat(files()).containsExactly("best_model-20260101_0300.zip.staged");
  }

  @Test
  void staging_removes_what_killed_runs_left_and_nothing_that_is_awaited_or_not_ours()
      throws Exception {
    for (String name :
        List.of(
            "best_model-20250101_0300.zip.part",
            "best_model-20250102_0300.zip.staged",
            "best_model-20250103_0300.zip.staged",
            "best_model-20250104_0300.zip",
            "another.zip.staged")) {
      Files.writeString(folder.resolve(name), name);
    }
    to(ssh.getPort(), hostKey, "right")
        .stage(VERSION, ZIP, Set.of(new ModelVersion("20250103_0300")));
    assertThat(files())
        .containsExactly(
            "another.zip.staged",
            "best_model-20250103_0300.zip.staged",
            "best_model-20250104_0300.zip",
            "best_model-20260101_0300.zip.staged");
  }

  @Test
  void a_bundle_nobody_decided_about_goes_unless_it_is_left_on_purpose() throws Exception {
    DeliverBundle server = to(ssh.getPort(), hostKey, "right");
    try (Delivery delivery = Delivery.staged(server, VERSION, ZIP, Set.of())) {
      assertThat(delivery.state()).isEqualTo("staged");
    }
    assertThat(files()).isEmpty();
    try (Delivery delivery = Delivery.staged(server, VERSION, ZIP, Set.of())) {
      delivery.leave();
    }
    assertThat(files()).containsExactly("best_model-20260101_0300.zip.staged");
    Delivery.interrupted(server, VERSION).decided(true);
    assertThat(files()).containsExactly("best_model-20260101_0300.zip");
  }

  @Test
  void a_fault_of_the_library_is_a_failed_delivery_and_no_failed_run() {
    SftpSettings settings =
        new SftpSettings("127.0.0.1", ssh.getPort(), "mt5", "right", null, "ssh-rsa AAAA", ".");
    DeliverBundle broken = new DeliverBundle(settings, null, Duration.ZERO);
    assertThat(Delivery.staged(broken, VERSION, ZIP, Set.of()).state())
        .startsWith("failed: ")
        .contains("NullPointerException");
  }

  @Test
  void an_empty_password_is_none_and_all_that_is_set_is_handed_on() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of(
                    "sftp.host", "windows",
                    "sftp.user", "mt5",
                    "sftp.password", "",
                    "sftp.private.key", "/keys/mt5",
                    "sftp.host.key", "ssh-ed25519 AAAA")));
    SftpSettings settings = SftpSettings.of(environment);
    assertThat(settings.password()).isNull();
    assertThat(settings.privateKey()).isEqualTo("/keys/mt5");
    assertThat(SftpSettings.variables(environment))
        .containsEntry("SFTP_HOST", "windows")
        .containsEntry("SFTP_PRIVATE_KEY", "/keys/mt5")
        .doesNotContainKey("SFTP_DIR");
  }

  @Test
  void settings_without_a_pinned_key_or_with_two_secrets_are_refused() {
    assertThatThrownBy(() -> new SftpSettings("h", 22, "u", "p", null, "", "."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SFTP_HOST_KEY");
    assertThatThrownBy(() -> new SftpSettings("h", 22, "u", "p", "k", "ssh-rsa AAAA", "."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SFTP_PASSWORD");
    assertThat(new SftpSettings("h", 22, "u", "secret", null, "ssh-rsa AAAA", ".").toString())
        .doesNotContain("secret");
  }

  /** Passes bytes on and cuts the first connections after so many from the client. */
  private static final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final AtomicInteger connections = new AtomicInteger();

    CuttingProxy(int target, int afterBytes, int cuts) throws IOException {
      listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
      Thread.ofVirtual().start(() -> accept(target, afterBytes, cuts));
    }

    private void accept(int target, int afterBytes, int cuts) {
      while (!listening.isClosed()) {
        try {
          Socket client = listening.accept();
          Socket server = new Socket("127.0.0.1", target);
          int limit = connections.getAndIncrement() < cuts ? afterBytes : Integer.MAX_VALUE;
          Thread.ofVirtual().start(() -> pass(client, server, limit));
          Thread.ofVirtual().start(() -> pass(server, client, Integer.MAX_VALUE));
        } catch (IOException e) {
          return; // closed
        }
      }
    }

    private static void pass(Socket from, Socket to, int limit) {
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        byte[] buffer = new byte[8_192];
        int passed = 0;
        for (int n = in.read(buffer); n >= 0 && passed < limit; n = in.read(buffer)) {
          out.write(buffer, 0, n);
          out.flush();
          passed += n;
        }
      } catch (IOException e) {
        assertThat(e).isNotNull(); // the other side is gone: so is this one
      }
    }

    int port() {
      return listening.getLocalPort();
    }

    int connections() {
      return connections.get();
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
