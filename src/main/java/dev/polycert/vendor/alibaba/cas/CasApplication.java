package dev.polycert.vendor.alibaba.cas;

import dev.polycert.call.Trimmed;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contents of an application, which are written on an instance before it is sent.
 *
 * @param csr null where CAS makes the key
 */
record CasApplication(
    Set<DomainName> names,
    String validationMethod,
    String keyAlgorithm,
    @Nullable String csr,
    List<String> contacts,
    @Nullable String companyId) {
  private static final String CONTACTS = "ContactIdList";

  /**
   * The application that an order asks for.
   *
   * @param contacts the contacts if the request names none
   */
  static CasApplication of(Application application, List<String> contacts) {
    String asked = application.option(CasOptions.CONTACT_IDS);
    return new CasApplication(
        CasOptions.names(application),
        application.terms().validation() == ValidationMethod.FILE ? "HTTP" : "DNS",
        vendors(application.terms().keyAlgorithm()),
        Trimmed.orNull(application.terms().information().csr()),
        asked == null ? contacts : CasOptions.numbers(asked),
        application.option(CasOptions.COMPANY_ID));
  }

  private static String vendors(KeyAlgorithm algorithm) {
    return algorithm == KeyAlgorithm.EC_P256 ? "ECC_256" : algorithm.name();
  }

  /**
   * The parameters of UpdateInstance. CAS is not to renew by itself, because the renewal is an
   * order, whose certificate is delivered.
   */
  Map<String, String> parameters(String instanceId) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("InstanceId", instanceId);
    parameters.put(
        "Domain", names.stream().map(DomainName::ascii).collect(Collectors.joining(",")));
    parameters.put("ValidationMethod", validationMethod);
    parameters.put("AutoReissue", "disable");
    parameters.put("GenerateCsrMethod", csrMethod());
    if (csr == null) {
      parameters.put("KeyAlgorithm", keyAlgorithm);
    } else {
      parameters.put("Csr", csr);
    }
    for (int i = 0; i < contacts.size(); i++) {
      parameters.put(CONTACTS + "." + (i + 1), contacts.get(i));
    }
    if (companyId != null) {
      parameters.put("CompanyId", companyId);
    }
    return parameters;
  }

  private String csrMethod() {
    return csr == null ? "online" : "upload";
  }

  /** Whether it stands on the instance already, as far as that shows it. */
  boolean isOn(CasInstance instance) {
    return instance.has(names)
        && instance.names().size() == names.size()
        && shows(instance.validationMethod(), validationMethod)
        && shows(instance.csrMethod(), csrMethod())
        && (csr == null ? shows(instance.keyAlgorithm(), keyAlgorithm) : isSameCsr(instance));
  }

  private static boolean shows(String value, String wanted) {
    return value.isEmpty() || value.equals(wanted);
  }

  private boolean isSameCsr(CasInstance instance) {
    return instance.csr().isEmpty() || lines(instance.csr()).equals(lines(String.valueOf(csr)));
  }

  private static String lines(String pem) {
    return pem.replaceAll("\\s+", "");
  }

  /** Says nothing of the applicant. */
  @Override
  public String toString() {
    return "CasApplication" + names;
  }
}
