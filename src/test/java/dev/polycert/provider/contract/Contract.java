package dev.polycert.provider.contract;

/**
 * What the contract's test has to know of a provider.
 *
 * @param provider its id
 * @param write the operation that applies
 * @param look the operation that a check asks
 * @param quotaStatus the HTTP status of the error for a used up quota
 * @param quotaCode its code
 */
public record Contract(
    String provider, String write, String look, int quotaStatus, String quotaCode) {}
