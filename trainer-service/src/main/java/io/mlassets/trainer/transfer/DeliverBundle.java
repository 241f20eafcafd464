package io.mlassets.trainer.transfer;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Sends a bundle by SFTP (requirement R-05). It is staged under another name before the verdict,
 * read back and compared, and takes its own name only after adoption: whoever looks for a bundle
 * never sees half of one, nor one that was refused. The server must show the pinned host key.
 */
public final class DeliverBundle {
  private static final Logger log = LoggerFactory.getLogger(DeliverBundle.class);
  private static final int ATTEMPTS = 3;
  private static final String PART = ".part";
  private static final String STAGED = ".staged";
  private static final Pattern LEFTOVER =
      Pattern.compile("best_model-\\d{8}_\\d{4}\\.zip(\\.part|\\.staged)");

  private final SftpSettings settings;
  private final Duration timeout;
  private final Duration firstPause;

  /** To one server. */
  public DeliverBundle(SftpSettings settings) {
    this(settings, Duration.ofSeconds(20), Duration.ofSeconds(2));
  }

  DeliverBundle(SftpSettings settings, Duration timeout, Duration firstPause) {
    this.settings = settings;
    this.timeout = timeout;
    this.firstPause = firstPause;
  }

  /** By the environment; null when no server is set. */
  public static @Nullable DeliverBundle of(Environment environment) {
    SftpSettings settings = SftpSettings.of(environment);
    return settings == null ? null : new DeliverBundle(settings);
  }

  private interface Work {
    void on(ChannelSftp sftp) throws SftpException, IOException;
  }

  /**
   * Uploads and verifies. What killed runs left in the folder goes first: there is one run at a
   * time, and the folder is this installation's.
   *
   * @param awaited staged by runs that ended and still to be released
   * @throws DeliveryException if it could not be brought there whole
   */
  public void stage(ModelVersion version, byte[] zip, Set<ModelVersion> awaited) {
    String part = path(version) + PART;
    repeatedly(
        "staging " + version,
        sftp -> {
          removeLeftovers(sftp, awaited);
          sftp.put(new ByteArrayInputStream(zip), part, ChannelSftp.OVERWRITE);
          requireSame(sftp, part, zip);
          replace(sftp, part, staged(version));
        });
  }

  /** Gives the staged bundle its name. */
  public void release(ModelVersion version) {
    repeatedly(
        "releasing " + version,
        sftp -> {
          if (exists(sftp, staged(version))) {
            replace(sftp, staged(version), path(version));
          } else if (!exists(sftp, path(version))) {
            throw new IOException(staged(version) + " is not there");
          }
        });
  }

  /** Takes a staged bundle away that was not adopted. */
  public void discard(ModelVersion version) {
    repeatedly(
        "discarding " + version,
        sftp -> {
          if (exists(sftp, staged(version))) {
            sftp.rm(staged(version));
          }
        });
  }

  private void removeLeftovers(ChannelSftp sftp, Set<ModelVersion> awaited) throws SftpException {
    Set<String> kept =
        awaited.stream()
            .map(version -> BundleFile.nameOf(version) + STAGED)
            .collect(Collectors.toSet());
    List<String> names = new ArrayList<>();
    sftp.ls(
        settings.dir(),
        entry -> {
          names.add(entry.getFilename());
          return ChannelSftp.LsEntrySelector.CONTINUE;
        });
    for (String name : names) {
      if (LEFTOVER.matcher(name).matches() && !kept.contains(name)) {
        log.info("{} of an earlier run is removed", name);
        sftp.rm(settings.dir() + "/" + name);
      }
    }
  }

  private void repeatedly(String what, Work work) {
    for (int attempt = 1; ; attempt++) {
      try {
        connected(work);
        return;
      } catch (JSchException | SftpException | IOException e) {
        boolean untrusted = String.valueOf(e.getMessage()).contains("HostKey");
        if (attempt == ATTEMPTS || untrusted) {
          throw new DeliveryException(
              "%s on %s:%d failed: %s"
                  .formatted(what, settings.host(), settings.port(), reason(e, untrusted)),
              e);
        }
        log.warn("{}, attempt {}: {}", what, attempt, e.getMessage());
        pause(firstPause.multipliedBy(attempt));
      }
    }
  }

  private static String reason(Exception e, boolean untrusted) {
    return untrusted
        ? "the server does not show the pinned SFTP_HOST_KEY (%s)".formatted(e.getMessage())
        : String.valueOf(e.getMessage());
  }

  private void connected(Work work) throws JSchException, SftpException, IOException {
    JSch jsch = new JSch();
    String name =
        settings.port() == 22
            ? settings.host()
            : "[%s]:%d".formatted(settings.host(), settings.port());
    String known = name + " " + settings.hostKey().trim() + "\n";
    jsch.setKnownHosts(new ByteArrayInputStream(known.getBytes(StandardCharsets.US_ASCII)));
    if (settings.privateKey() != null) {
      jsch.addIdentity(settings.privateKey());
    }
    Session session = jsch.getSession(settings.user(), settings.host(), settings.port());
    Properties config = new Properties();
    config.setProperty("StrictHostKeyChecking", "yes");
    config.setProperty("PreferredAuthentications", "publickey,password");
    config.setProperty("server_host_key", settings.hostKeyAlgorithms());
    session.setConfig(config);
    if (settings.password() != null) {
      session.setPassword(settings.password());
    }
    int millis = (int) timeout.toMillis();
    session.setTimeout(millis);
    try {
      session.connect(millis);
      // JSch returns null when the session ends at this moment.
      if (!(session.openChannel("sftp") instanceof ChannelSftp sftp)) {
        throw new IOException("the session ended before SFTP began");
      }
      sftp.connect(millis);
      work.on(sftp);
    } finally {
      session.disconnect();
    }
  }

  private static void requireSame(ChannelSftp sftp, String path, byte[] sent)
      throws SftpException, IOException {
    try (InputStream there = sftp.get(path)) {
      byte[] arrived = there.readAllBytes();
      if (!MessageDigest.isEqual(arrived, sent)) {
        throw new IOException(
            "%s has %d bytes there, %d were sent, and they differ"
                .formatted(path, arrived.length, sent.length));
      }
    }
  }

  /** Not every server renames onto a name that is taken. */
  private static void replace(ChannelSftp sftp, String from, String to) throws SftpException {
    if (exists(sftp, to)) {
      sftp.rm(to);
    }
    sftp.rename(from, to);
  }

  private static boolean exists(ChannelSftp sftp, String path) throws SftpException {
    try {
      sftp.lstat(path);
      return true;
    } catch (SftpException e) {
      if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return false;
      }
      throw e;
    }
  }

  private String path(ModelVersion version) {
    return settings.dir() + "/" + BundleFile.nameOf(version);
  }

  private String staged(ModelVersion version) {
    return path(version) + STAGED;
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("interrupted", e);
    }
  }
}
