package io.mlassets.registry.model;

import java.util.List;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

/** Reads {@code core.model_registry}. */
interface ModelRows extends Repository<ModelRow, ModelKey>, JpaSpecificationExecutor<ModelRow> {

  /** The models of a version, over all scopes. */
  List<ModelRow> findByModelVersionOrderByModelScopeAscModelTypeAsc(String modelVersion);

  /** The oldest models of a type and scope, oldest first. */
  List<ModelRow> findTop1000ByModelTypeAndModelScopeOrderByModelVersionAsc(
      String modelType, String modelScope);
}
