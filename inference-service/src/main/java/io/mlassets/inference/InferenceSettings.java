package io.mlassets.inference;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of inference.
 *
 * @param scope model scope this process decides for
 * @param latencyAlert latency above which an alert is logged and counted (E-04)
 * @param modelCheckEvery how often the registry is looked at, because notices can be lost
 */
@ConfigurationProperties("inference")
public record InferenceSettings(
    @DefaultValue("all") String scope,
    @DefaultValue("200ms") Duration latencyAlert,
    @DefaultValue("5s") Duration modelCheckEvery) {}
