package dev.polycert.provider;

/** What {@link CertificateProvider#prepare} found out. */
public sealed interface Preparation {

  /** Everything is known for the write; nothing was written. */
  record Ready(Plan plan) implements Preparation {}

  /** The vendor already has what is asked for, which is then adopted; nothing is sent. */
  record Existing(Progress progress) implements Preparation {}
}
