package dev.polycert.vendor.alibaba.esa;

import dev.polycert.provider.Capability;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what {@code alibaba-esa} is. */
final class EsaDescriptor {
  static final String ID = "alibaba-esa";
  static final String KEY_ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
  static final String SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

  /** Every method may be asked for, although ESA cannot be told: see {@code gives}. */
  static final Descriptor DESCRIPTOR =
      new Descriptor(
          ID,
          "Alibaba Cloud Edge Security Acceleration (ESA)",
          Set.of(ValidationMethod.values()),
          Set.of(KeyAlgorithm.RSA_2048),
          EsaOptions.MEANINGS,
          List.of(KEY_ID, SECRET),
          Set.of(
              Capability.WILDCARD,
              Capability.CANCEL,
              Capability.DELETE,
              Capability.EXPORT,
              Capability.DISCOVER),
          "an active ESA site that the domain belongs to, and free certificates left in its quota",
          "a free certificate of one domain, deployed on ESA's edge. ESA chooses the validation and"
              + " cannot be told: sites with NS access validate by themselves; sites with CNAME"
              + " access show what to publish, or validate by a delegated _dnsauth record",
          Map.of(),
          Duration.ofHours(72));

  private EsaDescriptor() {}
}
