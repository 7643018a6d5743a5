package dev.polycert.provider;

import java.time.Duration;
import java.util.Set;

/**
 * What requests may ask of a provider, and what it gives. Requests are checked against it, and the
 * table of the documentation is made from it.
 *
 * @param validations the methods that a request may ask for
 * @param keyAlgorithms the keys that a request may ask for
 * @param capabilities what it can do beyond applying and checking
 * @param needs for people: what an account must have before a domain can be applied for
 * @param gives for people: the certificates that it issues
 * @param validationDeadline how long a validation stays open at the vendor
 * @param information what it takes of the data about the applicant
 * @param choosesValidation whether the vendor validates as it likes, whatever a request asks for
 * @param recordLabel what stands before a name in the name of its validation's record; empty where
 *     the vendor decides
 * @param delegability how its validations can be delegated by CNAMEs
 * @param oneForEachName whether the vendor has one certificate for each name of an account, so that
 *     there can be no second one under another label
 * @param deletesApplications whether the vendor deletes what is not issued, too; else that is
 *     cancelled
 */
public record Offer(
    Set<ValidationMethod> validations,
    Set<KeyAlgorithm> keyAlgorithms,
    Set<Capability> capabilities,
    String needs,
    String gives,
    Duration validationDeadline,
    InformationUse information,
    boolean choosesValidation,
    String recordLabel,
    Delegability delegability,
    boolean oneForEachName,
    boolean deletesApplications) {

  public Offer {
    validations = Set.copyOf(validations);
    keyAlgorithms = Set.copyOf(keyAlgorithms);
    capabilities = Set.copyOf(capabilities);
  }

  /** An offer of a provider that takes no data about the applicant. */
  public Offer(
      Set<ValidationMethod> validations,
      Set<KeyAlgorithm> keyAlgorithms,
      Set<Capability> capabilities,
      String needs,
      String gives,
      Duration validationDeadline) {
    this(
        validations,
        keyAlgorithms,
        capabilities,
        needs,
        gives,
        validationDeadline,
        InformationUse.NONE,
        false,
        "",
        Delegability.none("it has no validation by DNS"),
        false,
        true);
  }

  /** The same of a provider that takes data about the applicant. */
  public Offer with(InformationUse information) {
    return with(
        information,
        choosesValidation,
        recordLabel,
        delegability,
        oneForEachName,
        deletesApplications);
  }

  /** The same of a provider whose vendor chooses how it validates. */
  public Offer choosingValidation() {
    return with(information, true, recordLabel, delegability, oneForEachName, deletesApplications);
  }

  /** The same of a provider whose records all begin with that label. */
  public Offer withRecordLabel(String label) {
    return with(
        information, choosesValidation, label, delegability, oneForEachName, deletesApplications);
  }

  /** The same of a provider whose validations can be delegated in this way. */
  public Offer with(Delegability delegability) {
    return with(
        information,
        choosesValidation,
        recordLabel,
        delegability,
        oneForEachName,
        deletesApplications);
  }

  /** The same of a provider whose vendor has one certificate for each name of an account. */
  public Offer withOneForEachName() {
    return with(
        information, choosesValidation, recordLabel, delegability, true, deletesApplications);
  }

  /** The same of a provider whose vendor deletes nothing before it is issued or has ended. */
  public Offer withoutDeletingApplications() {
    return with(information, choosesValidation, recordLabel, delegability, oneForEachName, false);
  }

  private Offer with(
      InformationUse information,
      boolean choosesValidation,
      String recordLabel,
      Delegability delegability,
      boolean oneForEachName,
      boolean deletesApplications) {
    return new Offer(
        validations,
        keyAlgorithms,
        capabilities,
        needs,
        gives,
        validationDeadline,
        information,
        choosesValidation,
        recordLabel,
        delegability,
        oneForEachName,
        deletesApplications);
  }
}
