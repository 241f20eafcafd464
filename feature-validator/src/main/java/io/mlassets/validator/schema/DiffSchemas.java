package io.mlassets.validator.schema;

import io.mlassets.platform.web.NotFoundException;
import io.mlassets.validator.ModelInUse;
import io.mlassets.validator.ModelsInUse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Compares a model's schema with another and keeps the result in {@code core.schema_diffs}. */
@Component
public class DiffSchemas {
  private final ModelsInUse models;
  private final RegisteredSchemas schemas;
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  DiffSchemas(
      ModelsInUse models,
      RegisteredSchemas schemas,
      JdbcClient jdbc,
      JsonMapper json,
      Clock clock) {
    this.models = models;
    this.schemas = schemas;
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /** Compares as asked. */
  public SchemaDiffReport asked(SchemaDiffRequest request) {
    String version = request.modelVersion();
    ModelInUse model =
        version == null
            ? models.current().orElseThrow(() -> new NotFoundException("a trained model"))
            : models.named(version);
    return compare(model, other(request));
  }

  private NamedSchema other(SchemaDiffRequest request) {
    String hash = request.schemaHash();
    List<String> names = request.names();
    List<SchemaColumn> features = request.features();
    if (hash != null) {
      return schemas.named(hash);
    }
    if (names != null) {
      return NamedSchema.of(names);
    }
    return features != null ? NamedSchema.declared(features) : newest();
  }

  private NamedSchema newest() {
    return schemas.newest().orElseThrow(() -> new NotFoundException("a registered feature schema"));
  }

  /** Compares a model with a schema and stores the result. */
  public SchemaDiffReport compare(ModelInUse model, NamedSchema newest) {
    NamedSchema trained = schemas.named(model.schemaHash());
    SchemaDiff diff = CompareSchemas.between(trained, newest);
    Instant now = clock.instant();
    long id =
        jdbc.sql(
                """
                insert into core.schema_diffs
                  (model_version, model_hash, newest_hash, diff, compatible, computed_at)
                values (?, ?, ?, ?::jsonb, ?, ?) returning id
                """)
            .params(
                model.version(),
                trained.hash(),
                newest.hash(),
                json.writeValueAsString(diff),
                diff.compatible(),
                now.atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    return new SchemaDiffReport(
        id,
        model.version(),
        trained.hash(),
        newest.hash(),
        diff.compatible(),
        diff.readableByName(),
        diff,
        now);
  }

  /** Whether this model was already compared with this schema. */
  public boolean wasCompared(ModelInUse model, NamedSchema newest) {
    return jdbc.sql(
            """
            select exists (select 1 from core.schema_diffs
              where model_version = ? and model_hash = ? and newest_hash = ?)
            """)
        .params(model.version(), model.schemaHash(), newest.hash())
        .query(Boolean.class)
        .single();
  }
}
