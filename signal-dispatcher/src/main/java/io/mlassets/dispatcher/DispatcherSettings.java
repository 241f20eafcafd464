package io.mlassets.dispatcher;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of the dispatcher.
 *
 * @param scope model scope whose signals are sent
 * @param lease how long a dispatcher may stay silent before another takes over
 * @param pollEvery how often it looks for signals by itself, because wake-ups can be lost
 * @param watchEvery how often it looks for causes to stop trading
 */
@ConfigurationProperties("dispatcher")
public record DispatcherSettings(
    @DefaultValue("all") String scope,
    @DefaultValue("3s") Duration lease,
    @DefaultValue("200ms") Duration pollEvery,
    @DefaultValue("1s") Duration watchEvery) {}
