package dev.polycert.provider;

/** The result of {@link CertificateProvider#prepare}. */
public sealed interface Preparation {

  /** The write can be made; nothing was written yet. */
  record Ready(Plan plan) implements Preparation {}

  /** The vendor already has such an application, which is adopted; nothing is sent. */
  record Existing(Progress progress) implements Preparation {}
}
