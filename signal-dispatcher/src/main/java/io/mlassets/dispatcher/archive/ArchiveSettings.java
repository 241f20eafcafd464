package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePlace;
import io.mlassets.policy.SignalsPolicy;
import io.mlassets.policy.SignalsPolicy.ArchiveTarget;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.PropertyResolver;

/**
 * What the environment says of the archive ({@code ARCHIVE_TARGET} and so on).
 *
 * @param target wins over the policy's {@code archive_target}; empty: the policy's
 * @param path wins over the policy's {@code archive_path}; empty: the policy's
 * @param region of an object store
 * @param endpoint of an object store; empty: the target's own in that region
 * @param pathstyle bucket in the path instead of the host name
 * @param timeout silence of an object store after which an attempt has failed
 * @param retry wait after a run that failed
 * @param poll how often the schedule is looked at
 */
@ConfigurationProperties("archive")
public record ArchiveSettings(
    @DefaultValue("") String target,
    @DefaultValue("") String path,
    @DefaultValue("") String region,
    @DefaultValue("") String endpoint,
    @DefaultValue("false") boolean pathstyle,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("10m") Duration retry,
    @DefaultValue("10s") Duration poll) {

  /** Where archives go; {@link IllegalArgumentException} names what is wrong. */
  public ArchivePlace place(SignalsPolicy policy) {
    return ArchivePlace.of(
        target.isBlank() ? policy.archiveTarget() : parse(target.strip()),
        path.isBlank() ? policy.archivePath() : path.strip(),
        region.strip(),
        endpoint.strip(),
        pathstyle);
  }

  private static ArchiveTarget parse(String target) {
    try {
      return ArchiveTarget.valueOf(target.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "ARCHIVE_TARGET: '%s' is none of %s"
              .formatted(target, Arrays.toString(ArchiveTarget.values())),
          e);
    }
  }

  /**
   * The store at a place.
   *
   * @param environment has the keys of an object store
   */
  public ArchiveStore open(ArchivePlace place, PropertyResolver environment) {
    return switch (place) {
      case ArchivePlace.Folder folder -> new FolderStore(folder);
      case ArchivePlace.Bucket bucket ->
          new BucketStore(bucket, StoreKeys.of(environment, bucket), timeout);
    };
  }
}
