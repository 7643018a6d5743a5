package dev.polycert.sandbox;

/**
 * The configuration names under which a vendor's access key is found, by the vendor's own
 * convention for environment variables, {@code TENCENTCLOUD_SECRET_ID}.
 */
public record CredentialNames(String accessKeyId, String secretKey, String token) {}
