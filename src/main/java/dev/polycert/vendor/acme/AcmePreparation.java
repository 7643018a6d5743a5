package dev.polycert.vendor.acme;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.toolbox.AcmeUtils;

/** Finds out what an order needs, from the request, the CA's directory and the DNS. */
final class AcmePreparation {
  static final String REPLACES = "replaces";
  private static final String SHORT_LIVED = "shortlived";

  private final Authorities authorities;
  private final OrderVault keeping;
  private final AcmeOutlook outlook;

  AcmePreparation(Authorities authorities, OrderVault keeping, AcmeOutlook outlook) {
    this.authorities = authorities;
    this.keeping = keeping;
    this.outlook = outlook;
  }

  /** What the directory says of the CA. */
  private record Directory(
      boolean externalAccount, boolean renewalInfo, Set<String> profiles, List<String> identities) {

    static Directory of(Session session) throws AcmeException {
      Metadata told = session.getMetadata();
      return new Directory(
          told.isExternalAccountRequired(),
          session.resourceUrlOptional(Resource.RENEWAL_INFO).isPresent(),
          Set.copyOf(told.getProfiles()),
          AcmeOutlook.identities(told));
    }
  }

  Answer<Preparation> prepare(Application application, CallContext context) throws Ended {
    Authority ca = authorities.of(application);
    Set<DomainName> names = AcmeOptions.names(application);
    // A CA that has issued for such names renews them too.
    if (application.renewalOf() == null) {
      AcmeOptions.requireNoneCovered(names);
    }
    String csr = application.terms().information().csr();
    if (csr != null) {
      Csr.read(csr, names);
    }
    Directory directory =
        ca.calls().read("directory", context, (session, conversation) -> Directory.of(session));
    requireExternalAccount(ca, directory);
    Map<String, String> plan = new HashMap<>();
    plan.put(AcmeOptions.CA, ca.name());
    plan.put(Placed.DIRECTORY, ca.settings().directory().toString());
    Optional<String> binding = binding(ca);
    binding.ifPresent(it -> plan.put(CaAccounts.BINDING, it));
    Optional<String> profile =
        profile(ca, application, directory).or(() -> profileOfAddresses(names, directory));
    if (profile.isPresent()) {
      AcmeOptions.requireFewer(profile.get(), names);
      plan.put(AcmeOptions.PROFILE, profile.get());
    }
    if (directory.renewalInfo()) {
      replaced(ca, application).ifPresent(id -> plan.put(REPLACES, id));
    }
    outlook.require(
        application,
        names,
        directory.identities(),
        ca.accounts().location(binding.orElse(null)).orElse(null),
        context);
    return Answer.of(
        new Preparation.Ready(
            new Plan(
                plan,
                List.of(),
                names.size() == 1
                    ? List.of()
                    : List.of("one certificate for " + names.size() + " names"))));
  }

  private static void requireExternalAccount(Authority ca, Directory directory) throws Ended {
    if (directory.externalAccount() && ca.settings().eabKeyId().isEmpty()) {
      throw new Ended(
          new VendorError(
              ErrorClass.CREDENTIALS,
              "externalAccountRequired",
              "the CA binds accounts to its customers: set "
                  + ExternalAccount.variables(ca.name())));
    }
  }

  private static Optional<String> binding(Authority ca) throws Ended {
    try {
      return ca.accounts().binding();
    } catch (BadSetting setting) {
      throw new Ended(setting.error());
    }
  }

  private static Optional<String> profile(
      Authority ca, Application application, Directory directory) throws Ended {
    Optional<String> wanted =
        Optional.ofNullable(application.option(AcmeOptions.PROFILE)).or(ca.settings()::profile);
    if (wanted.isPresent() && !directory.profiles().contains(wanted.get())) {
      throw AcmeOptions.invalid(
          AcmeOptions.PROFILE,
          "'%s' is none of the CA's profiles: %s"
              .formatted(
                  wanted.get(),
                  directory.profiles().isEmpty()
                      ? "it has none"
                      : String.join(", ", directory.profiles())));
    }
    return wanted;
  }

  /** Let's Encrypt, "Profiles": the one that has IP addresses. */
  private static Optional<String> profileOfAddresses(Set<DomainName> names, Directory directory) {
    return names.stream().anyMatch(DomainName::isAddress)
            && directory.profiles().contains(SHORT_LIVED)
        ? Optional.of(SHORT_LIVED)
        : Optional.empty();
  }

  /** The id of the certificate that is followed (RFC 9773, section 4.1), at the same CA. */
  private Optional<String> replaced(Authority ca, Application application) {
    Reference old = application.renewalOf();
    if (old == null || !ca.name().equals(old.ids().get(AcmeOptions.CA))) {
      return Optional.empty();
    }
    return keeping
        .certificate(old)
        .map(chain -> AcmeUtils.getRenewalUniqueIdentifier(chain.leaf()));
  }
}
