package io.mlassets.policy;

/**
 * All policies in force at one moment.
 *
 * @param core decisions and labels
 * @param retrain training, adoption, drift
 * @param signals storage of signals
 * @param canonicalJson every key's value of the three files, keys sorted, no white space
 * @param hash SHA-256 of {@code canonicalJson}, lower-case hex
 */
public record Policies(
    CorePolicy core,
    RetrainPolicy retrain,
    SignalsPolicy signals,
    String canonicalJson,
    String hash) {}
