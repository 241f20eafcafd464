package io.mlassets.bench.damage;

import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of a bundle, to be changed, hashed and signed as the product does it, but by code of
 * this benchmark: who has the key can sign anything.
 *
 * @param files by name
 */
public record SignedBundle(SortedMap<String, byte[]> files) {
  /** Name of what is signed. */
  public static final String MANIFEST = "manifest.json";

  static final String ENVELOPE = "envelope.json";
  static final String GOLDEN = "golden.json";
  static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The bundle of a zip. */
  public static SignedBundle open(byte[] zip) {
    return new SignedBundle(Zips.read(zip));
  }

  String text(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IllegalArgumentException("no %s in %s".formatted(name, files.keySet()));
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  ObjectNode json(String name) {
    return (ObjectNode) JSON.readTree(text(name));
  }

  SignedBundle with(String name, String text) {
    TreeMap<String, byte[]> changed = new TreeMap<>(files);
    changed.put(name, text.getBytes(StandardCharsets.UTF_8));
    return new SignedBundle(changed);
  }

  SignedBundle without(String name) {
    TreeMap<String, byte[]> changed = new TreeMap<>(files);
    changed.remove(name);
    return new SignedBundle(changed);
  }

  SignedBundle changed(String name, UnaryOperator<String> change) {
    return with(name, change.apply(text(name)));
  }

  /** With a document written in the one form there is. */
  public SignedBundle changedJson(String name, Consumer<ObjectNode> change) {
    ObjectNode document = json(name);
    change.accept(document);
    return with(name, JSON.writeValueAsString(document) + "\n");
  }

  /** With the hashes of what is there now in the manifest. */
  SignedBundle hashed() {
    return changedJson(
        MANIFEST,
        manifest -> {
          ObjectNode hashes = JSON.createObjectNode();
          files.forEach(
              (name, content) -> {
                if (!name.equals(MANIFEST) && !name.equals(ENVELOPE)) {
                  hashes.put(name, BundleFile.sha256(content));
                }
              });
          manifest.set("files", hashes);
        });
  }

  /** With the signature of the manifest as it is. */
  public SignedBundle signed(ModelVersion version, String key) {
    return changedJson(
        ENVELOPE,
        envelope -> {
          String content = BundleFile.sha256(text(MANIFEST).getBytes(StandardCharsets.UTF_8));
          String created = envelope.required("created_at").stringValue();
          envelope.put("content_sha256", content);
          envelope.put("model_version", version.value());
          envelope.put("signature", hmac(key, version + "\n" + created + "\n" + content + "\n"));
        });
  }

  private static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  List<Map.Entry<String, byte[]>> entries() {
    return List.copyOf(files.entrySet());
  }

  /** As a zip of stored entries. */
  public byte[] zip() {
    return Zips.stored(entries());
  }
}
