package dev.polycert.provider;

import org.jspecify.annotations.Nullable;

/**
 * An issued certificate as its vendor gives it out.
 *
 * @param certificate the end-entity certificate in PEM
 * @param chain the intermediate certificates in PEM, the issuer first; empty when the vendor gives
 *     none
 * @param privateKey null when it was not asked for, or when the applicant has it and not the vendor
 */
public record Export(String certificate, String chain, @Nullable PrivateKeyPem privateKey) {}
