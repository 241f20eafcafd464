package io.mlassets.registry.run;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

/** Reads {@code audit.retrain_runs}. */
interface RetrainRunRows
    extends Repository<RetrainRunRow, UUID>, JpaSpecificationExecutor<RetrainRunRow> {}
