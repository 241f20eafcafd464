-- Models may be trained on vectors the data pipeline made: which ones is part of what a bundle is made of.
alter table core.training_inputs
  add column pipeline_schema text references core.feature_schemas,
  add column features_sha256 text,
  add check ((pipeline_schema is null) = (features_sha256 is null));
comment on column core.training_inputs.pipeline_schema is 'schema of the data pipeline''s vectors trained on; null when features were made of the bars';
comment on column core.training_inputs.features_sha256 is 'hash of every one of those vectors';
