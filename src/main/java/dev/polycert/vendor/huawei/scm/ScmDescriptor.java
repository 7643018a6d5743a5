package dev.polycert.vendor.huawei.scm;

import dev.polycert.provider.Capability;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what {@code huawei-scm} is. */
final class ScmDescriptor {
  static final String ID = "huawei-scm";
  static final String KEY_ID = "HUAWEICLOUD_SDK_AK";
  static final String SECRET = "HUAWEICLOUD_SDK_SK";
  static final String PROJECT_ID = "HUAWEICLOUD_SDK_PROJECT_ID";

  /** Files validate certificates of IP addresses alone, which are not applied for here. */
  static final Descriptor DESCRIPTOR =
      new Descriptor(
          ID,
          "Huawei Cloud SSL Certificate Manager (SCM)",
          Set.of(ValidationMethod.DNS, ValidationMethod.DNS_AUTO),
          Set.of(KeyAlgorithm.RSA_2048, KeyAlgorithm.EC_P256),
          ScmOptions.MEANINGS,
          List.of(KEY_ID, SECRET, PROJECT_ID),
          Set.of(
              Capability.SUBMIT_INFORMATION,
              Capability.ADOPT,
              Capability.PURCHASE,
              Capability.WILDCARD,
              Capability.CANCEL,
              Capability.DELETE,
              Capability.EXPORT,
              Capability.DEPLOY,
              Capability.DISCOVER),
          "a bought and unused certificate that fits the domain, or the option buy; the applicant's"
              + " name, phone, e-mail and consent, for OV and EV the organisation too",
          "a certificate of the bought brand and type, with the DNS record to publish; with"
              + " DNS_AUTO SCM publishes it in Huawei Cloud DNS",
          Map.of(),
          Duration.ofHours(72));

  private ScmDescriptor() {}
}
