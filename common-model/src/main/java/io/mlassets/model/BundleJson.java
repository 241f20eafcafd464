package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.mlassets.backtest.SharpeEstimate;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a bundle's files: one form for one content, so that equal content has equal bytes.
 */
final class BundleJson {
  private static final JsonSetter.Value NO_NULLS =
      JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);
  private static final JsonSetter.Value NULLS = JsonSetter.Value.forValueNulls(Nulls.SET);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .annotationIntrospector(new AllRequired())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .changeDefaultNullHandling(nulls -> NO_NULLS)
          // Figures of a backtest without trades.
          .withConfigOverride(Double.class, figure -> figure.setNullHandling(NULLS))
          .withConfigOverride(SharpeEstimate.class, figure -> figure.setNullHandling(NULLS))
          // What is missing counts as null here; null itself is not in the form bundles have.
          .withConfigOverride(OutputRanges.class, ranges -> ranges.setNullHandling(NULLS))
          .build();

  private BundleJson() {}

  /** Nothing may be missing but what is left out when it is null. */
  private static final class AllRequired extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return !member.hasAnnotation(JsonInclude.class);
    }
  }

  static byte[] write(Object value) {
    return (JSON.writeValueAsString(value).replace("\r\n", "\n") + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The content of {@code file}; damage or another form of it → {@link InvalidBundleException}. */
  static <T> T read(String file, byte[] json, Class<T> type) {
    try {
      T value = JSON.readValue(json, type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException e) {
      throw new InvalidBundleException(file + ": " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new InvalidBundleException(file + ": " + e.getMessage(), e);
    }
    throw new InvalidBundleException(file + " is null");
  }
}
