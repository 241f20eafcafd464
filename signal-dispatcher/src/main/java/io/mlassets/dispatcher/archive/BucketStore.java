package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePlace;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of Amazon S3, Wasabi, Backblaze B2 or whatever else speaks S3. The client itself tries
 * again on errors of the store; a put that is answered late or twice leaves the same content.
 */
final class BucketStore implements ArchiveStore {
  private final ArchivePlace.Bucket place;
  private final S3Client client;

  /**
   * Connects when it is first used.
   *
   * @param timeout silence after which an attempt has failed
   */
  BucketStore(ArchivePlace.Bucket place, StoreKeys keys, Duration timeout) {
    this.place = place;
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(place.region()))
            .forcePathStyle(place.pathStyle())
            .credentialsProvider(StaticCredentialsProvider.create(credentials(keys)))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(timeout).socketTimeout(timeout))
            // Trailing checksums are Amazon's own; we compare SHA-256 of what is read back.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
    if (place.endpoint() != null) {
      builder.endpointOverride(place.endpoint());
    }
    this.client = builder.build();
  }

  private static AwsCredentials credentials(StoreKeys keys) {
    String token = keys.sessionToken();
    return token == null
        ? AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())
        : AwsSessionCredentials.create(keys.accessKey(), keys.secretKey(), token);
  }

  @Override
  public void check() {
    list("probe");
  }

  @Override
  public void put(String name, Path file) {
    try {
      client.putObject(
          request -> request.bucket(place.bucket()).key(key(name)), RequestBody.fromFile(file));
    } catch (SdkException e) {
      throw failed("cannot be stored", name, e);
    }
  }

  @Override
  public Optional<InputStream> open(String name) {
    try {
      return Optional.of(
          new StoredBytes(
              client.getObject(request -> request.bucket(place.bucket()).key(key(name))),
              place.name() + ": " + key(name)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failed("cannot be read", name, e);
    }
  }

  @Override
  public List<String> list(String folder) {
    try {
      return client
          .listObjectsV2Paginator(
              request -> request.bucket(place.bucket()).prefix(key(folder) + "/"))
          .contents()
          .stream()
          .map(S3Object::key)
          .map(this::name)
          .sorted()
          .toList();
    } catch (SdkException e) {
      throw failed("cannot be listed", folder, e);
    }
  }

  private String key(String name) {
    return place.prefix().isEmpty() ? name : place.prefix() + "/" + name;
  }

  private String name(String key) {
    return place.prefix().isEmpty() ? key : key.substring(place.prefix().length() + 1);
  }

  private StoreFailure failed(String what, String name, SdkException e) {
    return new StoreFailure(
        "%s: %s %s: %s".formatted(place.name(), key(name), what, e.getMessage()), e);
  }

  @Override
  public void close() {
    client.close();
  }
}
