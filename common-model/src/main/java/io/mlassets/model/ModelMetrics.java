package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How well a model predicts rows it was not trained on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClassificationMetrics.class, name = "classification"),
  @JsonSubTypes.Type(value = Rmse.class, name = "regression")
})
public sealed interface ModelMetrics permits ClassificationMetrics, Rmse {}
