package io.mlassets.archive;

import io.mlassets.policy.SignalsPolicy.ArchiveTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where archives go: {@code archive_target} and {@code archive_path} with what they need. */
public sealed interface ArchivePlace {

  /** One line that tells places apart; stays the same while the place does. */
  String name();

  /**
   * A folder.
   *
   * @param path absolute
   * @param mounted a share of another machine: it must be there, and is never made
   */
  record Folder(Path path, boolean mounted) implements ArchivePlace {
    /** Refuses a relative path: it would mean another folder to each process. */
    public Folder {
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("archive_path: '%s' is not absolute".formatted(path));
      }
      path = path.normalize();
    }

    @Override
    public String name() {
      return (mounted ? ArchiveTarget.NAS : ArchiveTarget.LOCAL) + " " + path;
    }
  }

  /**
   * A bucket of an object store that speaks S3.
   *
   * @param target whose
   * @param bucket its name
   * @param prefix before every object's name, without slashes around it; may be empty
   * @param region such as {@code eu-central-1}
   * @param endpoint null for Amazon's own
   * @param pathStyle bucket in the path instead of the host name
   */
  record Bucket(
      ArchiveTarget target,
      String bucket,
      String prefix,
      String region,
      @Nullable URI endpoint,
      boolean pathStyle)
      implements ArchivePlace {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Pattern PREFIX =
        Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*)?");

    /** Refuses names no store would take with {@link IllegalArgumentException}. */
    public Bucket {
      if (!BUCKET.matcher(bucket).matches()) {
        throw new IllegalArgumentException(
            "archive_path: '%s' is no bucket's name (3 to 63 of a-z, 0-9, '.' and '-')"
                .formatted(bucket));
      }
      if (!PREFIX.matcher(prefix).matches()) {
        throw new IllegalArgumentException(
            "archive_path: '%s' is no prefix of names within bucket %s".formatted(prefix, bucket));
      }
      if (!REGION.matcher(region).matches()) {
        throw new IllegalArgumentException(
            "ARCHIVE_REGION: '%s' is no region; %s needs one such as eu-central-1"
                .formatted(region, target));
      }
      if (endpoint != null && !isWeb(endpoint)) {
        throw new IllegalArgumentException(
            "ARCHIVE_ENDPOINT: '%s' is not http(s)://host[:port]".formatted(endpoint));
      }
    }

    private static boolean isWeb(URI endpoint) {
      return ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))
          && endpoint.getHost() != null
          && endpoint.getUserInfo() == null;
    }

    @Override
    public String name() {
      String at = endpoint == null ? region : endpoint.toString();
      return "%s %s at %s".formatted(target, prefix.isEmpty() ? bucket : bucket + "/" + prefix, at);
    }
  }

  /**
   * The place of a target.
   *
   * @param path folder, or bucket with an optional prefix after a slash
   * @param region of the store; folders need none
   * @param endpoint empty for the target's own in that region
   */
  static ArchivePlace of(
      ArchiveTarget target, String path, String region, String endpoint, boolean pathStyle) {
    return switch (target) {
      case NAS -> new Folder(Path.of(path), true);
      case LOCAL -> new Folder(Path.of(path), false);
      case S3, WASABI, B2 -> bucket(target, path, region, endpoint, pathStyle);
    };
  }

  private static Bucket bucket(
      ArchiveTarget target, String path, String region, String endpoint, boolean pathStyle) {
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String prefix = slash < 0 ? "" : path.substring(slash + 1).replaceAll("/+$", "");
    String where = endpoint.isBlank() ? usual(target, region) : endpoint.strip();
    URI uri;
    try {
      uri = where.isEmpty() ? null : URI.create(where);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "ARCHIVE_ENDPOINT: '%s' is not http(s)://host[:port]".formatted(where), e);
    }
    return new Bucket(target, bucket, prefix, region, uri, pathStyle);
  }

  /** As the stores document them. */
  private static String usual(ArchiveTarget target, String region) {
    return switch (target) {
      case WASABI -> "https://s3.%s.wasabisys.com".formatted(region.toLowerCase(Locale.ROOT));
      case B2 -> "https://s3.%s.backblazeb2.com".formatted(region.toLowerCase(Locale.ROOT));
      case S3, NAS, LOCAL -> "";
    };
  }
}
